import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'

export interface BootstrapBrokersProps {
  readonly clusterArn: string
  readonly logGroup: ILogGroup
}

/**
 * The bootstrap list of a new MSK cluster, asked for while deploying: CloudFormation does not tell it, and a function
 * in a network without a way out would need an interface endpoint ($7 a zone and month) to ask for it itself.
 */
export class BootstrapBrokers extends Construct {
  /** Kafka with IAM over TLS; comma between. */
  readonly list: string

  constructor(scope: Construct, id: string, { clusterArn, logGroup }: BootstrapBrokersProps) {
    super(scope, id)
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    const asked = new AwsCustomResource(this, 'Ask', {
      onUpdate: {
        service: 'Kafka',
        action: 'getBootstrapBrokers',
        parameters: { ClusterArn: clusterArn },
        physicalResourceId: PhysicalResourceId.of('bootstrap-brokers'),
        outputPaths: ['BootstrapBrokerStringSaslIam'],
      },
      installLatestAwsSdk: false,
      logGroup,
      role,
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
      ]),
    })
    this.list = asked.getResponseField('BootstrapBrokerStringSaslIam')
  }
}
