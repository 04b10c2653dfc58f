/** Writes the sorted rows of a month as files of the table: row groups end where a symbol ends, and so do files. */
import { BarBuffer, type BarWords, type Picks } from '../../lake/compaction/bar-buffer.ts'
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

/** Gathers rows, which come in the order of the table. */
export class MonthWriter {
  readonly #props: MonthWriterProps
  readonly #buffer: BarBuffer
  readonly #fileRows: number
  readonly #groupRows: number
  readonly #done: Uint8Array[] = []
  #file: RowGroupWriter | undefined
  #tally = new OffsetTally()
  #symbol: number | undefined
  #rows = 0

  constructor(props: MonthWriterProps) {
    const { rows, words, mostFileRows = MOST_FILE_ROWS } = props
    this.#props = props
    this.#buffer = new BarBuffer(Math.min(MOST_GROUP_ROWS, Math.max(1, rows)), words)
    // Files of one size, so that none is left with a rest.
    this.#fileRows = Math.ceil(rows / Math.ceil(rows / mostFileRows))
    this.#groupRows = groupRowsFor(Math.min(rows, this.#fileRows))
  }

  /** The next rows. */
  add(rows: Picks): void {
    const { picks, fresh, standing } = rows
    let from = 0
    for (let i = 0; i < picks.length; i++) {
      const row = picks[i] as number
      const symbol = (row >= 0 ? fresh.symbol.codes[row] : standing.symbol.codes[~row]) as number
      const end = this.#endsBefore(symbol, i - from)
      this.#symbol = symbol
      if (end === 'nothing') continue
      this.#take(rows, from, i)
      from = i
      if (end === 'file') this.#endFile()
      else this.#flush()
    }
    this.#take(rows, from, picks.length)
  }

  finish(): readonly Uint8Array[] {
    this.#endFile()
    return this.#done
  }

  /** What ends before a row of this symbol, where so many rows wait to be taken. */
  #endsBefore(symbol: number, waiting: number): 'file' | 'group' | 'nothing' {
    const isNewSymbol = symbol !== this.#symbol
    if (isNewSymbol && this.#rows + waiting >= this.#fileRows) return 'file'
    const rows = this.#buffer.rows + waiting
    return rows >= this.#buffer.capacity || (isNewSymbol && rows >= this.#groupRows) ? 'group' : 'nothing'
  }

  #take(rows: Picks, from: number, to: number): void {
    this.#buffer.append(rows, from, to)
    this.#rows += to - from
  }

  #flush(): void {
    if (this.#buffer.rows === 0) return
    this.#file ??= this.#props.parquet.write(this.#props.table)
    this.#file.group(groupOf(this.#buffer, this.#props.month))
    this.#tally.add(this.#buffer)
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
