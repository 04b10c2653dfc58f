/** Writes the sorted rows of a month as files of the table: row groups end where a symbol ends, and so do files. */
import { appendBar, type BarBuffer, type BarColumns, barBuffer } from '../../lake/compaction/bar-columns.ts'
import { groupRowsFor, MOST_FILE_ROWS, MOST_GROUP_ROWS } from '../../lake/compaction/month-layout.ts'
import type { ParquetGroups, RowGroupWriter } from '../../lake/parquet/row-groups.ts'
import type { Table } from '../../lake/tables/table.ts'
import { groupOf } from './bar-cells.ts'
import { OffsetTally } from './offset-tally.ts'

export interface MonthWriterProps {
  readonly parquet: ParquetGroups
  /** The table as its files have to be. */
  readonly table: Table
  readonly month: string
  /** The rows that there may be at most. */
  readonly rows: number
  /** @default MOST_FILE_ROWS */
  readonly mostFileRows?: number | undefined
}

/** Gathers rows, which come in the order of the table. */
export class MonthWriter {
  readonly #props: MonthWriterProps
  readonly #capacity: number
  readonly #buffer: BarBuffer
  readonly #fileRows: number
  readonly #groupRows: number
  readonly #done: Uint8Array[] = []
  #file: RowGroupWriter | undefined
  #tally = new OffsetTally()
  #rows = 0

  constructor(props: MonthWriterProps) {
    const { rows, mostFileRows = MOST_FILE_ROWS } = props
    this.#props = props
    this.#capacity = Math.min(MOST_GROUP_ROWS, Math.max(1, rows))
    this.#buffer = barBuffer(this.#capacity)
    // Files of one size, so that none is left with a rest.
    this.#fileRows = Math.ceil(rows / Math.ceil(rows / mostFileRows))
    this.#groupRows = groupRowsFor(Math.min(rows, this.#fileRows))
  }

  add(columns: BarColumns, row: number): void {
    const symbol = columns.symbol[row] ?? null
    if (this.#fileEnds(symbol)) this.#endFile()
    else if (this.#groupEnds(symbol)) this.#flush()
    appendBar(this.#buffer, columns, row)
    this.#tally.add(columns, row)
    this.#rows++
  }

  finish(): readonly Uint8Array[] {
    this.#endFile()
    return this.#done
  }

  #fileEnds(symbol: string | null): boolean {
    return this.#rows >= this.#fileRows && this.#isNewSymbol(symbol)
  }

  #groupEnds(symbol: string | null): boolean {
    const { rows } = this.#buffer
    if (rows >= this.#capacity) return true
    return rows >= this.#groupRows && this.#isNewSymbol(symbol)
  }

  #isNewSymbol(symbol: string | null): boolean {
    const { rows, columns } = this.#buffer
    return columns.symbol[rows - 1] !== symbol
  }

  #flush(): void {
    if (this.#buffer.rows === 0) return
    this.#file ??= this.#props.parquet.write(this.#props.table)
    this.#file.group(groupOf(this.#buffer, this.#props.month))
    this.#buffer.rows = 0
  }

  #endFile(): void {
    this.#flush()
    if (!this.#file) return
    this.#done.push(this.#file.finish({ 'tickerlake.offsets': this.#tally.toJson() }))
    this.#file = undefined
    this.#tally = new OffsetTally()
    this.#rows = 0
  }
}
