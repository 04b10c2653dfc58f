/** A topic in memory whose records are bars and versions of bars, and what `bars` has to hold in the end: found by nothing of the lake. */
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { aMessage, aRecord } from '../../support/bars.ts'
import type { Dice } from '../dice.ts'

/** The newest version of a bar. */
export interface Version {
  readonly tsSent: number
  readonly close: number
}

const DAY_MS = 86_400_000
const LIVE_FROM = Date.UTC(2026, 10, 1)
const HISTORY_FROM = Date.UTC(2024, 0, 1)
const HISTORY_DAYS = 700
const SENT_FROM = Date.UTC(2026, 9, 1)

export class BarsLog {
  readonly cluster: string
  readonly partitions: readonly KafkaRecord[][]
  readonly #dice: Dice
  readonly #newest: Map<string, Version>

  /** `newest` is shared by all clusters that land into one lake. */
  constructor(cluster: string, partitions: number, { dice, newest }: { dice: Dice; newest: Map<string, Version> }) {
    this.cluster = cluster
    this.partitions = Array.from({ length: partitions }, () => [])
    this.#dice = dice
    this.#newest = newest
  }

  /** Bars of the last days, as they come. */
  live(count: number): void {
    this.#append(count, () => LIVE_FROM + this.#dice.integer(0, 20) * DAY_MS)
  }

  /** Bars of two years, all at once. */
  backfill(count: number): void {
    this.#append(count, () => HISTORY_FROM + this.#dice.integer(0, HISTORY_DAYS) * DAY_MS)
  }

  #append(count: number, tsEventOf: () => number): void {
    for (let i = 0; i < count; i++) {
      const symbol = `S${this.#dice.integer(0, 7)}`
      const tsEvent = tsEventOf()
      // No two are of one millisecond, and a version may be sent after a newer one.
      const tsSent = SENT_FROM + this.#dice.integer(0, 999) * 100_000 + this.#newest.size + i
      const close = 10 + this.#dice.integer(0, 999) / 1_000
      this.#put({ symbol, tsEvent, tsSent, close })
      const key = `${symbol} ${tsEvent}`
      const standing = this.#newest.get(key)
      if (!standing || standing.tsSent < tsSent) this.#newest.set(key, { tsSent, close })
    }
  }

  #put({ symbol, tsEvent, tsSent, close }: Version & { readonly symbol: string; readonly tsEvent: number }): void {
    const partition = this.#dice.integer(0, this.partitions.length - 1)
    const log = this.partitions[partition] ?? []
    const value = aMessage({
      symbol,
      close,
      ts_event: new Date(tsEvent).toISOString(),
      ts_sent: new Date(tsSent).toISOString(),
    })
    log.push(aRecord({ partition, offset: log.length, value, timestamp: tsSent }))
  }
}
