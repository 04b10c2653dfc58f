import { CfnResource, Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Excuses one construct from single findings of cdk-nag: the finding's id, and why it may stand. */
export function excuse(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(findings).map(([id, reason]) => ({ id, reason })))
}

/** Excuses a role from the `:*` that CDK's grantInvoke adds for the function's versions. */
export function excuseVersions(role: IConstruct, functions: readonly IConstruct[]): void {
  for (const each of functions) {
    excuse(role, {
      [`AwsSolutions-IAM5[Resource::<${logicalIdOf(each)}.Arn>:*]`]: 'Any version of this one function.',
    })
  }
}

/** The logical id of an L2 construct's own resource. */
export function logicalIdOf(construct: IConstruct): string {
  const resource = construct.node.defaultChild
  if (!CfnResource.isCfnResource(resource)) throw new TypeError(`${construct.node.path} has no resource of its own`)
  return Stack.of(construct).getLogicalId(resource)
}
