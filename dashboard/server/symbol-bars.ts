/** One symbol's bars as the lake has them now: the clean table, and over it what has landed since it was compacted. */
import { inParallel } from '../../lake/in-parallel.ts'
import { symbolSeries } from '../../lake/parquet/symbol-series.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'

export type SeriesRow = Pick<
  BarRow,
  'ts_event' | 'open' | 'high' | 'low' | 'close' | 'adj_close' | 'volume' | 'ts_sent' | 'kafka_offset'
>

const MONTH = new RegExp(`^${BARS.prefix}/month=(\\d{4}-\\d{2})/`)
/** Runs of months that are read side by side. */
const RUNS = 8

/** The clean table's bars of a symbol, by time. */
export async function cleanBars(symbol: string, interval: string, store: ObjectStore): Promise<readonly SeriesRow[]> {
  const months: string[] = []
  for await (const { key } of store.list(`${BARS.prefix}/`)) {
    const month = MONTH.exec(key)?.[1]
    if (month !== undefined && month !== months.at(-1)) months.push(month)
  }
  const size = Math.ceil(months.length / RUNS)
  const runs = Array.from({ length: RUNS }, (_, i) => months.slice(i * size, (i + 1) * size))
  const parts = await inParallel(runs, RUNS, async (run) => {
    const [from, to] = [run[0], run.at(-1)]
    if (from === undefined || to === undefined) return []
    return (await Array.fromAsync(symbolSeries({ symbol, interval, from, to }, store))).flat()
  })
  return parts.flat()
}

/** Of two rows of one bar the newer statement wins, as in compaction; equal ones are the same record. */
export function withLanded(clean: readonly SeriesRow[], landed: readonly SeriesRow[]): readonly SeriesRow[] {
  if (landed.length === 0) return clean
  const newest = new Map(clean.map((row) => [row.ts_event, row]))
  for (const row of landed) {
    const standing = newest.get(row.ts_event)
    if (!standing || isNewer(row, standing)) newest.set(row.ts_event, row)
  }
  return [...newest.values()].sort((a, b) => a.ts_event - b.ts_event)
}

function isNewer(row: SeriesRow, standing: SeriesRow): boolean {
  return (
    row.ts_sent > standing.ts_sent || (row.ts_sent === standing.ts_sent && row.kafka_offset > standing.kafka_offset)
  )
}
