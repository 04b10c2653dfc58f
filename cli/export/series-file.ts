/** A series of bars as a file: CSV, Parquet or Arrow. */
import {
  Table as ArrowTable,
  Float64,
  Int32,
  Int64,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { oneOf } from '../../command/option-values.ts'
import { instantText } from '../../lake/instant.ts'
import { hyparquetEncoder } from '../../lake/parquet/encoder.ts'
import type { Column } from '../../lake/tables/table.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'

const FORMATS = ['csv', 'parquet', 'arrow'] as const
export type SeriesFormat = (typeof FORMATS)[number]

/** What `--format` says. */
export function seriesFormatOf(text: string): SeriesFormat {
  return oneOf(FORMATS, '--format', text)
}

/** The whole file. A series is at most some hundred thousand rows. */
export function seriesFile(rows: readonly BarRow[], format: SeriesFormat): Uint8Array {
  if (format === 'csv') return new TextEncoder().encode(csv(rows))
  return format === 'arrow' ? arrow(rows) : parquet(rows)
}

function csv(rows: readonly BarRow[]): string {
  const header = BARS.columns.map(({ name }) => name).join(',')
  return `${[header, ...rows.map((row) => BARS.columns.map((column) => csvCell(column, row)).join(','))].join('\n')}\n`
}

function csvCell(column: (typeof BARS.columns)[number], row: BarRow): string {
  const cell = row[column.name]
  if (cell === null) return ''
  if (column.type === 'timestamp') return instantText(Number(cell))
  return /[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)
}

function parquet(rows: readonly BarRow[]): Uint8Array {
  return hyparquetEncoder().encode(
    BARS,
    BARS.columns.map(({ name }) => rows.map((row) => row[name])),
  )
}

function arrow(rows: readonly BarRow[]): Uint8Array {
  const columns = BARS.columns.map((column) => {
    const cells = rows.map((row) => row[column.name])
    return [column.name, vectorOf(column, cells)] as const
  })
  return tableToIPC(new ArrowTable(Object.fromEntries(columns)), 'file')
}

function vectorOf({ type }: Column, cells: readonly (string | number | null)[]) {
  switch (type) {
    case 'double':
      return vectorFromArray(cells, new Float64())
    case 'int':
      return vectorFromArray(cells, new Int32())
    case 'bigint':
      return vectorFromArray(
        cells.map((cell) => (cell === null ? null : BigInt(cell))),
        new Int64(),
      )
    case 'timestamp':
      return vectorFromArray(cells, new TimestampMillisecond('UTC'))
    default:
      return vectorFromArray(cells, new Utf8())
  }
}
