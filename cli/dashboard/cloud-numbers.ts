/** What CloudWatch and Lambda tell of a stage's stream: what a closed cluster's brokers cannot be asked from here. */
import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import type { CloudNow } from '../../dashboard/cloud-now.ts'
import { clusterNameOf, consumerGroupOf, type Deployment } from '../../lake/deployment.ts'
import { METRICS_NAMESPACE } from '../../lake/metrics.ts'
import type { ClientConfig } from '../lake/target.ts'

/** Minutes that one number is of; a minute alone is empty too often, for functions tell when they end. */
const MINUTES = 5
/** Metrics arrive late: the newest period that has one counts, as far back as this. */
const LOOKED_BACK_MS = 20 * 60_000

type Numbers = Omit<CloudNow, 'at' | 'minutes' | 'mapping'>
type NumberName = keyof Numbers

interface Watched {
  readonly namespace: string
  readonly metric: string
  readonly stat: 'Sum' | 'Maximum'
  readonly dimensions: Readonly<Record<string, string>>
}

/** Gives what is told now, with one call of CloudWatch and one of Lambda. */
export function cloudNumbers(clients: ClientConfig, deployment: Deployment, now: () => number) {
  const cloudWatch = new CloudWatchClient(clients)
  const lambda = new LambdaClient(clients)
  const watched = Object.entries(watchedOf(deployment)) as readonly (readonly [NumberName, Watched])[]
  return async (): Promise<CloudNow> => {
    const at = now()
    const [{ MetricDataResults = [] }, { EventSourceMappings = [] }] = await Promise.all([
      cloudWatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(at - LOOKED_BACK_MS),
          EndTime: new Date(at),
          ScanBy: 'TimestampDescending',
          MetricDataQueries: watched.map(queryOf),
        }),
      ),
      lambda.send(new ListEventSourceMappingsCommand({ FunctionName: deployment.consumerFunction })),
    ])
    const newest = new Map(MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values[0] ?? null]))
    const numbers = Object.fromEntries(watched.map(([name]) => [name, newest.get(name.toLowerCase()) ?? null]))
    const mapping = EventSourceMappings.map(({ State }) => State).join(', ') || null
    // Every name of `watched` has its number, or null.
    return { ...NOTHING_TOLD, ...(numbers as Partial<Numbers>), at, minutes: MINUTES, mapping }
  }
}

const NOTHING_TOLD: Numbers = {
  sent: null,
  landed: null,
  rejected: null,
  latencyMs: null,
  lag: null,
  lagSeconds: null,
  invocations: null,
  errors: null,
  throttles: null,
}

function watchedOf(deployment: Deployment): Partial<Record<NumberName, Watched>> {
  const { stage, topic, consumerFunction } = deployment
  const own = (metric: string, stat: Watched['stat'] = 'Sum'): Watched => {
    return { namespace: METRICS_NAMESPACE, metric, stat, dimensions: { Stage: stage } }
  }
  const consumer = (metric: string): Watched => {
    return { namespace: 'AWS/Lambda', metric, stat: 'Sum', dimensions: { FunctionName: consumerFunction } }
  }
  const cluster = clusterNameOf(deployment)
  const group = consumerGroupOf(stage)
  const msk = (metric: string): Watched => {
    const dimensions = { 'Cluster Name': cluster ?? '', 'Consumer Group': group, Topic: topic }
    return { namespace: 'AWS/Kafka', metric, stat: 'Maximum', dimensions }
  }
  return {
    sent: own('BarsSent'),
    landed: own('RecordsLanded'),
    rejected: own('RecordsRejected'),
    latencyMs: own('LandingLatency', 'Maximum'),
    invocations: consumer('Invocations'),
    errors: consumer('Errors'),
    throttles: consumer('Throttles'),
    // Of another cluster than MSK's nobody tells.
    ...(cluster === undefined ? {} : { lag: msk('SumOffsetLag'), lagSeconds: msk('EstimatedMaxTimeLag') }),
  }
}

function queryOf([name, { namespace, metric, stat, dimensions }]: readonly [NumberName, Watched]): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions }
  // An id of CloudWatch begins with a small letter.
  return { Id: name.toLowerCase(), MetricStat: { Metric, Period: MINUTES * 60, Stat: stat } }
}
