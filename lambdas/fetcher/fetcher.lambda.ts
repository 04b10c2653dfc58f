import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import { required } from '../../lake/environment.ts'
import { yahooCharts } from '../../lake/history/yahoo-chart.ts'
import { jsonLog } from '../../lake/log.ts'
import { embeddedMetrics } from '../../lake/metrics.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'
import { fetchSettings } from './fetch-settings.ts'
import { type FetchAnswer, fetchDue } from './fetcher.ts'

const env = process.env
const write = (line: string): void => void process.stdout.write(line)
let end = 0
const effects = {
  charts: yahooCharts({ endpoint: env['YAHOO_ENDPOINT'] || undefined }),
  store: deployedLake(env)(() => end),
  clock,
  random: Math.random,
  freshId: randomUUID,
  log: jsonLog(write),
  metrics: embeddedMetrics(write, clock.now, { Stage: required(env, 'STAGE') }),
}
const settings = fetchSettings(env)

export async function handler(_schedule: unknown, context: InvocationContext): Promise<FetchAnswer> {
  end = endOf(context)
  return fetchDue(settings, { ...effects, remainingMs: () => context.getRemainingTimeInMillis() })
}
