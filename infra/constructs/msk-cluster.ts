import { Names, RemovalPolicies, RemovalPolicy } from 'aws-cdk-lib'
import { PredefinedMetric, ScalableTarget, ServiceNamespace } from 'aws-cdk-lib/aws-applicationautoscaling'
import { Key } from 'aws-cdk-lib/aws-kms'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { CfnCluster, CfnConfiguration, CfnServerlessCluster } from 'aws-cdk-lib/aws-msk'
import { Construct } from 'constructs'
import { kafkaVersionOf, type Stage } from '../stage.ts'
import type { BrokerNetwork } from './broker-network.ts'
import type { NamedCluster } from './cluster-access.ts'

export interface MskClusterProps {
  readonly stage: Stage
  readonly network: BrokerNetwork
}

/** Storage grows when a broker is this full, to at most so many times its first size. */
const GROW_AT_PERCENT = 60
const GROWTH = 4

/**
 * Kafka by MSK: IAM over TLS and nothing else, encrypted at rest, no topic made by accident.
 * CDK has no L2 for MSK; this is it, for the three kinds of brokers.
 */
export class MskCluster extends Construct implements NamedCluster {
  readonly name: string
  readonly arn: string

  constructor(scope: Construct, id: string, { stage, network }: MskClusterProps) {
    super(scope, id)
    // Up to 64 characters, the same in every synth, and another for another stack.
    this.name = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' })
    this.arn = stage.brokerKind === 'serverless' ? this.serverless(network) : this.provisioned(stage, network)
    if (stage.name === 'prod') keepCluster(this, network)
  }

  private serverless(network: BrokerNetwork): string {
    return new CfnServerlessCluster(this, 'Serverless', {
      clusterName: this.name,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [{ subnetIds: subnetIdsOf(network), securityGroups: [network.brokerSecurityGroup.securityGroupId] }],
    }).attrArn
  }

  private provisioned(stage: Stage, network: BrokerNetwork): string {
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: this.name,
      serverProperties: serverProperties(stage),
    })
    const cluster = new CfnCluster(this, 'Cluster', {
      clusterName: this.name,
      kafkaVersion: kafkaVersionOf(stage),
      numberOfBrokerNodes: stage.zones,
      configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
      brokerNodeGroupInfo: {
        instanceType: stage.brokerInstance,
        clientSubnets: subnetIdsOf(network),
        securityGroups: [network.brokerSecurityGroup.securityGroupId],
        ...(stage.brokerKind === 'standard'
          ? { storageInfo: { ebsStorageInfo: { volumeSize: stage.brokerStorageGb } } }
          : {}),
      },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      encryptionInfo: {
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
        ...(stage.encryption === 'kms' ? { encryptionAtRest: { dataVolumeKmsKeyId: this.key().keyArn } } : {}),
      },
      // What alarms read is in the free level, but for how long an Express broker makes the producer wait.
      enhancedMonitoring: stage.brokerKind === 'express' ? 'PER_BROKER' : 'DEFAULT',
      openMonitoring: {
        prometheus: {
          jmxExporter: { enabledInBroker: stage.openMonitoring },
          nodeExporter: { enabledInBroker: stage.openMonitoring },
        },
      },
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: this.logs(stage).logGroupName } } },
    })
    if (stage.brokerKind === 'standard') this.growStorage(cluster.attrArn, stage.brokerStorageGb)
    return cluster.attrArn
  }

  /** Kept when the stack goes: without it the cluster's backups and logs could not be read. */
  private key(): Key {
    return new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN })
  }

  private logs(stage: Stage): LogGroup {
    return new LogGroup(this, 'Logs', { retention: Number(stage.logDays), removalPolicy: RemovalPolicy.DESTROY })
  }

  private growStorage(clusterArn: string, firstGb: number): void {
    const target = new ScalableTarget(this, 'Storage', {
      serviceNamespace: ServiceNamespace.KAFKA,
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: clusterArn,
      minCapacity: 1,
      maxCapacity: firstGb * GROWTH,
    })
    target.scaleToTrackMetric('Full', {
      predefinedMetric: PredefinedMetric.KAFKA_BROKER_STORAGE_UTILIZATION,
      targetValue: GROW_AT_PERCENT,
      disableScaleIn: true, // MSK's volumes cannot shrink
    })
  }
}

/** Records that have not landed are in no other place; and brokers left alone in a network that went could not be reached. */
function keepCluster(cluster: MskCluster, network: BrokerNetwork): void {
  for (const kept of [cluster, network]) RemovalPolicies.of(kept).retainOnUpdateOrDelete()
}

function subnetIdsOf({ vpc }: BrokerNetwork): string[] {
  return vpc.isolatedSubnets.map(({ subnetId }) => subnetId)
}

/**
 * A write is acknowledged when all zones but one have it; a replica that lags never becomes leader.
 * Express brokers fix replication by themselves and refuse these lines.
 */
function serverProperties({ brokerKind, zones }: Stage): string {
  const always = ['auto.create.topics.enable=false']
  const standard = [
    `default.replication.factor=${zones}`,
    `min.insync.replicas=${zones - 1}`,
    `offsets.topic.replication.factor=${zones}`,
    'unclean.leader.election.enable=false',
  ]
  return [...always, ...(brokerKind === 'standard' ? standard : []), ''].join('\n')
}
