/** What a stage costs a month, and from which load on another way from Kafka into S3 would be dearer, or cheaper. */
import { givenCluster, type Stage } from '../stage.ts'
import { crossing, gbPerMonth, type Load } from './load.ts'
import { type CostLine, consumer, mapping, monthlyCost } from './monthly-cost.ts'
import { PRICES } from './prices.ts'

export interface CostReport {
  readonly text: string
  readonly data: {
    readonly stage: string
    readonly region: string
    readonly asOf: string
    readonly load: Load
    readonly lines: readonly CostLine[]
    readonly total: number
    readonly landing: number
    readonly alternatives: readonly Alternative[]
  }
}

export function costReport(stage: Stage, load: Load): CostReport {
  const lines = monthlyCost(stage, load)
  const total = lines.reduce((sum, { dollars }) => sum + dollars, 0)
  const others = alternatives(stage, load)
  const landing = landingCost(stage, load)
  const { region, asOf } = PRICES
  const data = { stage: stage.name, region, asOf, load, lines, total, landing, alternatives: others }
  return { text: textOf(data), data }
}

function textOf({
  stage,
  region,
  asOf,
  load,
  lines,
  total,
  landing,
  alternatives: others,
}: CostReport['data']): string {
  const yearly = gbPerMonth(load).wire * 12
  return [
    `${stage} at ${load.barsPerSecond} bars/s (${yearly.toFixed(0)} GB of JSON a year), $ a month, list prices of ${region}, ${asOf}`,
    '',
    ...lines.map(({ service, dollars, made }) => row(service, dollars, made)),
    row('Total', total, ''),
    '',
    `From Kafka into S3 (pollers, consumer, PUTs): $${landing.toFixed(2)}. Instead:`,
    ...others.map(({ name, dollars, evenAt, lacks }) => {
      const even =
        evenAt === undefined ? 'at no load' : `at ${Number(evenAt.toPrecision(2)).toLocaleString('en-US')} bars/s`
      return row(name, dollars, `the same ${even}; ${lacks}`)
    }),
  ].join('\n')
}

function row(name: string, dollars: number, made: string): string {
  const amount = Number.isNaN(dollars) ? '?' : dollars.toFixed(2)
  return `${name.padEnd(32)}${amount.padStart(10)}  ${made}`.trimEnd()
}

export interface Alternative {
  readonly name: string
  readonly dollars: number
  /** What it does not do. */
  readonly lacks: string
  /** Bars a second at which both cost the same; undefined where they never do below a million. */
  readonly evenAt: number | undefined
}

const MOST_BARS = 1e6

/** What landing costs by the consumer: its pollers, invocations and PUTs. */
export function landingCost(stage: Stage, load: Load): number {
  return mapping(stage).dollars + consumer(stage, load).dollars
}

export function alternatives(stage: Stage, load: Load): readonly Alternative[] {
  const { mskGb, parquetGb } = PRICES.firehose
  const { linkHour, linkGb } = PRICES.msk
  const link = linkHour * PRICES.hoursPerMonth
  const firehose = (at: Load): number => link + gbPerMonth(at).wire * (mskGb + parquetGb + linkGb)
  const connect = (): number => PRICES.msk.connectUnitHour * PRICES.hoursPerMonth
  const even = (cost: (at: Load) => number): number | undefined =>
    crossing(
      (barsPerSecond) => cost({ ...load, barsPerSecond }) - landingCost(stage, { ...load, barsPerSecond }),
      MOST_BARS,
    )
  return [
    {
      name: 'Firehose from MSK, to Parquet',
      dollars: firehose(load),
      lacks: `${hasLink(stage) ? '' : 'not from t3 brokers; '}at least once; no judgement; bad records end in an error prefix`,
      evenAt: even(firehose),
    },
    {
      name: 'MSK Connect, one unit, S3 sink',
      dollars: connect(),
      lacks: 'exactly once by file name only; no judgement; one unit takes some MB/s',
      evenAt: even(connect),
    },
  ]
}

/** Firehose reads a closed cluster through MSK's private connectivity, which t3 brokers do not offer. */
function hasLink(stage: Stage): boolean {
  const isT3 = stage.brokerKind === 'standard' && stage.brokerInstance.startsWith('kafka.t3.')
  return givenCluster(stage) !== undefined || !isT3
}
