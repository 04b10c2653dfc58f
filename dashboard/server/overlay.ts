/** Bars that have landed and are not compacted yet, kept while somebody may want to see them. */
import { type CompactionMark, covers } from '../../lake/compaction/compaction-mark.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import type { SymbolEntry } from '../api.ts'
import type { SeriesRow } from './symbol-bars.ts'

/** A landed row as the overlay takes it: with the epoch of its file. */
export type LandedRow = Omit<LandingRow, 'raw_key' | 'raw_value' | 'source' | 'run_id' | 'schema_version'> & {
  readonly epoch: number
}

type OverlayRow = SeriesRow & Pick<LandedRow, 'topic' | 'kafka_partition' | 'epoch'>

interface Series {
  readonly rows: Map<number, OverlayRow>
  revision: number
}

export class Overlay {
  readonly #series = new Map<string, Series>()

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
      series.rows.set(bar.ts_event, bar)
      changed.add(name)
    }
    for (const name of changed) (this.#series.get(name) as Series).revision++
    return changed
  }

  /** Lets go of what bars has now. A row of another cluster has an epoch or an offset that is not covered. */
  prune({ covers: marks }: CompactionMark): void {
    const byPartition = new Map(
      Object.entries(marks).map(([name, cover]) => [name.slice(name.indexOf('/') + 1), cover]),
    )
    for (const { rows } of this.#series.values())
      for (const [t, row] of rows) {
        const cover = byPartition.get(`${row.topic}/${row.kafka_partition}`)
        if (cover?.epoch === row.epoch && covers(cover, row.kafka_offset)) rows.delete(t)
      }
  }

  of(symbol: string, interval: string): { readonly rows: readonly SeriesRow[]; readonly revision: number } {
    const series = this.#series.get(`${symbol} ${interval}`)
    return series ? { rows: [...series.rows.values()], revision: series.revision } : { rows: [], revision: 0 }
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
