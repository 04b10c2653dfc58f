import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync } from 'hyparquet'
import { inParallel } from '../../lambdas/core/in-parallel.ts'
import { BARS_LANDING } from '../../lambdas/core/tables.ts'
import type { ObjectStore, ObjectSummary } from '../../lambdas/ports/object-store.ts'

/** What the landed files say of themselves. */
export interface LandingCount {
  readonly files: number
  readonly rows: number
  readonly rejected: number
  readonly bytes: number
}

export const NOTHING: LandingCount = { files: 0, rows: 0, rejected: 0, bytes: 0 }

/** A landed file's footer with the statistics of twenty columns takes about 4 kB. */
const FOOTER_BYTES = 16_384
const AT_ONCE = 8

/** Counts landed rows from the files' own footers, each read once; nobody's word is taken for it. */
export class LandingFiles {
  readonly #store: ObjectStore
  readonly #counted = new Set<string>()
  #total = NOTHING

  constructor(store: ObjectStore) {
    this.#store = store
  }

  /** Everything that has landed until now. */
  async count(): Promise<LandingCount> {
    const fresh: ObjectSummary[] = []
    for await (const file of this.#store.list(`${BARS_LANDING.prefix}/`)) {
      if (!this.#counted.has(file.key)) fresh.push(file)
    }
    const counts = await inParallel(fresh, AT_ONCE, (file) => this.#countOf(file))
    for (const { key } of fresh) this.#counted.add(key)
    this.#total = counts.reduce(plus, this.#total)
    return this.#total
  }

  async #countOf({ key, size }: ObjectSummary): Promise<LandingCount> {
    const file: AsyncBuffer = {
      byteLength: size,
      slice: async (start, end = size) => Uint8Array.from(await this.#store.getRange(key, start, end)).buffer,
    }
    const metadata = await parquetMetadataAsync(file, { initialFetchSize: FOOTER_BYTES })
    const rows = Number(metadata.num_rows)
    // An empty file is a claim that was fenced off: it stands there and holds nothing.
    return rows === 0 ? NOTHING : { files: 1, rows, rejected: rows - nullsIn(metadata, 'reject_reason'), bytes: size }
  }
}

function plus(a: LandingCount, b: LandingCount): LandingCount {
  return {
    files: a.files + b.files,
    rows: a.rows + b.rows,
    rejected: a.rejected + b.rejected,
    bytes: a.bytes + b.bytes,
  }
}

function nullsIn({ row_groups }: FileMetaData, column: (typeof BARS_LANDING)['columns'][number]['name']): number {
  return row_groups.reduce((sum, { columns }) => {
    const metadata = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column)?.meta_data
    return sum + Number(metadata?.statistics?.null_count ?? 0)
  }, 0)
}
