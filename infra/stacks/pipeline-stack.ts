import { Annotations, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { LAYOUT } from '../../lake/layout.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { type ClientNetwork, importedNetwork } from '../constructs/client-network.ts'
import { grantSend } from '../constructs/cluster-access.ts'
import { Compaction } from '../constructs/compaction.ts'
import { excuseVersions } from '../constructs/excuse.ts'
import { Fetcher } from '../constructs/fetcher.ts'
import { KafkaMapping } from '../constructs/kafka-mapping.ts'
import type { LakeBucket } from '../constructs/lake-bucket.ts'
import { LakeFunction } from '../constructs/lake-function.ts'
import type { Watched } from '../constructs/service-metrics.ts'
import type { ClusterSource, Stage as Settings } from '../stage.ts'
import { workgroupNameOf } from './lake-stack.ts'

export interface PipelineStackProps extends StackProps {
  readonly stage: Settings
  readonly lake: LakeBucket
  readonly kafka: Kafka
}

/** The cluster, and the network that its clients join where it needs one. */
export interface Kafka {
  readonly cluster: ClusterSource
  readonly network?: ClientNetwork
}

/** What may be thrown away and made again: the functions, the schedule, the mapping between topic and consumer. */
export class PipelineStack extends Stack {
  readonly watched: Watched

  constructor(scope: Construct, id: string, { stage, lake, kafka, ...props }: PipelineStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: the pipeline, what may be thrown away`, ...props })
    const { cluster } = kafka
    const network = kafka.network ?? importedNetwork(this, stage)
    if (cluster.kind === 'arn' && !network && stage.name !== 'local') this.warnOfNoNetwork()
    const producer = this.producer(stage, lake, { cluster, ...(network ? { network } : {}) })
    const consumer = this.consumer(stage, lake, cluster)
    const mapping = new KafkaMapping(this, 'Mapping', { stage, cluster, consumer, lake, network })
    const compaction = new Compaction(this, 'Curation', { stage, lake })

    const fetcher = this.fetcher(stage, lake)

    this.watched = {
      producer: producer.function,
      ...(fetcher ? { fetcher: fetcher.function } : {}),
      consumer: consumer.function,
      mappingId: mapping.id,
      compaction: compaction.stateMachine,
      forecaster: compaction.forecaster,
      bucket: lake.bucket,
      workgroup: workgroupNameOf(stage),
    }

    new CfnOutput(this, 'ProducerFunctionName', { value: producer.function.functionName })
    new CfnOutput(this, 'ConsumerFunctionName', { value: consumer.function.functionName })
    new CfnOutput(this, 'Topic', { value: stage.topic })
    new CfnOutput(this, 'CurateStateMachineArn', { value: compaction.stateMachine.stateMachineArn })
    if (cluster.kind === 'arn') new CfnOutput(this, 'ClusterArn', { value: cluster.arn })
    else new CfnOutput(this, 'Brokers', { value: cluster.brokers.join(',') })
  }

  private warnOfNoNetwork(): void {
    Annotations.of(this).addWarningV2(
      'tickerlake:producer-outside',
      'The producer stands in no network and reaches brokers with public access alone; give vpcId, subnetIds and securityGroupId for others.',
    )
  }

  private producer(stage: Settings, lake: LakeBucket, { cluster, network }: Kafka): LakeFunction {
    const producer = new LakeFunction(this, 'Producer', {
      entry: 'lambdas/producer/producer.lambda.ts',
      description: 'Replays history from the lake into Kafka.',
      timeout: Duration.seconds(90),
      memoryMb: 512,
      logDays: Number(stage.logDays),
      network,
      reservedConcurrency: stage.reservedConcurrency,
      environment: {
        ...commonEnvironment(stage, lake),
        ...sendingEnvironment(cluster),
        HISTORY_PREFIX: LAYOUT.history,
        EVERY_SECONDS: String(stage.everySeconds),
        SPEED: stage.speed,
        AT_END: stage.atEnd,
      },
    })
    grantSend(producer.role, { source: cluster, topic: stage.topic })
    if (cluster.kind === 'bootstrap' && cluster.secretArn !== undefined) {
      Secret.fromSecretCompleteArn(this, 'Login', cluster.secretArn).grantRead(producer.role)
    }
    lake.grantRead(producer.role, LAYOUT.history)
    lake.grantReadWrite(producer.role, LAYOUT.replay)
    const target = new LambdaInvoke(producer.function, {
      // The next minute goes on where this one could not: neither a retry nor a dead letter would help.
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      role: this.schedulerRole(producer),
    })
    new Schedule(this, 'EveryMinute', {
      description: 'One scheduled minute of the replay; the cursor keeps two that overlap from both advancing.',
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target,
      enabled: stage.schedule,
    })
    return producer
  }

  /** Only where there are symbols to fetch. */
  private fetcher(stage: Settings, lake: LakeBucket): Fetcher | undefined {
    if (stage.symbols.length === 0) return undefined
    const schedulerRole = (target: LakeFunction): Role => this.schedulerRole(target, 'FetchSchedulerRole')
    const fetcher = new Fetcher(this, 'Fetcher', { stage, lake, schedulerRole })
    new CfnOutput(this, 'FetcherFunctionName', { value: fetcher.function.functionName })
    return fetcher
  }

  private schedulerRole(target: LakeFunction, id = 'SchedulerRole'): Role {
    const group = this.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' })
    const role = new Role(this, id, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account, 'aws:SourceArn': group } },
      }),
    })
    target.function.grantInvoke(role)
    excuseVersions(role, [target.function])
    return role
  }

  private consumer(stage: Settings, lake: LakeBucket, cluster: ClusterSource): LakeFunction {
    const consumer = new LakeFunction(this, 'Consumer', {
      entry: 'lambdas/consumer/consumer.lambda.ts',
      description: 'Lands batches of Kafka records as Parquet, each record once.',
      timeout: Duration.seconds(60),
      memoryMb: stage.consumerMemoryMb,
      logDays: Number(stage.logDays),
      reservedConcurrency: stage.reservedConcurrency,
      environment: {
        ...commonEnvironment(stage, lake),
        ...namingEnvironment(cluster),
        // On-demand mapping ignores which items failed: the function must fail as a whole there, or they were lost.
        PARTIAL_RESPONSES: String(stage.minPollers > 0),
      },
    })
    // In this order, so that the policy of a stage that stands does not change.
    lake.grantWrite(consumer.role, BARS_LANDING.prefix)
    lake.grantRead(consumer.role, BARS_LANDING.prefix)
    lake.grantReadWrite(consumer.role, LAYOUT.ledger)
    return consumer
  }
}

function commonEnvironment(stage: Settings, lake: LakeBucket): Record<string, string> {
  return { LAKE_BUCKET: lake.bucket.bucketName, TOPIC: stage.topic, STAGE: stage.name }
}

/** What the ledger's path calls the cluster. */
function namingEnvironment(cluster: ClusterSource): Record<string, string> {
  return cluster.kind === 'arn' ? { CLUSTER_ARN: cluster.arn } : { CLUSTER_NAME: cluster.name }
}

/** How the producer finds the brokers, and logs in: no secret stands here, only where it is. */
function sendingEnvironment(cluster: ClusterSource): Record<string, string> {
  const named = namingEnvironment(cluster)
  if (cluster.kind === 'arn') {
    return cluster.brokers === undefined ? named : { ...named, KAFKA_BROKERS: cluster.brokers, KAFKA_AUTH: 'iam' }
  }
  const brokers = { ...named, KAFKA_BROKERS: cluster.brokers.join(',') }
  return cluster.secretArn === undefined
    ? brokers
    : { ...brokers, KAFKA_AUTH: 'scram', KAFKA_SECRET_ARN: cluster.secretArn }
}
