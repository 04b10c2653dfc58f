/** How far each partition is behind: in records, in seconds, and whether it catches up. */
import type { LogBounds } from '../../lake/ledger/completeness.ts'
import type { Ledger } from '../../lake/ledger/ledger.ts'
import { countOffsets } from '../../lake/ledger/offset-ranges.ts'
import { firstRecord, type TopicLog } from '../../lake/ledger/topic-log.ts'
import type { PartitionNow } from '../api.ts'

export interface LagFacts {
  readonly ledgers: readonly Ledger[]
  readonly bounds: ReadonlyMap<number, LogBounds> | undefined
  readonly log: TopicLog | undefined
}

interface Place {
  readonly partition: number
  readonly next: number
  readonly high: number
  readonly log: TopicLog | undefined
}

interface Waiting {
  /** Where it was looked for from. */
  readonly next: number
  readonly offset: number
  /** When it was sent: epoch milliseconds; undefined where none waits. */
  readonly since: number | undefined
}

const UNKNOWN = { lag: null, lagSeconds: null, trend: null } as const
const TREND_MS = 10_000

interface Sample {
  readonly at: number
  readonly lag: number
}

export class LagClock {
  readonly #topic: string
  readonly #now: () => number
  readonly #samples = new Map<number, readonly Sample[]>()
  /** The first record that waits from an offset on: asked of the broker once. */
  readonly #waiting = new Map<number, Waiting>()

  constructor(topic: string, now: () => number) {
    this.#topic = topic
    this.#now = now
  }

  async partitions({ ledgers, bounds, log }: LagFacts): Promise<readonly PartitionNow[]> {
    const numbers = new Set([...(bounds?.keys() ?? []), ...ledgers.map(({ partition }) => partition)])
    const found: PartitionNow[] = []
    for (const partition of [...numbers].sort((a, b) => a - b)) {
      const ledger = ledgers.find((one) => one.partition === partition)
      const bound = bounds?.get(partition)
      const next = Math.max(ledger?.next ?? 0, bound?.low ?? 0)
      const gaps = countOffsets(ledger?.gaps ?? [])
      const behind = bound ? await this.#behind({ partition, next, high: bound.high, log }) : UNKNOWN
      found.push({ partition, high: bound?.high ?? null, next, ...behind, gaps })
    }
    return found
  }

  async #behind(place: Place): Promise<Pick<PartitionNow, 'lag' | 'lagSeconds' | 'trend'>> {
    const first = await this.#first(place)
    const lag = Math.max(0, place.high - first.offset)
    const waited = first.since === undefined ? null : Math.max(0, (this.#now() - first.since) / 1000)
    return { lag, lagSeconds: lag === 0 ? 0 : waited, trend: this.#trend(place.partition, lag) }
  }

  async #first({ partition, next, high, log }: Place): Promise<Pick<Waiting, 'offset' | 'since'>> {
    if (next >= high || !log) return { offset: next, since: undefined }
    const known = this.#waiting.get(partition)
    // Of a log that ends in what a transaction took back, the end is known until more comes.
    if (known?.next === next && (known.since !== undefined || known.offset === high)) return known
    const record = await firstRecord(log, { topic: this.#topic, partition }, { from: next, to: high })
    const first = { next, offset: record?.offset ?? high, since: record?.timestamp }
    this.#waiting.set(partition, first)
    return first
  }

  #trend(partition: number, lag: number): number | null {
    const at = this.#now()
    const kept = (this.#samples.get(partition) ?? []).filter((sample) => at - sample.at <= TREND_MS)
    this.#samples.set(partition, [...kept, { at, lag }])
    const [oldest] = kept
    return oldest && at > oldest.at ? ((lag - oldest.lag) * 1000) / (at - oldest.at) : null
  }
}
