/** One symbol's bars straight out of the month files, by byte range. */
import { parquetQuery } from 'hyparquet'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { BARS, type BarRow } from '../tables/tables.ts'
import { BOUNDED_COMPRESSORS } from './limits.ts'
import { objectBuffer, SmallObjectCache, WHOLE_FILE_BYTES } from './object-buffer.ts'

export interface SeriesRequest {
  readonly symbol: string
  readonly interval: string
  /** Months like `2013-03`, both included; empty: no bound. */
  readonly from: string
  readonly to: string
}

const MONTH = new RegExp(`^${BARS.prefix}/month=(\\d{4}-\\d{2})/bars\\.parquet$`)

/** The bars of each month in turn, by time. */
export async function* symbolSeries(request: SeriesRequest, store: ObjectStore): AsyncGenerator<BarRow[]> {
  for await (const object of store.list(`${BARS.prefix}/`)) {
    const month = MONTH.exec(object.key)?.[1]
    if (month === undefined || month < request.from || (request.to !== '' && month > request.to)) continue
    const bars = await barsOf(object, request, store)
    if (bars.length > 0) yield bars
  }
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
  { symbol, interval }: SeriesRequest,
  store: ObjectStore,
): Promise<BarRow[]> {
  const rows = await parquetQuery({
    file: objectBuffer(object, store, new SmallObjectCache(WHOLE_FILE_BYTES)),
    filter: { symbol: { $eq: symbol }, interval: { $eq: interval } },
    compressors: BOUNDED_COMPRESSORS,
    parsers: { timestampFromMilliseconds: Number },
  })
  return rows.map((row) => Object.fromEntries(BARS.columns.map(({ name }) => [name, cellOf(row[name])])) as BarRow)
}

/** INT64 comes as bigint; every one of ours is a safe integer. */
function cellOf(cell: unknown): unknown {
  return typeof cell === 'bigint' ? Number(cell) : (cell ?? null)
}
