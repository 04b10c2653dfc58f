import { CustomResource, Duration } from 'aws-cdk-lib'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { ClientNetwork } from './client-network.ts'
import { grantManageTopic, type NamedCluster } from './cluster-access.ts'
import { LakeFunction } from './lake-function.ts'
import { whileDeploying } from './while-deploying.ts'

export interface KafkaTopicProps {
  readonly cluster: NamedCluster
  /** Bootstrap list, IAM over TLS. */
  readonly brokers: string
  readonly network: ClientNetwork
  readonly topic: string
  readonly partitions: number
  /** Copies of each partition. */
  readonly replicas: number
  readonly retentionDays: number
  readonly logDays: RetentionDays
}

/**
 * A topic as a deploy step, by Kafka's own admin API. It may be made twice, its partitions only grow, and
 * destroying the stack leaves it alone: records are never deleted by a deployment.
 */
export class KafkaTopic extends Construct {
  readonly name: string

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id)
    const keeper = new LakeFunction(this, 'Keeper', {
      entry: 'lambdas/topic/topic.lambda.ts',
      description: 'Makes the topic and grows it, while deploying.',
      // Patience with new rights, and a minute for the work.
      timeout: Duration.minutes(6),
      memoryMb: 256,
      logDays: props.logDays,
      network: props.network,
      environment: { KAFKA_BROKERS: props.brokers, KAFKA_AUTH: 'iam' },
    })
    grantManageTopic(keeper.role, props.cluster, props.topic)
    const made = new CustomResource(this, 'Topic', {
      serviceToken: whileDeploying(this, keeper, 'keeper'),
      resourceType: 'Custom::KafkaTopic',
      properties: {
        topic: props.topic,
        partitions: props.partitions,
        replicas: props.replicas,
        retentionMs: Duration.days(props.retentionDays).toMilliseconds(),
      },
    })
    this.name = made.ref
  }
}
