import { zstdCompressSync } from 'node:zlib'
import type { SchemaElement } from 'hyparquet'
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { UsageError } from '../errors.ts'
import { DAY_MS, parseIso } from '../instant.ts'
import { readCsvTable } from './csv-table.ts'
import { numberOf } from './history-cell.ts'
import { fieldOf, type HistoryField, mapColumns, YAHOO_NAMES } from './history-columns.ts'
import { FILE_NAME_KEY } from './history-file.ts'

/** A cell as a source gives it. A `Date` is an instant; a day is text: `2013-03-01`. */
export type HistoryCell = string | number | Date | null

/** A history before it is a file: the names of its columns and its rows. */
export interface HistoryRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly HistoryCell[])[]
}

/** What exports write where there is no value. Yahoo's own wrote `null` on days without trading. */
const MISSING: ReadonlySet<unknown> = new Set(['', 'null'])

/** One row group for four centuries of daily bars; the producer reads a file by row group. */
const ROWS_PER_GROUP = 100_000

/** Makes a history file of a CSV export with a header line. Cells that are no numbers are kept as text. */
export function historyFileFromCsv(text: string, fileName?: string): Uint8Array {
  const { columns, rows } = readCsvTable(text)
  return historyFile(
    { columns, rows: rows.map((row) => row.map((cell) => (MISSING.has(cell) ? null : cell))) },
    fileName,
  )
}

/**
 * Makes a Parquet file with the columns of a Yahoo Finance export: Date, Open, High, Low, Close, Adj Close, Volume,
 * and Symbol and Interval where they are given. Columns that mean nothing to a replay stay what they are.
 */
export function historyFile({ columns, rows }: HistoryRows, fileName?: string): Uint8Array {
  const meanings = new Map([...mapColumns(columns)].map(([field, name]) => [columns.indexOf(name), field]))
  if (![...meanings.values()].includes('date')) {
    throw new UsageError(`A history needs a column Date (or Datetime); got ${columns.join(', ') || 'no columns'}.`)
  }
  const others = otherColumns(columns)
  const typed = columns.flatMap((name, i) => {
    const field = meanings.get(i)
    if (!field && !others.has(i)) return []
    const cells = rows.map((row) => row[i] ?? null)
    return [typedColumn(name, field, cells)]
  })
  const root: SchemaElement = { name: 'root', num_children: typed.length }
  const file = parquetWriteBuffer({
    columnData: typed.map(({ source }) => source),
    schema: [root, ...typed.map(({ element }) => element)],
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    rowGroupSize: ROWS_PER_GROUP,
    createdBy: 'tickerlake',
    kvMetadata: fileName === undefined ? [] : [{ key: FILE_NAME_KEY, value: fileName }],
  })
  return new Uint8Array(file)
}

/** A column of no field keeps its name, unless another has that name or a field's. */
function otherColumns(columns: readonly string[]): ReadonlySet<number> {
  const names = new Map<string, number>()
  for (const [i, column] of columns.entries()) {
    const name = column.trim()
    if (name !== '' && fieldOf(name) === undefined && !names.has(name)) names.set(name, i)
  }
  return new Set(names.values())
}

interface TypedColumn {
  readonly element: SchemaElement
  readonly source: ColumnSource
}

function typedColumn(name: string, field: HistoryField | undefined, cells: readonly HistoryCell[]): TypedColumn {
  const given = cells.filter((cell) => cell !== null)
  const title = field ? YAHOO_NAMES[field] : name.trim()
  const [type, data] = typedCells(field, given, cells)
  return { element: { name: title, repetition_type: 'OPTIONAL', ...type }, source: { name: title, data: [...data] } }
}

type PhysicalType = Omit<SchemaElement, 'name' | 'repetition_type'>

const DATE: PhysicalType = { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }
const INSTANT: PhysicalType = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
}
const TEXT: PhysicalType = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }
const DOUBLE: PhysicalType = { type: 'DOUBLE' }
const INTEGER: PhysicalType = { type: 'INT64' }

/** The narrowest type that holds every cell as it is; one cell that does not fit makes the column text. */
function typedCells(
  field: HistoryField | undefined,
  given: readonly Exclude<HistoryCell, null>[],
  cells: readonly HistoryCell[],
): readonly [PhysicalType, readonly unknown[]] {
  const text = cells.map(textOrNull)
  if (field === 'symbol' || field === 'interval') return [TEXT, text]
  if (given.every((cell) => cell instanceof Date) && given.length > 0) return [INSTANT, cells]
  if (field === 'date') return typedDates(given, cells)
  const numbers = cells.map((cell) => (cell === null ? null : decimalOf(cell)))
  if (numbers.includes(undefined)) return [TEXT, text]
  const isWhole = field === 'volume' && numbers.every((value) => value === null || Number.isSafeInteger(value))
  return isWhole
    ? [INTEGER, numbers.map((value) => (typeof value === 'number' ? BigInt(value) : null))]
    : [DOUBLE, numbers]
}

function typedDates(
  given: readonly HistoryCell[],
  cells: readonly HistoryCell[],
): readonly [PhysicalType, readonly unknown[]] {
  if (given.length > 0 && given.every(isWholeNumber)) return [INTEGER, cells.map(wholeNumberOf)]
  return given.every(isDay) ? [DATE, cells.map(daysOf)] : [TEXT, cells.map(textOrNull)]
}

function decimalOf(cell: Exclude<HistoryCell, null>): number | undefined {
  if (typeof cell === 'number') return cell
  return typeof cell === 'string' ? numberOf(cell) : undefined
}

function textOrNull(cell: HistoryCell): string | null {
  if (cell === null) return null
  return cell instanceof Date ? cell.toISOString() : String(cell)
}

/** A time as an epoch number; nanoseconds have more digits than a double keeps. */
function isWholeNumber(cell: HistoryCell): boolean {
  return /^[+-]?\d{1,18}$|^[+-]?[1-8]\d{18}$/.test(String(cell).trim())
}

function wholeNumberOf(cell: HistoryCell): bigint | null {
  return cell === null ? null : BigInt(String(cell).trim())
}

function isDay(cell: HistoryCell): boolean {
  return typeof cell === 'string' && cell.trim().length === 10 && parseIso(cell.trim()) !== undefined
}

function daysOf(cell: HistoryCell): number | null {
  const epochMs = typeof cell === 'string' ? parseIso(cell.trim()) : undefined
  return epochMs === undefined ? null : epochMs / DAY_MS
}
