/** The bars of some symbols straight out of the table's files, by byte range. */
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { cellAt, rowAt } from '../tables/cells.ts'
import { tablePartitionIn } from '../tables/table.ts'
import { BARS, type BarRow } from '../tables/tables.ts'
import { objectSource, SmallObjectCache, WHOLE_FILE_BYTES } from './file-source.ts'
import { type Bounds, type RowGroup, TableFile } from './table-file.ts'

export interface SeriesRequest {
  readonly symbols: readonly string[]
  readonly interval: string
  /** Epoch milliseconds: from the first up to, not including, the second; minus and plus infinity where there is no bound. */
  readonly from: number
  readonly to: number
}

const NAMES = BARS.columns.map(({ name }) => name)

/** Month files read side by side. */
const AT_ONCE = 8

/** The bars of the symbols, some months at a time, by symbol and time within each. */
export async function* symbolSeries(request: SeriesRequest, store: ObjectStore): AsyncGenerator<BarRow[]> {
  const months: ObjectSummary[] = []
  for await (const object of store.list(`${BARS.prefix}/`)) if (holds(object, request)) months.push(object)
  months.sort(inMonthOrder)
  for (let i = 0; i < months.length; i += AT_ONCE) {
    const some = await inParallel(months.slice(i, i + AT_ONCE), AT_ONCE, (month) => readBars(month, request, store))
    yield some.flat()
  }
}

/** Whatever folders another engine has put its files into. */
function inMonthOrder(a: ObjectSummary, b: ObjectSummary): number {
  const [one = '', other = ''] = [tablePartitionIn(BARS, a.key), tablePartitionIn(BARS, b.key)]
  return one === other ? 0 : one < other ? -1 : 1
}

/** Whether a file may hold bars of the period. One that does not say its month may. */
function holds({ key }: ObjectSummary, { from, to }: SeriesRequest): boolean {
  const month = tablePartitionIn(BARS, key)
  if (month === undefined) return true
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Date.UTC(year, number - 1) < to && Date.UTC(year, number) > from
}

async function readBars(object: ObjectSummary, request: SeriesRequest, store: ObjectStore): Promise<BarRow[]> {
  const file = await TableFile.open(objectSource(object, store, new SmallObjectCache(WHOLE_FILE_BYTES)))
  const bars: BarRow[] = []
  for (const group of file.groups) {
    if (mayHold(file, group, request)) bars.push(...barsIn(await file.read(group, BARS.columns), request))
  }
  return bars
}

/** Whether the bounds of a row group leave room for bars that are asked for. */
function mayHold(file: TableFile, group: number, { symbols, interval, from, to }: SeriesRequest): boolean {
  const mayBe = (column: keyof BarRow, isWanted: (bounds: Bounds) => boolean): boolean => {
    const bounds = file.bounds(group, column)
    return bounds === undefined || isWanted(bounds)
  }
  return (
    mayBe('symbol', ({ min, max }) => symbols.some((symbol) => symbol >= min && symbol <= max)) &&
    mayBe('interval', ({ min, max }) => interval >= min && interval <= max) &&
    mayBe('ts_event', ({ min, max }) => Number(max) >= from && Number(min) < to)
  )
}

function* barsIn({ rows, cells }: RowGroup, { symbols, interval, from, to }: SeriesRequest): Generator<BarRow> {
  const wanted = new Set<unknown>(symbols)
  for (let row = 0; row < rows; row++) {
    const time = Number(cellAt(cells['ts_event'], row))
    const isWanted = time >= from && time < to && cellAt(cells['interval'], row) === interval
    if (!isWanted || !wanted.has(cellAt(cells['symbol'], row))) continue
    yield rowAt(cells, NAMES, row) as unknown as BarRow
  }
}
