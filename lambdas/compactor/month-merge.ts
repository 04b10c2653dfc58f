/** A month of the table while a task merges new rows into it: which files it has, which are replaced, which are new. */
import type { BarWords, Picks } from '../../lake/compaction/bar-buffer.ts'
import type { BarColumns, MergeColumns } from '../../lake/compaction/bar-columns.ts'
import { type MergeCount, MonthMerge } from '../../lake/compaction/compaction-merge.ts'
import { dataFileOf } from '../../lake/iceberg/data-file.ts'
import type { IcebergTable, LiveFile } from '../../lake/iceberg/iceberg-table.ts'
import type { DataFile } from '../../lake/iceberg/manifest.ts'
import { textOfBound } from '../../lake/iceberg/single-value.ts'
import type { MonthChange } from '../../lake/iceberg/table-change.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import { wordAt } from '../../lake/tables/cells.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { MonthWriter } from './month-writer.ts'
import { StandingFile } from './standing-file.ts'

export interface MonthDeps {
  readonly table: IcebergTable
  readonly parquet: ParquetGroups
  readonly freshId: () => string
  /** Rows of a file, beyond which a month is cut into several. */
  readonly mostFileRows?: number | undefined
}

/** New rows of one month, in its order, one version of each bar. */
export interface FreshRows {
  readonly columns: BarColumns
  readonly words: BarWords
  readonly order: Uint32Array
}

/** A sorted file of our own, of the symbols from `first` up to where the next file begins. */
interface RangeFile {
  readonly first: string
  readonly dataFile: DataFile
}

interface MergedFile {
  readonly count: MergeCount
  readonly files: readonly RangeFile[]
}

export class MonthFiles {
  readonly month: string
  /** Files that another engine wrote, unsorted for all we know: their rows are merged like new ones, and the files go. */
  readonly foreign: readonly LiveFile[]
  readonly #deps: MonthDeps
  readonly #seen: readonly string[]
  #files: readonly RangeFile[]

  constructor(month: string, standing: readonly LiveFile[], deps: MonthDeps) {
    this.month = month
    this.#deps = deps
    this.#seen = standing.map(({ dataFile }) => dataFile.file_path)
    const ours = standing.flatMap((file) => rangeOf(file, deps.table) ?? [])
    this.#files = ours.sort((a, b) => (a.first < b.first ? -1 : 1))
    const sorted = new Set(ours.map(({ dataFile }) => dataFile))
    this.foreign = standing.filter(({ dataFile }) => !sorted.has(dataFile))
  }

  /** Rows that stand in files of ours. */
  get rows(): number {
    return this.#files.reduce((sum, { dataFile }) => sum + Number(dataFile.record_count), 0)
  }

  /** What becomes of the month; undefined where it stays as it is. */
  change(): MonthChange | undefined {
    const now = this.#files.map(({ dataFile }) => dataFile)
    const paths = new Set(now.map(({ file_path }) => file_path))
    const replaced = this.#seen.filter((path) => !paths.has(path))
    const added = now.filter(({ file_path }) => !this.#seen.includes(file_path))
    if (replaced.length + added.length === 0) return undefined
    return { month: this.month, seen: this.#seen, replaced, added }
  }

  /** Merges new rows into the files of their symbols; the others are left as they are. */
  async merge({ columns, words, order }: FreshRows): Promise<MergeCount> {
    const total: MergeCount = { added: 0, replaced: 0, crossed: 0 }
    const next: RangeFile[] = []
    const files: readonly (RangeFile | undefined)[] = this.#files.length === 0 ? [undefined] : this.#files
    let from = 0
    for (const [i, file] of files.entries()) {
      const to = endBefore(files[i + 1]?.first, { columns, words, order, from })
      const merged = await this.#mergeFile(file, { columns, words, order: order.subarray(from, to) })
      from = to
      if (merged) add(total, merged.count)
      if (merged) next.push(...merged.files)
      else if (file) next.push(file)
    }
    // Files of an earlier pass of this task are orphans now: the sweep takes them.
    this.#files = next
    return total
  }

  /** Undefined where nothing new is said of the file's symbols. */
  async #mergeFile(standing: RangeFile | undefined, fresh: FreshRows): Promise<MergedFile | undefined> {
    if (fresh.order.length === 0) return undefined
    const { table, parquet, mostFileRows } = this.#deps
    const { columns, words, order } = fresh
    const body = standing && (await table.files.read(standing.dataFile.file_path))
    const file = body && new StandingFile(await parquet.open(body, BARS), words)
    if (file && !(await isNews(file, fresh))) return undefined
    const rows = Number(standing?.dataFile.record_count ?? 0) + order.length
    const out = new MonthWriter({ parquet, table: table.dataTable, month: this.month, words, rows, mostFileRows })
    const merge = new MonthMerge(columns, order)
    const files: RangeFile[] = []
    const write = async (picks: Iterable<Picks>) => {
      for (const each of picks) for (const written of out.add(each)) files.push(await this.#put(written))
    }
    if (file) for await (const bars of file.bars()) await write(merge.standing(bars))
    await write(merge.rest())
    for (const written of out.finish()) files.push(await this.#put(written))
    return { count: merge.count, files }
  }

  async #put(body: Uint8Array): Promise<RangeFile> {
    const { table, freshId } = this.#deps
    const path = `${table.files.location}/data/${BARS.partitionKey.name}=${this.month}/${OUR_NAME}${freshId()}.parquet`
    await table.files.write(path, body, 'application/vnd.apache.parquet')
    const dataFile = dataFileOf({ path, body, month: this.month }, table.shape)
    return { first: firstSymbol(dataFile, table) ?? '', dataFile }
  }
}

/** Whether a merge would change a file, by what it compares: most say so with their first rows. */
async function isNews(file: StandingFile, { columns, order }: FreshRows): Promise<boolean> {
  const merge = new MonthMerge<MergeColumns>(columns, order)
  for await (const standing of file.compared()) for (const _ of merge.standing(standing)) if (merge.hasNews) return true
  return merge.hasNews || merge.hasRest
}

/** Begins the names of files that are sorted, and end where a symbol ends. */
const OUR_NAME = 'sorted-'

function rangeOf({ key, dataFile }: LiveFile, table: IcebergTable): RangeFile | undefined {
  const first = firstSymbol(dataFile, table)
  const name = key.slice(key.lastIndexOf('/') + 1)
  return name.startsWith(OUR_NAME) && first !== undefined ? { first, dataFile } : undefined
}

function firstSymbol({ lower_bounds }: DataFile, { shape }: IcebergTable): string | undefined {
  const id = shape.schema.fields.find(({ name }) => name === 'symbol')?.id
  const bound = lower_bounds?.find(({ key }) => key === id)
  return bound && textOfBound(bound.value)
}

/** The first of the sorted rows, from one on, whose symbol belongs to the next file. */
function endBefore(
  symbol: string | undefined,
  { columns, order, from }: FreshRows & { readonly from: number },
): number {
  if (symbol === undefined) return order.length
  let at = from
  while (at < order.length && (wordAt(columns.symbol, order[at] ?? 0) ?? '') < symbol) at++
  return at
}

function add(total: MergeCount, count: MergeCount): void {
  total.added += count.added
  total.replaced += count.replaced
  total.crossed += count.crossed
}
