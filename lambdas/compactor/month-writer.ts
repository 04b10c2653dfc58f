/** Writes the sorted rows of a month as files of the table: row groups end where a symbol ends, and so do files. */
import { BarBuffer, type BarWords, MOST_PICKS, type Picks } from '../../lake/compaction/bar-buffer.ts'
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
  /** Of all rows that come. */
  readonly words: BarWords
  /** The rows that there may be at most. */
  readonly rows: number
  /** @default MOST_FILE_ROWS */
  readonly mostFileRows?: number | undefined
}

/** Gathers rows, which come in the order of the table; many at once, so that each column is gone through by itself. */
export class MonthWriter {
  readonly #props: MonthWriterProps
  readonly #buffer: BarBuffer
  readonly #fileRows: number
  readonly #groupRows: number
  #done: Uint8Array[] = []
  #file: RowGroupWriter | undefined
  #tally = new OffsetTally()
  /** Rows of the file that are in row groups. */
  #written = 0
  /** Where in the buffer the row group begins that is not ended. */
  #from = 0

  constructor(props: MonthWriterProps) {
    const { rows, words, mostFileRows = MOST_FILE_ROWS } = props
    this.#props = props
    this.#buffer = new BarBuffer(Math.min(MOST_GROUP_ROWS + MOST_PICKS, Math.max(1, rows)), words)
    // Files of one size, so that none is left with a rest.
    this.#fileRows = Math.ceil(rows / Math.ceil(rows / mostFileRows))
    this.#groupRows = groupRowsFor(Math.min(rows, this.#fileRows))
  }

  /** Takes the next rows; gives the files that end before the last of them. */
  add(picks: Picks): readonly Uint8Array[] {
    const seen = this.#buffer.rows
    this.#buffer.append(picks)
    const { codes } = this.#buffer.columns.symbol
    for (let row = Math.max(1, seen); row < this.#buffer.rows; row++) {
      const end = this.#endsBefore(row, codes[row] !== codes[row - 1])
      if (end === 'nothing') continue
      this.#endGroup(row)
      if (end === 'file') this.#endFile()
    }
    this.#buffer.drop(this.#from)
    this.#from = 0
    return this.#ended()
  }

  /** The last file, after all rows. */
  finish(): readonly Uint8Array[] {
    this.#endGroup(this.#buffer.rows)
    this.#endFile()
    return this.#ended()
  }

  /** Files are let go of: a month of several is never held as a whole. */
  #ended(): readonly Uint8Array[] {
    const ended = this.#done
    this.#done = []
    return ended
  }

  /** What ends before a row of the buffer. */
  #endsBefore(row: number, isNewSymbol: boolean): 'file' | 'group' | 'nothing' {
    const rows = row - this.#from
    if (isNewSymbol && this.#written + rows >= this.#fileRows) return 'file'
    return rows >= MOST_GROUP_ROWS || (isNewSymbol && rows >= this.#groupRows) ? 'group' : 'nothing'
  }

  #endGroup(to: number): void {
    const bars = this.#buffer.slice(this.#from, to)
    this.#from = to
    if (bars.rows === 0) return
    this.#file ??= this.#props.parquet.write(this.#props.table, this.#fileRows)
    this.#file.group(groupOf(bars, this.#props.month))
    this.#tally.add(bars)
    this.#written += bars.rows
  }

  #endFile(): void {
    if (!this.#file) return
    this.#done.push(this.#file.finish({ 'tickerlake.offsets': this.#tally.toJson() }))
    this.#file = undefined
    this.#tally = new OffsetTally()
    this.#written = 0
  }
}
