/** One symbol's bars as the lake has them now: bars, and over it what has landed since it was compacted. */
import type { KeptLayouts } from '../../lake/parquet/open-layout.ts'
import { EVER, symbolSeries } from '../../lake/parquet/symbol-series.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { BarRow } from '../../lake/tables/tables.ts'

const COLUMNS = [
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'ts_sent',
  'kafka_offset',
] as const satisfies readonly (keyof BarRow)[]

export type SeriesRow = Pick<BarRow, (typeof COLUMNS)[number]>

interface BarFiles {
  readonly files: ObjectStore
  readonly footers: KeptLayouts
}

/** The bars table's bars of a symbol, by time. */
export async function cleanBars(
  symbol: string,
  interval: string,
  { files, footers }: BarFiles,
): Promise<readonly SeriesRow[]> {
  const request = { symbols: [symbol], interval, ...EVER }
  return (await Array.fromAsync(symbolSeries(request, files, { columns: COLUMNS, kept: footers }))).flat()
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
