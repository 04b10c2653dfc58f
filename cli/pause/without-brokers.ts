/** Taking a stage's brokers away and leaving its lake: what has to be true before, and the stacks that go. */
import {
  type CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation'
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import type { StackWord } from '../../lake/deployment.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { ClientConfig } from '../lake/target.ts'
import type { DeployedStack } from './running-parts.ts'

/** MSK deletes a cluster in some ten minutes; functions in a network give their interfaces back in as many more. */
const DELETE_SECONDS = 60 * 60
const PERIOD_SECONDS = 60
/** Watch and pipeline are gone in moments; the cluster is not worth a question every five seconds. */
const LOOK_SECONDS = { minDelay: 5, maxDelay: 30 }

/** Those that read from the brokers go first: CloudFormation refuses to delete what another stack imports. */
export const ORDER = ['watch', 'pipeline', 'broker'] as const satisfies readonly StackWord[]

/** Why the brokers cannot go; undefined where they can. */
export function keptBrokers(broker: DeployedStack | undefined): string | undefined {
  if (broker === undefined) return 'The stage has no brokers of its own: what they cost is somebody else’s to stop.'
  if (broker.isProtected) {
    return 'The brokers of this stage are protected, and its cluster is kept when its stack goes, so that pausing it would save nothing. MSK itself cannot stop a cluster.'
  }
  return undefined
}

/** A moment's lag, and when it was measured. */
export interface Lag {
  readonly at: Date
  readonly records: number
}

/** Whether all that was sent has landed: a lag of 0 that was measured after the last sender had ended. */
export function isDrained(lags: readonly Lag[], sendersEnded: Date): boolean {
  const newest = lags.reduce<Lag | undefined>((last, each) => (last && last.at > each.at ? last : each), undefined)
  return newest !== undefined && newest.records === 0 && newest.at > sendersEnded
}

export interface Topic {
  readonly cluster: string
  readonly topic: string
  readonly group: string
}

/** The lag of the consumer's group as MSK measures it, every minute; newest last. */
export async function lagsOf(
  clients: ClientConfig,
  { cluster, topic, group }: Topic,
  now: Date,
): Promise<readonly Lag[]> {
  const cloudWatch = new CloudWatchClient(clients)
  const Dimensions = [
    { Name: 'Cluster Name', Value: cluster },
    { Name: 'Consumer Group', Value: group },
    { Name: 'Topic', Value: topic },
  ]
  const { MetricDataResults: [result] = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - 15 * 60_000),
      EndTime: now,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'lag',
          MetricStat: {
            Metric: { Namespace: 'AWS/Kafka', MetricName: 'SumOffsetLag', Dimensions },
            Period: PERIOD_SECONDS,
            Stat: 'Maximum',
          },
        },
      ],
    }),
  )
  const { Timestamps = [], Values = [] } = result ?? {}
  return Timestamps.map((at, i) => ({ at, records: Values[i] ?? Number.NaN }))
}

/** Deletes the stacks one after the other; says which. */
export async function deleteStacks(
  cloudFormation: CloudFormationClient,
  stacks: readonly DeployedStack[],
  { say, signal }: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  for (const { name: StackName } of stacks) {
    say(`Deleting ${StackName} …`)
    await cloudFormation.send(new DeleteStackCommand({ StackName }))
    const { state, reason } = await waitUntilStackDeleteComplete(
      { client: cloudFormation, maxWaitTime: DELETE_SECONDS, ...LOOK_SECONDS, abortSignal: signal },
      { StackName },
    )
    if (state === 'SUCCESS') continue
    throw new TickerlakeError(
      'pause',
      `${StackName} was not deleted (${state}): look at "aws cloudformation describe-stack-events --stack-name ${StackName}" and run the command again.`,
      { cause: reason },
    )
  }
}
