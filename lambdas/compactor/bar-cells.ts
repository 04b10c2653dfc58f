/** Between the row groups of files and the columns that the merge works on. */
import {
  type BarColumns,
  type Bars,
  MERGE_COLUMNS,
  type MergeColumns,
  NUMBER_COLUMNS,
  TEXT_COLUMNS,
} from '../../lake/compaction/bar-columns.ts'
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
  checkCells(cells, [...TEXT_COLUMNS, ...NUMBER_COLUMNS])
  return { rows, columns: cells as typeof cells & BarColumns }
}

/** What a merge compares of a row group, without copying. */
export function mergeColumnsOf({ cells }: RowGroup): MergeColumns {
  checkCells(cells, MERGE_COLUMNS)
  return cells as typeof cells & MergeColumns
}

/** What a merge copies and does not compare. */
export const OTHER_COLUMNS: readonly (keyof BarColumns)[] = BAR_COLUMNS.filter(
  (name) => !MERGE_COLUMNS.some((compared) => compared === name),
)

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

const TEXTS: ReadonlySet<string> = new Set(TEXT_COLUMNS)

function checkCells(cells: RowGroup['cells'], names: readonly (keyof BarColumns)[]): void {
  const lacking = names.find((name) => {
    const found = cells[name]
    return found === undefined || isText(found) !== TEXTS.has(name)
  })
  if (lacking !== undefined) throw new RangeError(`A row group lacks its column ${lacking}.`)
}
