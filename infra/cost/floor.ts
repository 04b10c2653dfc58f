/** The least that a month can cost, by how much of a lake one wants: for people who only want to try it. */
import { EXAMPLES } from '../examples.ts'
import { type Context, readStage } from '../stage.ts'
import type { Load } from './load.ts'
import { monthlyCost } from './monthly-cost.ts'
import { PRICES } from './prices.ts'

export interface Floor {
  readonly way: string
  readonly dollars: number
}

/** As little as a lake of 20 symbols gets, and nobody asks much of it. */
const TRIAL: Load = { barsPerSecond: 4, scannedGb: 1 }
/** What a paused stage without brokers is still billed for. */
const KEPT = ['S3 storage', 'KMS']
const AFTERNOON_HOURS = 4

/** Brokers elsewhere that can be reached from the internet need neither pollers of their own nor endpoints. */
const ELSEWHERE: Context = {
  stage: 'byo',
  brokers: 'broker.example.com:9096',
  brokersSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf',
  minPollers: 0,
  schedule: false,
}

export function floors(): readonly Floor[] {
  const resting = { ...EXAMPLES.dev, schedule: false }
  const month = bill(resting)
  return [
    { way: 'a laptop: npm run local', dollars: 0 },
    { way: 'dev, paused without its brokers', dollars: bill(EXAMPLES.dev, KEPT) },
    { way: 'dev, an afternoon', dollars: (month / PRICES.hoursPerMonth) * AFTERNOON_HOURS },
    { way: 'Kafka elsewhere, reached from the internet', dollars: bill(ELSEWHERE) },
    { way: 'dev, nothing replayed', dollars: month },
    { way: 'dev, replaying', dollars: bill(EXAMPLES.dev) },
    { way: 'dev on MSK Serverless', dollars: bill({ ...resting, brokerKind: 'serverless' }) },
    { way: 'prod', dollars: bill(EXAMPLES.prod) },
  ]
}

export function floorText(): string {
  const lines = floors().map(({ way, dollars }) => `${way.padEnd(44)}${dollars.toFixed(2).padStart(10)}`)
  return [
    `$ a month at ${TRIAL.barsPerSecond} bars/s, list prices of ${PRICES.region}, ${PRICES.asOf}`,
    '',
    ...lines,
  ].join('\n')
}

function bill(context: Context, services?: readonly string[]): number {
  return monthlyCost(readStage(context), TRIAL)
    .filter(({ service }) => services === undefined || services.includes(service))
    .reduce((sum, { dollars }) => sum + dollars, 0)
}
