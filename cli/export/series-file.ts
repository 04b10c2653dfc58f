/** A series of bars as a file: CSV, Parquet or Arrow. */

import { extname } from 'node:path'
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
import { csvCell } from '../../command/answer-text.ts'
import { oneOf } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'
import { instantText } from '../../lake/instant.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { Column } from '../../lake/tables/table.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'

const FORMATS = ['csv', 'parquet', 'arrow'] as const
export type SeriesFormat = (typeof FORMATS)[number]

/** What each format's files are called. */
const SUFFIXES: Readonly<Record<string, SeriesFormat>> = {
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.arrow': 'arrow',
  '.feather': 'arrow',
}

/** What `--format` says, else what the file's name says, else CSV. The two may not say different things. */
export function seriesFormatOf(format: string | undefined, out: string | undefined): SeriesFormat {
  const said = format === undefined ? undefined : oneOf(FORMATS, '--format', format)
  if (out === undefined) return said ?? 'csv'
  const meant = SUFFIXES[extname(out).toLowerCase()]
  if (said === undefined && meant === undefined) {
    const known = Object.keys(SUFFIXES).join(', ')
    throw new UsageError(`--out takes a name that ends in ${known}, or any with --format; got "${out}".`)
  }
  if (said !== undefined && meant !== undefined && said !== meant)
    throw new UsageError(`--format says ${said} and --out ${out} says ${meant}; name one of them.`)
  return said ?? meant ?? 'csv'
}

/** The whole file. A series is at most some hundred thousand rows. */
export function seriesFile(rows: readonly BarRow[], format: SeriesFormat): Uint8Array {
  if (format === 'csv') return new TextEncoder().encode(csv(rows))
  return format === 'arrow' ? arrow(rows) : parquet(rows)
}

function csv(rows: readonly BarRow[]): string {
  const header = BARS.columns.map(({ name }) => name).join(',')
  return `${[header, ...rows.map((row) => BARS.columns.map((column) => cellOf(column, row)).join(','))].join('\n')}\n`
}

function cellOf(column: (typeof BARS.columns)[number], row: BarRow): string {
  const cell = row[column.name]
  if (cell === null) return csvCell(null)
  return csvCell(column.type === 'timestamp' ? instantText(Number(cell)) : String(cell))
}

function parquet(rows: readonly BarRow[]): Uint8Array {
  return parquetEncoder().encode(
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
