import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import type { Table } from '../tables/table.ts'
import type { FileLayout } from './file-layout.ts'
import { openLayout } from './open-layout.ts'

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

  /** Leaves out, from now on, what stands there now: a count is of what came after, and reads nothing else. */
  async passOver(): Promise<void> {
    const files = await Array.fromAsync(this.#store.list(this.#prefix))
    this.#known = new Map(files.map((file) => [versionOf(file), NOTHING]))
  }

  /** Everything that stands there now. */
  async count(): Promise<FileCount> {
    const files = await Array.fromAsync(this.#store.list(this.#prefix))
    const counts = await inParallel(
      files,
      AT_ONCE,
      async (file) => this.#known.get(versionOf(file)) ?? this.#countOf(file),
    )
    this.#known = new Map(files.map((file, i) => [versionOf(file), counts[i] ?? NOTHING]))
    return counts.reduce(plus, NOTHING)
  }

  async #countOf({ key, size }: ObjectSummary): Promise<FileCount> {
    const view = (start: number, end: number) => this.#store.getRange(key, start, end)
    const layout = await openLayout({ byteLength: size, view }, FOOTER_BYTES)
    // An empty file is a claim that was fenced off: it stands there and holds nothing.
    if (layout.rows === 0) return NOTHING
    return { files: 1, rows: layout.rows, rejected: valuesIn(layout, 'reject_reason'), bytes: size }
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

/** The rows that have a value in this column, as far as the file says. */
function valuesIn(layout: FileLayout, column: string): number {
  const groups = Array.from({ length: layout.groupCount }, (_, group) => group)
  return groups.reduce((sum, group) => {
    const rows = layout.rowsIn(group)
    return sum + rows - (layout.nullsIn(group, column) ?? rows)
  }, 0)
}
