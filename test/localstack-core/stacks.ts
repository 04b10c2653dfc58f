/** What has become of a stack's resources, by what LocalStack's CloudFormation says of them. */
import { CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation'
import { clientsOfTests } from './engine.ts'

export interface StackOutcome {
  /** Types of resources that were made. */
  readonly made: readonly string[]
  /** Types that LocalStack does not know: it says CREATE_COMPLETE of them and makes nothing. */
  readonly saidToBeMade: readonly string[]
  readonly failed: readonly { readonly type: string; readonly reason: string }[]
}

const STACK = 'AWS::CloudFormation::Stack'
const FALLBACK = /is not supported but was deployed as a fallback$/

export async function outcomeOf(stack: string, region: string): Promise<StackOutcome> {
  const client = new CloudFormationClient(clientsOfTests(region))
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack }))
  const ended = (status: string) =>
    StackEvents.filter(({ ResourceType, ResourceStatus }) => ResourceType !== STACK && ResourceStatus === status)
  const complete = ended('CREATE_COMPLETE')
  return {
    made: typesOf(complete.filter(({ ResourceStatusReason: reason = '' }) => !FALLBACK.test(reason))),
    saidToBeMade: typesOf(complete.filter(({ ResourceStatusReason: reason = '' }) => FALLBACK.test(reason))),
    failed: ended('CREATE_FAILED').map(({ ResourceType: type = '', ResourceStatusReason: reason = '' }) => {
      return { type, reason }
    }),
  }
}

function typesOf(events: readonly StackEvent[]): readonly string[] {
  return [...new Set(events.map(({ ResourceType = '' }) => ResourceType))].sort()
}
