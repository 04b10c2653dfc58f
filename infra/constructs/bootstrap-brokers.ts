import { CustomResource, Duration } from 'aws-cdk-lib'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { grantAskForBrokers, type NamedCluster } from './cluster-access.ts'
import { LakeFunction } from './lake-function.ts'
import { whileDeploying } from './while-deploying.ts'

export interface BootstrapBrokersProps {
  readonly cluster: NamedCluster
  readonly logDays: RetentionDays
}

/**
 * The bootstrap list of a new MSK cluster, asked for while deploying: CloudFormation does not tell it, and a function
 * in a network without a way out would need an interface endpoint ($7 a zone and month) to ask for it itself.
 *
 * Asked by a function of ours, not by CDK's AwsCustomResource, which fails where IAM has not told everybody of its policy
 * yet: the stack would roll back and delete a cluster that took half an hour (aws-cdk issues 18237, 37675).
 */
export class BootstrapBrokers extends Construct {
  /** Kafka with IAM over TLS; comma between. */
  readonly list: string

  constructor(scope: Construct, id: string, { cluster, logDays }: BootstrapBrokersProps) {
    super(scope, id)
    const asker = new LakeFunction(this, 'Asker', {
      entry: 'lambdas/topic/brokers.lambda.ts',
      description: 'Asks MSK for the brokers of the new cluster, while deploying.',
      timeout: Duration.minutes(6),
      memoryMb: 256,
      logDays,
      environment: {},
    })
    grantAskForBrokers(asker.role, cluster)
    this.list = new CustomResource(this, 'Brokers', {
      serviceToken: whileDeploying(this, asker, 'asker'),
      resourceType: 'Custom::BootstrapBrokers',
      properties: { clusterArn: cluster.arn },
    }).getAttString('Brokers')
  }
}
