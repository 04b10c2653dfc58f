import { Duration } from 'aws-cdk-lib'
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ClusterSource, Stage } from '../stage.ts'
import { grantConsume } from './cluster-access.ts'
import { type LakeBucket, ON_FAILURE_PREFIX } from './lake-bucket.ts'

export interface KafkaMappingProps {
  readonly stage: Stage
  readonly cluster: ClusterSource
  readonly consumer: { readonly function: IFunction; readonly role: Role }
  /** Its bucket takes the batches that Lambda gives up. */
  readonly lake: LakeBucket
}

/**
 * Lambda's poller between topic and consumer. Made from the plain mapping: CDK's Kafka event sources attach a
 * managed policy that can describe every cluster of the account.
 */
export class KafkaMapping extends Construct {
  constructor(scope: Construct, id: string, { stage, cluster, consumer, lake }: KafkaMappingProps) {
    super(scope, id)
    const group = `tickerlake-${stage.name}-consumer`
    new EventSourceMapping(this, 'Mapping', {
      target: consumer.function,
      ...(cluster.kind === 'arn' ? { eventSourceArn: cluster.arn } : { kafkaBootstrapServers: [...cluster.brokers] }),
      kafkaTopic: stage.topic,
      kafkaConsumerGroupId: group,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: stage.batchSize,
      maxBatchingWindow: Duration.seconds(stage.batchWindowSeconds),
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: lake.bucket.bucketArn }) },
    })

    grantConsume(consumer.role, { source: cluster, topic: stage.topic }, group)
    lake.grantWrite(consumer.role, ON_FAILURE_PREFIX)
    lake.grantList(consumer.role)
    if (cluster.kind === 'arn') consumer.role.addToPrincipalPolicy(pollerNetwork())
  }
}

/** Lambda joins the cluster's network with the function's role; EC2 decides these calls for no single resource. */
function pollerNetwork(): PolicyStatement {
  return new PolicyStatement({
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    resources: ['*'],
  })
}
