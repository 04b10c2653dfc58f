/** What holds for everything of a stage, whichever stack it is in. */
import { type Stack, Tags } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { Stage } from '../stage.ts'

/** Another tag would be another cluster: MSK Serverless takes them when it is made and never again. */
const TAGGED_ONCE = ['AWS::MSK::ServerlessCluster']

/**
 * Tags every resource that takes tags. `app` and `stage` never change, so that anything may have them; a change of the
 * others goes to what can be tagged again, and not to the stack, which would hand it to everything in it.
 */
export function tagAll(stack: Stack, { name, owner, costCentre }: Stage): void {
  const tags = Tags.of(stack)
  tags.add('app', 'tickerlake')
  tags.add('stage', name)
  const changing = { excludeResourceTypes: ['aws:cdk:stack', ...TAGGED_ONCE] }
  if (owner !== undefined) tags.add('owner', owner, changing)
  if (costCentre !== undefined) tags.add('cost-centre', costCentre, changing)
}

/** Bounds every role of a stack, those too that CDK makes. */
export function boundRoles(stack: Stack, { permissionsBoundary }: Stage): void {
  if (permissionsBoundary === undefined) return
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', permissionsBoundary))
}
