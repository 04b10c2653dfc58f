/**
 * What looks wrong about one symbol's daily bars. The view of the lake says it, asked over that symbol's bars alone: over
 * those of 500 symbols it takes both cores for seconds, and whoever goes to the next symbol waits for it.
 */
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { EVER, symbolSeries } from '../../lake/parquet/symbol-series.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore, StoredObject } from '../../lake/store/object-store.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'
import type { Finding } from '../api.ts'
import { readOnly } from './lake.ts'

const QUESTION = 'SELECT CAST(session_date AS varchar), finding, size FROM bars_findings ORDER BY session_date, finding'

const encoder = parquetEncoder()

export class SymbolFindings {
  readonly #engine: QueryEngine
  /** The one file that the engine's lake has now. */
  #file: (StoredObject & { readonly key: string }) | undefined
  #asked: Promise<unknown> = Promise.resolve()

  constructor(engineOver: (files: ObjectStore) => QueryEngine) {
    this.#engine = engineOver(this.#store())
  }

  /** Of the bars that stand in `files`, which are of that version. */
  async of(symbol: string, version: string, files: ObjectStore): Promise<readonly Finding[]> {
    const series = symbolSeries({ symbols: [symbol], interval: '1d', ...EVER }, files)
    const bars = (await Array.fromAsync(series)).flat()
    if (bars.length === 0) return []
    // One after the other: the question does not say of which symbol.
    const answer = this.#asked.then(() => this.#ask(fileOf(symbol, version, bars)))
    this.#asked = answer.catch(() => undefined)
    return answer
  }

  async #ask(file: StoredObject & { readonly key: string }): Promise<readonly Finding[]> {
    this.#file = file
    const { rows } = await this.#engine.run(QUESTION)
    return rows.map(([day, finding, size]) => ({
      t: Date.parse(`${day}T00:00:00Z`),
      finding: finding ?? '',
      size: size === null || size === undefined ? null : Number(size),
    }))
  }

  #store(): ObjectStore {
    const file = (key: string) => (this.#file?.key === key ? this.#file : undefined)
    const listed = (prefix: string) => (this.#file?.key.startsWith(prefix) ? [this.#file] : [])
    return readOnly({
      get: async (key) => file(key),
      head: async (key) => file(key),
      getRange: async (key, start, end) => file(key)?.body.subarray(start, end) ?? new Uint8Array(),
      async *list(prefix) {
        yield* listed(prefix)
      },
    })
  }
}

function fileOf(symbol: string, version: string, bars: readonly BarRow[]) {
  const body = encoder.encode(
    BARS,
    BARS.columns.map(({ name }) => bars.map((bar) => bar[name])),
  )
  // A file of the table lies in a month; the view does not ask in which.
  const month = tablePartitionOf(BARS, bars.at(-1)?.ts_event ?? 0)
  const key = `${tablePartitionPrefix(BARS, month)}${encodeURIComponent(symbol)}.parquet`
  return { key, body, size: body.length, etag: version, metadata: {} }
}
