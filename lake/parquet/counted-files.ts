import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import type { Table } from '../tables/table.ts'
import { readFooter } from './checked-footer.ts'

/** What the files of a table say of themselves. */
export interface FileCount {
  readonly files: number
  readonly rows: number
  /** Rows with a reject reason; a table without that column has none. */
  readonly rejected: number
  readonly bytes: number
}

const NOTHING: FileCount = { files: 0, rows: 0, rejected: 0, bytes: 0 }

/** A footer with the statistics of twenty columns takes about 4 kB. */
const FOOTER_BYTES = 16_384
const AT_ONCE = 8

/** Counts a table's rows from the footers of its files, each version read once; nobody's word is taken for it. */
export class CountedFiles {
  readonly #store: ObjectStore
  readonly #prefix: string
  #known: ReadonlyMap<string, FileCount> = new Map()

  constructor(store: ObjectStore, table: Table) {
    this.#store = store
    this.#prefix = `${table.prefix}/`
  }

  /** Everything that stands there now. */
  async count(): Promise<FileCount> {
    const files: ObjectSummary[] = []
    for await (const file of this.#store.list(this.#prefix)) files.push(file)
    const counts = await inParallel(
      files,
      AT_ONCE,
      async (file) => this.#known.get(versionOf(file)) ?? this.#countOf(file),
    )
    this.#known = new Map(files.map((file, i) => [versionOf(file), counts[i] ?? NOTHING]))
    return counts.reduce(plus, NOTHING)
  }

  async #countOf({ key, size }: ObjectSummary): Promise<FileCount> {
    const file: AsyncBuffer = {
      byteLength: size,
      slice: async (start, end = size) => Uint8Array.from(await this.#store.getRange(key, start, end)).buffer,
    }
    const metadata = await readFooter(file, { firstFetchBytes: FOOTER_BYTES })
    const rows = Number(metadata.num_rows)
    // An empty file is a claim that was fenced off: it stands there and holds nothing.
    return rows === 0 ? NOTHING : { files: 1, rows, rejected: valuesIn(metadata, 'reject_reason'), bytes: size }
  }
}

function versionOf({ key, etag }: ObjectSummary): string {
  return `${key} ${etag}`
}

function plus(a: FileCount, b: FileCount): FileCount {
  return {
    files: a.files + b.files,
    rows: a.rows + b.rows,
    rejected: a.rejected + b.rejected,
    bytes: a.bytes + b.bytes,
  }
}

/** The rows that have a value in this column. */
function valuesIn({ row_groups }: FileMetaData, column: string): number {
  return row_groups.reduce((sum, { columns, num_rows }) => {
    const statistics = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column)?.meta_data?.statistics
    return statistics ? sum + Number(num_rows) - Number(statistics.null_count ?? 0) : sum
  }, 0)
}
