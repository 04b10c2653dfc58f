import { TickerlakeError } from '../errors.ts'
import { objectSource, SmallObjectCache } from '../parquet/file-source.ts'
import { TableFile } from '../parquet/table-file.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { rowAt } from '../tables/cells.ts'
import type { Column } from '../tables/table.ts'
import { BARS_LANDING, type LandingRow } from '../tables/tables.ts'

export interface LandedFile<Name extends keyof LandingRow> {
  readonly key: string
  /** Whose offsets its rows have; undefined in files of releases that did not say. */
  readonly cluster: string | undefined
  /** The epoch of the ledger that its offsets count in. */
  readonly epoch: number
  readonly rows: readonly Pick<LandingRow, Name>[]
}

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
    try {
      const file = await TableFile.open(objectSource(object, this.#store, new SmallObjectCache(object.size)))
      const names: readonly string[] = columns
      const wanted = BARS_LANDING.columns.filter(({ name }) => names.includes(name))
      const { notes } = file
      const groups = await Promise.all(file.groups.map((group) => rowsOf(file, group, wanted)))
      return {
        key: object.key,
        cluster: notes.get('tickerlake.cluster'),
        epoch: Number(notes.get('tickerlake.epoch') ?? 0),
        rows: groups.flat() as Pick<LandingRow, Name>[],
      }
    } catch (cause) {
      if (!(cause instanceof TickerlakeError) || cause.code !== 'not-parquet') throw cause
      const message = `${object.key} is not a file of ${BARS_LANDING.name}: ${cause.message}`
      throw new TickerlakeError('not-landed', message, { cause })
    }
  }
}

type Row = Readonly<Record<string, string | number | Uint8Array | null>>

async function rowsOf(file: TableFile, group: number, columns: readonly Column[]): Promise<readonly Row[]> {
  const [bytes, others] = [columns.filter(isBinary), columns.filter((column) => !isBinary(column))]
  const { rows, cells } = await file.read(group, others)
  const raw = await Promise.all(
    bytes.map(async (column) => [column.name, await file.readBytes(group, column)] as const),
  )
  const names = others.map(({ name }) => name)
  return Array.from({ length: rows }, (_, at) => {
    const row: Record<string, string | number | Uint8Array | null> = rowAt(cells, names, at)
    for (const [name, some] of raw) row[name] = some[at] ?? null
    return row
  })
}

function isBinary({ type }: Column): boolean {
  return type === 'binary'
}
