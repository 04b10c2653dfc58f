import { UsageError } from '../errors.ts'
import { DAY_MS, parseIso } from '../instant.ts'
import { columnsFile, type FileColumn, type FileColumnType } from '../parquet/columns-file.ts'
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

/** The columns of a history file of a CSV export with a header line. Cells that are no numbers are kept as text. */
export function columnsOfCsv(text: string): readonly FileColumn[] {
  return columnsOf(readCsvTable(text), (cell) => (MISSING.has(cell) ? null : cell))
}

/** Makes a Parquet file of columns; `name` is that of the file which they were read from. */
export function fileOfColumns(columns: readonly FileColumn[], name?: string): Uint8Array {
  return columnsFile(columns, name === undefined ? {} : { [FILE_NAME_KEY]: name })
}

/** Makes a Parquet file of a history; `fileName` is that of the file which it was read from. */
export function historyFile(history: HistoryRows, fileName?: string): Uint8Array {
  return fileOfColumns(columnsOf(history), fileName)
}

/**
 * The columns of a Yahoo Finance export: Date, Open, High, Low, Close, Adj Close, Volume, and Symbol and Interval where
 * they are given. Columns that mean nothing to a replay stay what they are.
 */
function columnsOf(
  { columns, rows }: HistoryRows,
  cellFrom: (cell: HistoryCell) => HistoryCell = (cell) => cell,
): readonly FileColumn[] {
  const meanings = new Map([...mapColumns(columns)].map(([field, name]) => [columns.indexOf(name), field]))
  if (![...meanings.values()].includes('date')) {
    throw new UsageError(`A history needs a column Date (or Datetime); got ${columns.join(', ') || 'no columns'}.`)
  }
  const others = otherColumns(columns)
  return columns.flatMap((name, i) => {
    const field = meanings.get(i)
    if (!field && !others.has(i)) return []
    const cells = rows.map((row) => cellFrom(row[i] ?? null))
    return [typedColumn(name, field, cells)]
  })
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

function typedColumn(name: string, field: HistoryField | undefined, cells: readonly HistoryCell[]): FileColumn {
  const given = cells.filter((cell) => cell !== null)
  const [type, typed] = typedCells(field, given, cells)
  return { name: field ? YAHOO_NAMES[field] : name.trim(), type, cells: typed }
}

/** The narrowest type that holds every cell as it is; one cell that does not fit makes the column text. */
function typedCells(
  field: HistoryField | undefined,
  given: readonly Exclude<HistoryCell, null>[],
  cells: readonly HistoryCell[],
): readonly [FileColumnType, readonly unknown[]] {
  if (field === 'symbol' || field === 'interval') return ['text', cells.map(textOrNull)]
  if (given.every((cell) => cell instanceof Date) && given.length > 0) return ['instant', cells]
  if (field === 'date') return typedDates(given, cells)
  const numbers = cells.map((cell) => (cell === null ? null : decimalOf(cell)))
  if (numbers.includes(undefined)) return ['text', cells.map(textOrNull)]
  const isWhole = field === 'volume' && numbers.every((value) => value === null || Number.isSafeInteger(value))
  return isWhole
    ? ['int64', numbers.map((value) => (typeof value === 'number' ? BigInt(value) : null))]
    : ['double', numbers]
}

function typedDates(
  given: readonly HistoryCell[],
  cells: readonly HistoryCell[],
): readonly [FileColumnType, readonly unknown[]] {
  if (given.length > 0 && given.every(isWholeNumber)) return ['int64', cells.map(wholeNumberOf)]
  return given.every(isDay) ? ['day', cells.map(daysOf)] : ['text', cells.map(textOrNull)]
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
