/**
 * What looks wrong about one symbol's daily bars. The view of the lake says it, asked over that symbol's bars alone: over
 * those of 500 symbols it takes both cores for seconds, and whoever goes to the next symbol waits for it.
 */
import { FLAG_TEXTS, flagBitsOf } from '../../lake/compaction/quality.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore, StoredObject } from '../../lake/store/object-store.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'
import type { Finding } from '../api.ts'
import { readOnly } from './lake.ts'
import type { SeriesRow } from './symbol-bars.ts'

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

  /** Of its daily bars in a version of the table. */
  async of(symbol: string, version: string, bars: readonly SeriesRow[]): Promise<readonly Finding[]> {
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

function fileOf(symbol: string, version: string, bars: readonly SeriesRow[]) {
  const rows = bars.map((bar) => rowOf(symbol, bar))
  const body = encoder.encode(
    BARS,
    BARS.columns.map(({ name }) => rows.map((row) => row[name])),
  )
  // A file of the table lies in a month; the view does not ask in which.
  const month = tablePartitionOf(BARS, bars.at(-1)?.ts_event ?? 0)
  const key = `${tablePartitionPrefix(BARS, month)}${encodeURIComponent(symbol)}.parquet`
  return { key, body, size: body.length, etag: version, metadata: {} }
}

/** The row that the table has, as far as the view looks at it: where the bar came from is no part of what is wrong about it. */
function rowOf(symbol: string, bar: SeriesRow): BarRow {
  return { ...FROM_NOWHERE, ...bar, symbol, flags: FLAG_TEXTS[flagBitsOf(bar)] ?? '' }
}

const FROM_NOWHERE = {
  interval: '1d',
  source: null,
  run_id: null,
  ts_sent: 0,
  ts_recv: 0,
  topic: '',
  kafka_partition: 0,
  kafka_offset: 0,
} as const satisfies Partial<BarRow>
