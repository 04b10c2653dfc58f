import { CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import type { Role } from 'aws-cdk-lib/aws-iam'
import {
  CfnEventSourceMapping,
  EventSourceMapping,
  EventSourceMappingLogLevel,
  type EventSourceMappingOptions,
  type IFunction,
  MetricType,
  type SourceAccessConfiguration,
  SourceAccessConfigurationType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { consumerGroupOf } from '../../lake/deployment.ts'
import { UsageError } from '../../lake/errors.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { ClusterSource, Stage } from '../stage.ts'
import type { ClientNetwork } from './client-network.ts'
import { grantConsume } from './cluster-access.ts'
import type { LakeBucket } from './lake-bucket.ts'
import { allowNetwork, POLLING, refuseCode } from './lake-function.ts'

export interface KafkaMappingProps {
  readonly stage: Stage
  readonly cluster: ClusterSource
  readonly consumer: { readonly function: IFunction; readonly role: Role }
  /** Its bucket takes the batches that Lambda gives up. */
  readonly lake: LakeBucket
  /** Where brokers stand that have no ARN by which Lambda could ask. @default - they can be reached from the internet */
  readonly network?: ClientNetwork | undefined
}

/**
 * Lambda's poller between topic and consumer. Made from the plain mapping: CDK's Kafka event sources attach a
 * managed policy that can describe every cluster of the account.
 */
export class KafkaMapping extends Construct {
  readonly id: string

  constructor(scope: Construct, id: string, { stage, cluster, consumer, lake, network }: KafkaMappingProps) {
    super(scope, id)
    const group = consumerGroupOf(stage.name)
    const options: EventSourceMappingOptions = {
      ...this.source(cluster, consumer.role, network),
      kafkaTopic: stage.topic,
      kafkaConsumerGroupId: group,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: stage.batchSize,
      maxBatchingWindow: Duration.seconds(stage.batchWindowSeconds),
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: lake.bucket.bucketArn }) },
      ...(stage.minPollers > 0 ? provisioned(stage) : {}),
    }
    checkProvisioned(options)
    const mapping = new EventSourceMapping(this, 'Mapping', { target: consumer.function, ...options })
    this.id = mapping.eventSourceMappingId
    if (stage.emulator === 'localstack') this.describe(mapping, { group, stage, onFailure: lake.bucket.bucketArn })

    grantConsume(consumer.role, { source: cluster, topic: stage.topic }, group)
    lake.grantWrite(consumer.role, LAYOUT.givenUp)
    lake.grantList(consumer.role)
    // What lies there is landed by redrive as Lambda's own word: the function's code cannot put it there.
    refuseCode(consumer.role, ['s3:PutObject'], [lake.bucket.arnForObjects(`${LAYOUT.givenUp}/*`)])
    if (cluster.kind === 'arn' || network) allowNetwork(consumer.role, POLLING)
  }

  /** Puts an output in the resource's place, in the words of Lambda's API: a poller of one's own takes it from there. */
  private describe(mapping: EventSourceMapping, { group, stage, onFailure }: Described): void {
    const { defaultChild: made } = mapping.node
    if (!CfnEventSourceMapping.isCfnEventSourceMapping(made))
      throw new UsageError('CDK makes mappings differently now.')
    this.node.tryRemoveChild(mapping.node.id)
    const description = {
      UUID: group,
      FunctionName: made.functionName,
      Topics: made.topics,
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
      StartingPosition: made.startingPosition,
      BatchSize: made.batchSize,
      MaximumBatchingWindowInSeconds: made.maximumBatchingWindowInSeconds,
      FunctionResponseTypes: made.functionResponseTypes,
      BisectBatchOnFunctionError: made.bisectBatchOnFunctionError,
      MaximumRetryAttempts: made.maximumRetryAttempts,
      MaximumRecordAgeInSeconds: made.maximumRecordAgeInSeconds,
      ...(made.provisionedPollerConfig === undefined ? {} : { ProvisionedPollerConfig: pollersOf(stage) }),
      DestinationConfig: { OnFailure: { Destination: onFailure } },
    }
    const stack = Stack.of(this)
    new CfnOutput(stack, 'MappingDescription', { value: stack.toJsonString(description) })
  }

  private source(cluster: ClusterSource, role: Role, network: ClientNetwork | undefined): EventSourceMappingOptions {
    if (cluster.kind === 'arn') return { eventSourceArn: cluster.arn }
    const kafkaBootstrapServers = [...cluster.brokers]
    if (cluster.secretArn === undefined) return { kafkaBootstrapServers }
    Secret.fromSecretCompleteArn(this, 'Login', cluster.secretArn).grantRead(role)
    const login = { type: SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: cluster.secretArn }
    return { kafkaBootstrapServers, sourceAccessConfigurations: [login, ...(network ? inside(network) : [])] }
  }
}

interface Described {
  readonly group: string
  readonly stage: Stage
  readonly onFailure: string
}

function pollersOf({ minPollers, maxPollers }: Stage) {
  return { MaximumPollers: maxPollers, MinimumPollers: minPollers }
}

/** The poller joins the network of the brokers; the prefixes are Lambda's. */
function inside({ vpc, subnets, securityGroup }: ClientNetwork): SourceAccessConfiguration[] {
  const { VPC_SUBNET, VPC_SECURITY_GROUP } = SourceAccessConfigurationType
  return [
    ...vpc.selectSubnets(subnets).subnetIds.map((id) => ({ type: VPC_SUBNET, uri: `subnet:${id}` })),
    { type: VPC_SECURITY_GROUP, uri: `security_group:${securityGroup.securityGroupId}` },
  ]
}

/** The controls that Lambda gives to Kafka in provisioned mode alone. */
function provisioned(stage: Stage): EventSourceMappingOptions {
  return {
    provisionedPollerConfig: { minimumPollers: stage.minPollers, maximumPollers: stage.maxPollers },
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: stage.retryAttempts,
    maxRecordAge: Duration.hours(stage.maxRecordAgeHours),
    metricsConfig: { metrics: [MetricType.EVENT_COUNT, MetricType.ERROR_COUNT, MetricType.KAFKA_METRICS] },
    logLevel: EventSourceMappingLogLevel.WARN,
  }
}

const PROVISIONED_ONLY = [
  'bisectBatchOnError',
  'reportBatchItemFailures',
  'retryAttempts',
  'maxRecordAge',
  'metricsConfig',
  'logLevel',
] as const satisfies readonly (keyof EventSourceMappingOptions)[]

/** CDK lets these through without provisioned mode, and the deployment then fails after minutes. */
export function checkProvisioned(options: EventSourceMappingOptions): void {
  if (options.provisionedPollerConfig !== undefined) return
  const lost = PROVISIONED_ONLY.filter((name) => options[name] !== undefined)
  if (lost.length === 0) return
  throw new UsageError(
    `A Kafka mapping takes ${lost.join(', ')} in provisioned mode only; give it provisionedPollerConfig or leave them out.`,
  )
}
