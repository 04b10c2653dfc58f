/** Between the row groups of files and the columns that the merge works on. */
import type { BarBuffer, BarColumnName, Bars } from '../../lake/compaction/bar-columns.ts'
import { FLAG_TEXTS, flagBitsOf } from '../../lake/compaction/quality.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import { type GroupCells, isText, type TextCells, wordsOf } from '../../lake/tables/cells.ts'
import { BARS } from '../../lake/tables/tables.ts'

/** The columns that the merge reads, of the same names in landing and in `bars`: all but the flags, which are made from them. */
export const BAR_COLUMNS: readonly BarColumnName[] = BARS.columns
  .map(({ name }) => name)
  .filter((name) => name !== 'flags')

/** A row group as bars, without copying. In a landing file the rows without a symbol are no bars. */
export function barsOf({ rows, cells }: RowGroup): Bars {
  return {
    rows,
    columns: {
      symbol: texts(cells, 'symbol'),
      interval: texts(cells, 'interval'),
      ts_event: numbers(cells, 'ts_event'),
      open: numbers(cells, 'open'),
      high: numbers(cells, 'high'),
      low: numbers(cells, 'low'),
      close: numbers(cells, 'close'),
      adj_close: numbers(cells, 'adj_close'),
      volume: numbers(cells, 'volume'),
      source: texts(cells, 'source'),
      run_id: texts(cells, 'run_id'),
      ts_sent: numbers(cells, 'ts_sent'),
      ts_recv: numbers(cells, 'ts_recv'),
      topic: texts(cells, 'topic'),
      kafka_partition: numbers(cells, 'kafka_partition'),
      kafka_offset: numbers(cells, 'kafka_offset'),
    },
  }
}

/** The rows of a buffer as a row group of a month of `bars`, with their flags. */
export function groupOf({ rows, columns }: BarBuffer, month: string): RowGroup {
  const cells: Record<string, GroupCells> = {}
  for (const name of BAR_COLUMNS) {
    const column = columns[name]
    cells[name] = column instanceof Float64Array ? column.subarray(0, rows) : wordsOf(column.slice(0, rows))
  }
  const flags = flagCells({ rows, columns })
  const key = { words: [month], codes: new Int32Array(rows) }
  return { rows, cells: { ...cells, flags, [BARS.partitionKey.name]: key } }
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

type Cells = RowGroup['cells']

function texts(cells: Cells, name: BarColumnName): readonly (string | null)[] {
  const column = cells[name]
  if (column && isText(column)) return textsOf(column)
  throw new RangeError(`A row group lacks its text column ${name}.`)
}

function textsOf({ codes, words }: TextCells): readonly (string | null)[] {
  const texts = new Array<string | null>(codes.length)
  for (let row = 0; row < codes.length; row++) texts[row] = words[codes[row] as number] ?? null
  return texts
}

function numbers(cells: Cells, name: BarColumnName): Float64Array {
  const column = cells[name]
  if (column instanceof Float64Array) return column
  throw new RangeError(`A row group lacks its number column ${name}.`)
}
