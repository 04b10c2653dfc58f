/** The bars of some symbols straight out of the month files, by byte range. */
import { parquetQuery } from 'hyparquet'
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { BARS, type BarRow } from '../tables/tables.ts'
import { BOUNDED_COMPRESSORS } from './limits.ts'
import { objectBuffer, SmallObjectCache, WHOLE_FILE_BYTES } from './object-buffer.ts'

export interface SeriesRequest {
  readonly symbols: readonly string[]
  readonly interval: string
  /** Epoch milliseconds: from the first up to, not including, the second; minus and plus infinity where there is no bound. */
  readonly from: number
  readonly to: number
}

const MONTH = new RegExp(`^${BARS.prefix}/month=(\\d{4}-\\d{2})/bars\\.parquet$`)
/** Month files read side by side. */
const AT_ONCE = 8

/** The bars of the symbols, some months at a time, by symbol and time within each. */
export async function* symbolSeries(request: SeriesRequest, store: ObjectStore): AsyncGenerator<BarRow[]> {
  const months: ObjectSummary[] = []
  for await (const object of store.list(`${BARS.prefix}/`)) if (holds(object, request)) months.push(object)
  for (let i = 0; i < months.length; i += AT_ONCE) {
    const some = await inParallel(months.slice(i, i + AT_ONCE), AT_ONCE, (month) => barsOf(month, request, store))
    yield some.flat()
  }
}

/** Whether a month may hold bars of the period. */
function holds({ key }: ObjectSummary, { from, to }: SeriesRequest): boolean {
  const month = MONTH.exec(key)?.[1]
  if (month === undefined) return false
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Date.UTC(year, number - 1) < to && Date.UTC(year, number) > from
}

/** A month that is replaced while it is read gives pieces of two files, or an error: it is read again. */
async function barsOf(listed: ObjectSummary, request: SeriesRequest, store: ObjectStore): Promise<BarRow[]> {
  for (let object = listed; ; ) {
    const outcome = await readBars(object, request, store).then(
      (bars) => ({ bars }),
      (error: unknown) => ({ error }),
    )
    const standing = await store.head(object.key)
    if (standing && standing.etag !== object.etag) object = { ...object, size: standing.size, etag: standing.etag }
    else if ('error' in outcome) throw outcome.error
    else return outcome.bars
  }
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
    parsers: { timestampFromMilliseconds: Number },
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
