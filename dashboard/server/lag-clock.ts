/** How far each partition is behind: in records, in seconds, and whether it catches up. */
import type { LogBounds } from '../../lake/ledger/completeness.ts'
import type { Ledger } from '../../lake/ledger/ledger.ts'
import { countOffsets } from '../../lake/ledger/offset-ranges.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
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
  /** When the record at an offset was sent: asked of the broker once. */
  readonly #waiting = new Map<number, { readonly offset: number; readonly since: number }>()

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

  async #behind({ partition, next, high, log }: Place): Promise<Pick<PartitionNow, 'lag' | 'lagSeconds' | 'trend'>> {
    const lag = Math.max(0, high - next)
    return {
      lag,
      lagSeconds: lag === 0 ? 0 : await this.#waited(partition, next, log),
      trend: this.#trend(partition, lag),
    }
  }

  async #waited(partition: number, offset: number, log: TopicLog | undefined): Promise<number | null> {
    const known = this.#waiting.get(partition)
    const since = known?.offset === offset ? known.since : await this.#sentAt(partition, offset, log)
    if (since === undefined) return null
    this.#waiting.set(partition, { offset, since })
    return Math.max(0, (this.#now() - since) / 1000)
  }

  async #sentAt(partition: number, offset: number, log: TopicLog | undefined): Promise<number | undefined> {
    if (!log) return undefined
    for await (const [record] of log.read({ topic: this.#topic, partition }, offset, offset + 1))
      if (record) return record.timestamp
    return undefined
  }

  #trend(partition: number, lag: number): number | null {
    const at = this.#now()
    const kept = (this.#samples.get(partition) ?? []).filter((sample) => at - sample.at <= TREND_MS)
    this.#samples.set(partition, [...kept, { at, lag }])
    const [oldest] = kept
    return oldest && at > oldest.at ? ((lag - oldest.lag) * 1000) / (at - oldest.at) : null
  }
}
