/** The bars of some symbols straight out of the table's files, by byte range. */
import { parquetQuery } from 'hyparquet'
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { tablePartitionIn } from '../tables/table.ts'
import { BARS, type BarRow } from '../tables/tables.ts'
import { BOUNDED_COMPRESSORS } from './limits.ts'
import { objectBuffer, SmallObjectCache, WHOLE_FILE_BYTES } from './object-buffer.ts'
import { millisecondsOf } from './row-groups.ts'

export interface SeriesRequest {
  readonly symbols: readonly string[]
  readonly interval: string
  /** Epoch milliseconds: from the first up to, not including, the second; minus and plus infinity where there is no bound. */
  readonly from: number
  readonly to: number
}

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

async function readBars(
  object: ObjectSummary,
  { symbols, interval, from, to }: SeriesRequest,
  store: ObjectStore,
): Promise<BarRow[]> {
  const rows = await parquetQuery({
    file: objectBuffer(object, store, new SmallObjectCache(WHOLE_FILE_BYTES)),
    filter: { symbol: { $in: [...symbols] }, interval: { $eq: interval } },
    compressors: BOUNDED_COMPRESSORS,
    parsers: { timestampFromMilliseconds: Number, timestampFromMicroseconds: millisecondsOf },
  })
  const bars = rows.map(
    (row) => Object.fromEntries(BARS.columns.map(({ name }) => [name, cellOf(row[name])])) as BarRow,
  )
  return bars.filter(({ ts_event }) => ts_event >= from && ts_event < to)
}

/** INT64 comes as bigint; every one of ours is a safe integer. */
function cellOf(cell: unknown): unknown {
  return typeof cell === 'bigint' ? Number(cell) : (cell ?? null)
}
