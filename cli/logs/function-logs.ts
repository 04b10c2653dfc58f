/** A deployed function's log: which function it is, and what is new in it. */
import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation'
import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs'
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { stackNameOf } from '../../lake/deployment.ts'
import { TickerlakeError } from '../../lake/errors.ts'

/** Each function by the name that people know it by, and how its logical id begins in the pipeline's stack. */
const LOGICAL_IDS = {
  producer: 'ProducerFunction',
  consumer: 'ConsumerFunction',
  plan: 'CurationPlanFunction',
  compact: 'CurationCompactFunction',
  commit: 'CurationCommitFunction',
  forecast: 'CurationForecastFunction',
} as const
type FunctionName = keyof typeof LOGICAL_IDS
export const FUNCTIONS = Object.keys(LOGICAL_IDS) as readonly FunctionName[]

/** The deployed name of a function of the stage. */
export async function functionOf(name: FunctionName, stage: string, client: CloudFormationClient): Promise<string> {
  const StackName = stackNameOf(stage, 'pipeline')
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    const found = StackResourceSummaries.find(
      ({ ResourceType, LogicalResourceId = '' }) =>
        ResourceType === 'AWS::Lambda::Function' && LogicalResourceId.startsWith(LOGICAL_IDS[name]),
    )
    if (found?.PhysicalResourceId) return found.PhysicalResourceId
  }
  throw new TickerlakeError('deployment', `The stack ${StackName} has no function ${name}; deploy it again.`)
}

/** Where a function logs: in a group of its own that the stack made, else in Lambda's. */
export async function logGroupOf(FunctionName: string, client: LambdaClient): Promise<string> {
  const { LoggingConfig } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }))
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`
}

export interface LoggedEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly message: string
}

/** Each call gives what has been logged since the one before, oldest first. */
export function newEvents(
  client: CloudWatchLogsClient,
  { group, since }: { readonly group: string; readonly since: number },
): () => AsyncGenerator<LoggedEvent> {
  let from = since
  // Of the newest millisecond, which is asked for again: more may be logged in it.
  let seen = new Set<string>()
  return async function* () {
    for await (const { eventId = '', timestamp = 0, message = '' } of eventsSince(client, group, from)) {
      if (seen.has(eventId)) continue
      if (timestamp > from) seen = new Set()
      from = Math.max(from, timestamp)
      seen.add(eventId)
      yield { timestamp, message }
    }
  }
}

async function* eventsSince(client: CloudWatchLogsClient, logGroupName: string, startTime: number) {
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) yield* events
  } catch (error) {
    // A function that was never invoked has no log group yet.
    if (!(error instanceof ResourceNotFoundException)) throw error
  }
}
