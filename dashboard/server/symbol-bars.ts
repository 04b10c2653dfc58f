/** One symbol's bars as the lake has them now: bars, and over it what has landed since it was compacted. */
import type { KeptLayouts } from '../../lake/parquet/open-layout.ts'
import { EVER, symbolSeries } from '../../lake/parquet/symbol-series.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { BarRow } from '../../lake/tables/tables.ts'

const FIGURES = [
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
] as const satisfies readonly (keyof BarRow)[]

/** By these one statement of a bar is newer than another. */
const ORDER = ['ts_sent', 'kafka_offset'] as const satisfies readonly (keyof BarRow)[]

/** A bar as charts, findings and forecasts need it. */
export type SeriesRow = Pick<BarRow, (typeof FIGURES)[number]>

/** A statement of a bar: of two the newer one stands. */
export type StatedRow = SeriesRow & Pick<BarRow, (typeof ORDER)[number]>

interface BarFiles {
  readonly files: ObjectStore
  readonly footers: KeptLayouts
}

/** The bars table's bars of a symbol, by time. */
export function cleanBars(symbol: string, interval: string, from: BarFiles): Promise<readonly SeriesRow[]> {
  return barsOf({ symbol, interval, columns: FIGURES }, from)
}

/** The same with what says how new they are: a sixth more to read, which is needed only beside what has landed since. */
export function cleanStatements(symbol: string, interval: string, from: BarFiles): Promise<readonly StatedRow[]> {
  return barsOf({ symbol, interval, columns: [...FIGURES, ...ORDER] }, from)
}

interface Wanted<Name extends keyof BarRow> {
  readonly symbol: string
  readonly interval: string
  readonly columns: readonly Name[]
}

async function barsOf<Name extends keyof BarRow>(
  { symbol, interval, columns }: Wanted<Name>,
  { files, footers }: BarFiles,
): Promise<readonly Pick<BarRow, Name>[]> {
  const request = { symbols: [symbol], interval, ...EVER }
  return (await Array.fromAsync(symbolSeries(request, files, { columns, kept: footers }))).flat()
}

/** Of two rows of one bar the newer statement wins, as in compaction; equal ones are the same record. */
export function withLanded(clean: readonly StatedRow[], landed: readonly StatedRow[]): readonly StatedRow[] {
  const newest = new Map(clean.map((row) => [row.ts_event, row]))
  for (const row of landed) {
    const standing = newest.get(row.ts_event)
    if (!standing || isNewer(row, standing)) newest.set(row.ts_event, row)
  }
  return [...newest.values()].sort((a, b) => a.ts_event - b.ts_event)
}

function isNewer(row: StatedRow, standing: StatedRow): boolean {
  return (
    row.ts_sent > standing.ts_sent || (row.ts_sent === standing.ts_sent && row.kafka_offset > standing.kafka_offset)
  )
}
