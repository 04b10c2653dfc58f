import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { BootstrapBrokers } from '../constructs/bootstrap-brokers.ts'
import { BrokerNetwork } from '../constructs/broker-network.ts'
import { KafkaTopic } from '../constructs/kafka-topic.ts'
import { MskCluster } from '../constructs/msk-cluster.ts'
import type { MskSource, Stage as Settings } from '../stage.ts'

export interface BrokerStackProps extends StackProps {
  readonly stage: Settings
}

/** Kafka's own stack, slow to make and costly to keep: network, MSK cluster, topic. */
export class BrokerStack extends Stack {
  readonly network: BrokerNetwork
  readonly cluster: MskSource
  readonly clusterName: string

  constructor(scope: Construct, id: string, { stage, ...props }: BrokerStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: network, Kafka cluster and topic`, ...props })
    const logDays = Number(stage.logDays)
    this.network = new BrokerNetwork(this, 'Network', {
      cidr: stage.vpcCidr,
      zones: stage.zones,
      zoneIds: stage.zoneIds,
      onDemandPollers: stage.minPollers === 0,
      endpointZones: stage.endpointZones,
      logDays,
    })
    const cluster = new MskCluster(this, 'Kafka', { stage, network: this.network })
    const brokers = new BootstrapBrokers(this, 'Bootstrap', { cluster, logDays }).list
    this.cluster = { kind: 'arn', arn: cluster.arn, brokers }
    this.clusterName = cluster.name
    new KafkaTopic(this, 'Topic', {
      cluster,
      brokers,
      network: this.network,
      topic: stage.topic,
      partitions: stage.partitions,
      replicas: replicasOf(stage),
      retentionDays: stage.topicDays,
      logDays,
    })

    new CfnOutput(this, 'ClusterArn', { value: cluster.arn })
    new CfnOutput(this, 'Brokers', { value: brokers })
  }
}

/** Express and serverless brokers keep three copies whatever is asked; saying so keeps the topic's request valid. */
function replicasOf({ brokerKind, zones }: Settings): number {
  return brokerKind === 'standard' ? zones : 3
}
