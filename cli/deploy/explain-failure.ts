/** Why a deployment failed: the first resource that did, not the dozen that were given up for it. */
import type { StackEvent } from '@aws-sdk/client-cloudformation'

/** What to do about it, by what CloudFormation passes on from the service. */
const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /UnreservedConcurrentExecution|ReservedConcurrentExecutions/i,
    'Give -c reservedConcurrency=0, or ask for more concurrency (Service Quotas, Lambda).',
  ],
  [
    /not supported for Kafka version|Unsupported (InstanceType|KafkaVersion)/i,
    'Give a kafkaVersion and a brokerInstance that go together: docs/deploy.md, "What AWS enforces".',
  ],
  [/use1-az3|availability zone/i, 'Give the zones by -c zoneIds=…; MSK is not in every one.'],
  [/already exists/i, 'Something of this name was left behind or is another stage’s: docs/deploy.md, "Leaving".'],
  [/limit ?exceeded|quota|too many/i, 'Ask for a higher quota in Service Quotas, then deploy again.'],
  [
    /AccessDenied|not authorized|is not allowed/i,
    'The role that deploys lacks this right: docs/deploy.md, "The role that deploys".',
  ],
  [
    /custom resource|Received response status \[FAILED\]/i,
    'The log group …Logs of the stack’s Topic or Bootstrap construct in CloudWatch has the whole error.',
  ],
]

export interface Failure {
  /** As the template calls it. */
  readonly resource: string
  readonly type: string
  readonly reason: string
  readonly advice: string | undefined
}

/** Of the events of one stack, newest first as CloudFormation tells them; those before `since` are of another deployment. */
export function failureIn(events: readonly StackEvent[], since: Date): Failure | undefined {
  const first = events
    .filter(({ Timestamp }) => Timestamp !== undefined && Timestamp >= since)
    .toReversed()
    .find(isCause)
  if (!first) return undefined
  const { LogicalResourceId: resource = '', ResourceType: type = '', ResourceStatusReason: reason = '' } = first
  return { resource, type, reason, advice: ADVICE.find(([said]) => said.test(reason))?.[1] }
}

export function failureText(stack: string, { resource, type, reason, advice }: Failure): string {
  const lines = [`${stack}: ${resource} (${type}) could not be made or changed:`, `  ${reason}`]
  return [...lines, ...(advice === undefined ? [] : [`  ${advice}`])].join('\n')
}

/** The stack itself fails because a resource did, and others are cancelled for it. */
function isCause({ ResourceStatus, ResourceType, ResourceStatusReason = '' }: StackEvent): boolean {
  return (
    ResourceStatus?.endsWith('_FAILED') === true &&
    ResourceType !== 'AWS::CloudFormation::Stack' &&
    !/cancelled/i.test(ResourceStatusReason)
  )
}
