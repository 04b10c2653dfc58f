import { zstdDecompressSync } from 'node:zlib'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { TickerlakeError } from '../errors.ts'
import { objectBuffer, SmallObjectCache } from '../parquet/object-buffer.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { BARS_LANDING, type LandingRow } from '../tables/tables.ts'

export interface LandedFile<Name extends keyof LandingRow> {
  readonly key: string
  /** Whose offsets its rows have; undefined in files of releases that did not say. */
  readonly cluster: string | undefined
  /** The epoch of the ledger that its offsets count in. */
  readonly epoch: number
  readonly rows: readonly Pick<LandingRow, Name>[]
}

const compressors = { ZSTD: (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes) }
/** Instants as epoch milliseconds, as everywhere in the program. */
const parsers = { timestampFromMilliseconds: Number }

/** The files of the landing table as they stand in the bucket, for whoever counts or reads them: no ledger is asked. */
export class LandedFiles {
  readonly #store: ObjectStore

  constructor(store: ObjectStore) {
    this.#store = store
  }

  list(): AsyncIterable<ObjectSummary> {
    return this.#store.list(`${BARS_LANDING.prefix}/`)
  }

  /** Some columns of all rows of a file. Throws for what is not a file of the table. */
  async read<Name extends keyof LandingRow>(
    object: ObjectSummary,
    columns: readonly Name[],
  ): Promise<LandedFile<Name>> {
    const file = objectBuffer(object, this.#store, new SmallObjectCache(object.size))
    try {
      const metadata = await parquetMetadataAsync(file)
      const said = new Map((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]))
      const rows = await parquetReadObjects({
        file,
        metadata,
        columns: [...columns],
        compressors,
        parsers,
        utf8: false,
      })
      return {
        key: object.key,
        cluster: said.get('tickerlake.cluster'),
        epoch: Number(said.get('tickerlake.epoch') ?? 0),
        rows: rows.map(rowOf) as Pick<LandingRow, Name>[],
      }
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause)
      throw new TickerlakeError('not-landed', `${object.key} is not a file of ${BARS_LANDING.name}: ${said}`, { cause })
    }
  }
}

/** INT64 comes as bigint and an absent cell as undefined; the table's rows have safe integers and nulls. */
function rowOf(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellOf(cell)]))
}

function cellOf(cell: unknown): unknown {
  return typeof cell === 'bigint' ? Number(cell) : (cell ?? null)
}
