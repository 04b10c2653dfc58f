import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import type { Construct } from 'constructs'
import { BARS_LANDING } from '../../lambdas/core/tables.ts'
import { grantSend } from '../constructs/cluster-access.ts'
import { KafkaMapping } from '../constructs/kafka-mapping.ts'
import type { LakeBucket } from '../constructs/lake-bucket.ts'
import { LakeFunction } from '../constructs/lake-function.ts'
import type { ClusterSource, Stage as Settings } from '../stage.ts'

export interface PipelineStackProps extends StackProps {
  readonly stage: Settings
  readonly lake: LakeBucket
  readonly cluster: ClusterSource
}

const HISTORY_PREFIX = 'history'
const CURSOR_PREFIX = 'replay'
const LEDGER_PREFIX = 'ledger'

/** What may be thrown away and made anew: the functions, the schedule, the mapping between topic and consumer. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { stage, lake, cluster, ...props }: PipelineStackProps) {
    super(scope, id, { description: `tickerlake ${stage.name}: the pipeline, what may be thrown away`, ...props })
    const common = {
      LAKE_BUCKET: lake.bucket.bucketName,
      TOPIC: stage.topic,
      ...clusterEnvironment(cluster),
    }
    const producer = this.producer(stage, lake, common)
    grantSend(producer.role, { source: cluster, topic: stage.topic })
    const consumer = this.consumer(stage, lake, common)
    new KafkaMapping(this, 'Mapping', { stage, cluster, consumer, lake })

    new CfnOutput(this, 'ProducerFunctionName', { value: producer.function.functionName })
    new CfnOutput(this, 'ConsumerFunctionName', { value: consumer.function.functionName })
    new CfnOutput(this, 'Topic', { value: stage.topic })
    if (cluster.kind === 'arn') new CfnOutput(this, 'ClusterArn', { value: cluster.arn })
    else new CfnOutput(this, 'Brokers', { value: cluster.brokers.join(',') })
  }

  private producer(stage: Settings, lake: LakeBucket, common: Readonly<Record<string, string>>): LakeFunction {
    const producer = new LakeFunction(this, 'Producer', {
      entry: 'lambdas/producer/producer.lambda.ts',
      description: 'Replays history from the lake into Kafka.',
      timeout: Duration.seconds(90),
      memoryMb: 512,
      logDays: Number(stage.logDays),
      environment: {
        ...common,
        HISTORY_PREFIX,
        EVERY_SECONDS: String(stage.everySeconds),
        SPEED: stage.speed,
        AT_END: stage.atEnd,
      },
    })
    lake.grantRead(producer.role, HISTORY_PREFIX)
    lake.grantRead(producer.role, CURSOR_PREFIX)
    lake.grantWrite(producer.role, CURSOR_PREFIX)
    new Schedule(this, 'EveryMinute', {
      description: 'One scheduled minute of the replay; the cursor keeps two that overlap from both advancing.',
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      // The next minute goes on where this one could not: neither a retry nor a dead letter would help.
      target: new LambdaInvoke(producer.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      enabled: stage.schedule,
    })
    return producer
  }

  private consumer(stage: Settings, lake: LakeBucket, common: Readonly<Record<string, string>>): LakeFunction {
    const consumer = new LakeFunction(this, 'Consumer', {
      entry: 'lambdas/consumer/consumer.lambda.ts',
      description: 'Lands batches of Kafka records as Parquet, each record once.',
      timeout: Duration.seconds(60),
      memoryMb: 1024,
      logDays: Number(stage.logDays),
      environment: common,
    })
    lake.grantWrite(consumer.role, BARS_LANDING.prefix)
    lake.grantRead(consumer.role, BARS_LANDING.prefix)
    lake.grantRead(consumer.role, LEDGER_PREFIX)
    lake.grantWrite(consumer.role, LEDGER_PREFIX)
    return consumer
  }
}

/** How the functions find the cluster: by its ARN, or by its brokers and a name for the ledger's path. */
function clusterEnvironment(cluster: ClusterSource): Record<string, string> {
  return cluster.kind === 'arn'
    ? { CLUSTER_ARN: cluster.arn }
    : { KAFKA_BROKERS: cluster.brokers.join(','), CLUSTER_NAME: cluster.name }
}
