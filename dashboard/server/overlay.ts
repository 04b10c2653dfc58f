/** Bars that have landed and are not compacted yet, kept while somebody may want to see them. */
import { randomUUID } from 'node:crypto'
import { type CompactionMark, covers } from '../../lake/compaction/compaction-mark.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import type { SymbolEntry } from '../api.ts'
import type { StatedRow } from './symbol-bars.ts'

/** A landed row as the overlay takes it: with the epoch of its file. */
export type LandedRow = Pick<LandingRow, (typeof LANDED_COLUMNS)[number]> & { readonly epoch: number }

/** What it needs of one. */
export const LANDED_COLUMNS = [
  'symbol',
  'interval',
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'ts_sent',
  'ts_recv',
  'topic',
  'kafka_partition',
  'kafka_offset',
  'reject_reason',
] as const satisfies readonly (keyof LandingRow)[]

type OverlayRow = StatedRow & Pick<LandedRow, 'topic' | 'kafka_partition' | 'epoch'>

interface Series {
  readonly rows: Map<number, OverlayRow>
  revision: number
}

/** Some 32 MB. A stream of 1,000 bars a second brings as many in two minutes, and compaction may be an hour away. */
const MOST_ROWS = 100_000
/** Where there are more, so many stay: letting go of one at a time would look at every series each time. */
const ROWS_LEFT = 90_000

export class Overlay {
  readonly #series = new Map<string, Series>()
  /** A browser keeps what another run has answered under the same number. */
  readonly #run = randomUUID()
  readonly #mostRows: number
  readonly #rowsLeft: number
  #held = 0
  #unshown = 0

  constructor({ mostRows = MOST_ROWS, rowsLeft = ROWS_LEFT } = {}) {
    this.#mostRows = mostRows
    this.#rowsLeft = rowsLeft
  }

  /** Landed bars that no chart has until they are compacted, because there were too many to keep. */
  get unshown(): number {
    return this.#unshown
  }

  /** Takes what a landing file brought; gives the series that changed, `AAPL 1d`. */
  add(landed: readonly LandedRow[]): ReadonlySet<string> {
    const changed = new Set<string>()
    for (const row of landed) {
      const bar = barOf(row)
      if (!bar) continue
      const name = `${row.symbol} ${row.interval}`
      const series = this.#series.get(name) ?? { rows: new Map<number, OverlayRow>(), revision: 0 }
      this.#series.set(name, series)
      const standing = series.rows.get(bar.ts_event)
      if (standing && standing.ts_sent > bar.ts_sent) continue
      if (!standing) this.#held++
      series.rows.set(bar.ts_event, bar)
      changed.add(name)
    }
    if (this.#held > this.#mostRows) this.#letGo()
    for (const name of changed) (this.#series.get(name) as Series).revision++
    return changed
  }

  /** Of the series that have more than their share, what came first. */
  #letGo(): void {
    const share = Math.floor(this.#rowsLeft / this.#series.size)
    for (const { rows } of this.#series.values())
      for (const t of rows.keys()) {
        if (rows.size <= share) break
        rows.delete(t)
        this.#held--
        this.#unshown++
      }
  }

  /** Lets go of what bars has now. A row of another cluster has an epoch or an offset that is not covered. */
  prune({ covers: marks }: CompactionMark): void {
    this.#unshown = 0
    const byPartition = Map.groupBy(Object.entries(marks), ([name]) => name.slice(name.indexOf('/') + 1))
    for (const { rows } of this.#series.values())
      for (const [t, row] of rows) {
        const own = byPartition.get(`${row.topic}/${row.kafka_partition}@${row.epoch}`) ?? []
        if (own.some(([, cover]) => covers(cover, row.kafka_offset)) && rows.delete(t)) this.#held--
      }
  }

  of(symbol: string, interval: string): { readonly rows: readonly StatedRow[]; readonly revision: string } {
    const series = this.#series.get(`${symbol} ${interval}`)
    return { rows: [...(series?.rows.values() ?? [])], revision: `${this.#run}-${series?.revision ?? 0}` }
  }

  /** What there is, as the search lists it. */
  series(): SymbolEntry[] {
    return [...this.#series].flatMap(([name, { rows }]) => {
      const [symbol = '', interval = ''] = name.split(' ')
      const times = [...rows.keys()]
      if (times.length === 0) return []
      return [{ symbol, interval, bars: times.length, first: Math.min(...times), last: Math.max(...times) }]
    })
  }
}

function barOf(row: LandedRow): OverlayRow | undefined {
  const { ts_event, open, high, low, close, volume, adj_close, ts_sent, kafka_offset, topic, kafka_partition, epoch } =
    row
  if (row.reject_reason !== null || ts_event === null || open === null || high === null || low === null)
    return undefined
  if (close === null || volume === null) return undefined
  return { ts_event, open, high, low, close, volume, adj_close, ts_sent, kafka_offset, topic, kafka_partition, epoch }
}
