/** A deployed function's log: which function it is, and what is new in it. */
import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation'
import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
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
  fetcher: 'FetcherFetchFunction',
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
  const why = name === 'fetcher' ? 'its stage is deployed without one (docs/live.md)' : 'deploy it again'
  throw new TickerlakeError('deployment', `The stack ${StackName} has no function ${name}; ${why}.`)
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
  // Of the newest millisecond, which is asked for again: more may be logged in it. How often each event was given.
  const given = new Map<string, number>()
  return async function* () {
    const met = new Map<string, number>()
    for await (const event of eventsSince(client, group, from)) {
      const { timestamp = 0, message = '' } = event
      const name = nameOf(event)
      const times = (met.get(name) ?? 0) + 1
      met.set(name, times)
      if (times <= (given.get(name) ?? 0)) continue
      if (timestamp > from) given.clear()
      from = Math.max(from, timestamp)
      given.set(name, times)
      yield { timestamp, message }
    }
  }
}

/** An event's id; emulators give none, and two lines of one stream and millisecond may be the same. */
function nameOf({ eventId, logStreamName, timestamp, message }: FilteredLogEvent): string {
  return eventId ?? `${logStreamName} ${timestamp} ${message}`
}

async function* eventsSince(client: CloudWatchLogsClient, logGroupName: string, startTime: number) {
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) yield* events
  } catch (error) {
    // A function that was never invoked has no log group yet.
    if (!(error instanceof ResourceNotFoundException)) throw error
  }
}
