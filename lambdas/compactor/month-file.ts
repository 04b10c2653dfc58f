/** One month of `bars`: a file that is read whole, merged with new rows and replaced at once. */
import { appendBar, type BarColumns, barBuffer } from '../../lake/compaction/bar-columns.ts'
import { type MergeCount, MonthMerge } from '../../lake/compaction/compaction-merge.ts'
import { groupRowsFor, MOST_GROUP_ROWS } from '../../lake/compaction/month-layout.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore, PutCondition } from '../../lake/store/object-store.ts'
import { tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { BAR_COLUMNS, barsOf, groupOf } from './bar-cells.ts'
import { OffsetTally } from './offset-tally.ts'

/** The one file of a month. */
export function monthKey(month: string): string {
  return `${tablePartitionPrefix(BARS, month)}bars.parquet`
}

/** New rows of one month, in its order, one version of each bar. */
export interface FreshRows {
  readonly columns: BarColumns
  readonly order: Uint32Array
}

export interface MonthFile {
  readonly count: MergeCount
  readonly body: Uint8Array
  readonly condition: PutCondition
}

/** The month as it has to be once the fresh rows are in it, and the condition under which it may be put. */
export async function mergedMonth(
  month: string,
  fresh: FreshRows,
  { store, parquet }: { readonly store: ObjectStore; readonly parquet: ParquetGroups },
): Promise<MonthFile> {
  const standing = await store.get(monthKey(month))
  const out = new MonthWriter(parquet, Number(standing?.metadata['rows'] ?? 0) + fresh.order.length)
  const merge = new MonthMerge(fresh.columns, fresh.order, (columns, row) => out.add(columns, row))
  if (standing) {
    for await (const group of parquet.read(standing.body, BARS, BAR_COLUMNS)) merge.standing(barsOf(group))
  }
  merge.rest()
  const condition: PutCondition = standing ? { kind: 'matches', etag: standing.etag } : { kind: 'absent' }
  return { count: merge.count, body: out.finish(), condition }
}

/** Gathers rows into row groups that end where a symbol ends. */
class MonthWriter {
  readonly #file
  readonly #buffer = barBuffer(MOST_GROUP_ROWS)
  readonly #tally = new OffsetTally()
  readonly #groupRows: number

  constructor(parquet: ParquetGroups, rows: number) {
    this.#file = parquet.write(BARS)
    this.#groupRows = groupRowsFor(rows)
  }

  add(columns: BarColumns, row: number): void {
    if (this.#groupEnds(columns.symbol[row] ?? null)) this.#flush()
    appendBar(this.#buffer, columns, row)
    this.#tally.add(columns, row)
  }

  finish(): Uint8Array {
    this.#flush()
    return this.#file.finish({ 'tickerlake.offsets': this.#tally.toJson() })
  }

  #groupEnds(symbol: string | null): boolean {
    const { rows, columns } = this.#buffer
    if (rows >= MOST_GROUP_ROWS) return true
    return rows >= this.#groupRows && columns.symbol[rows - 1] !== symbol
  }

  #flush(): void {
    if (this.#buffer.rows === 0) return
    this.#file.group(groupOf(this.#buffer))
    this.#buffer.rows = 0
  }
}
