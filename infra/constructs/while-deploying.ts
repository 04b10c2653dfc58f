import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Provider } from 'aws-cdk-lib/custom-resources'
import type { Construct } from 'constructs'
import { excuseVersions } from './excuse.ts'
import type { LakeFunction } from './lake-function.ts'

/** Has a function answer to a custom resource while a stack is deployed; the token by which the resource names it. */
export function whileDeploying(scope: Construct, answering: LakeFunction, called: string): string {
  const frameworkOnEventRole = new Role(scope, 'ProviderRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `CDK's provider framework: passes CloudFormation's requests on to the ${called}.`,
  })
  answering.logGroup.grantWrite(frameworkOnEventRole)
  excuseVersions(frameworkOnEventRole, [answering.function])
  const { logGroup } = answering
  return new Provider(scope, 'Provider', { onEventHandler: answering.function, logGroup, frameworkOnEventRole })
    .serviceToken
}
