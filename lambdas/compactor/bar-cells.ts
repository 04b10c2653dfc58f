/** Between the row groups of files and the columns that the merge works on. */
import { type BarColumns, type Bars, NUMBER_COLUMNS, TEXT_COLUMNS } from '../../lake/compaction/bar-columns.ts'
import { FLAG_TEXTS, flagBitsOf } from '../../lake/compaction/quality.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import { type GroupCells, isText } from '../../lake/tables/cells.ts'
import { BARS } from '../../lake/tables/tables.ts'

/** The columns that the merge reads, of the same names in landing and in `bars`: all but the flags, which are made from them. */
export const BAR_COLUMNS: readonly (keyof BarColumns)[] = BARS.columns
  .map(({ name }) => name)
  .filter((name) => name !== 'flags')

/** A row group as bars, without copying. In a landing file the rows without a symbol are no bars. */
export function barsOf({ rows, cells }: RowGroup): Bars {
  for (const name of TEXT_COLUMNS) if (!hasText(cells[name])) throw lacks(name)
  for (const name of NUMBER_COLUMNS) if (!(cells[name] instanceof Float64Array)) throw lacks(name)
  return { rows, columns: cells as typeof cells & BarColumns }
}

/** Bars as a row group of a month of `bars`, with their flags. */
export function groupOf(bars: Bars, month: string): RowGroup {
  const key = { words: [month], codes: new Int32Array(bars.rows) }
  return { rows: bars.rows, cells: { ...bars.columns, flags: flagCells(bars), [BARS.partitionKey.name]: key } }
}

function flagCells({ rows, columns }: Bars): GroupCells {
  const codes = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    codes[row] = flagBitsOf({
      open: columns.open[row] ?? Number.NaN,
      high: columns.high[row] ?? Number.NaN,
      low: columns.low[row] ?? Number.NaN,
      close: columns.close[row] ?? Number.NaN,
      volume: columns.volume[row] ?? Number.NaN,
    })
  }
  return { codes, words: FLAG_TEXTS }
}

function hasText(cells: GroupCells | undefined): boolean {
  return cells !== undefined && isText(cells)
}

function lacks(name: string): RangeError {
  return new RangeError(`A row group lacks its column ${name}.`)
}
