/** From which load on another way from Kafka into S3 would be dearer, or cheaper, than the consumer. */
import { givenCluster, type Stage } from '../stage.ts'
import { crossing, gbPerMonth, type Load } from './load.ts'
import { consumer, mapping } from './monthly-cost.ts'
import { PRICES } from './prices.ts'

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
