/**
 * Bars from CSV and Parquet files, whoever wrote them: column order, date types and gaps may vary. A file without a
 * column of symbols is one symbol's, and named for it.
 */

import { readFileSync } from 'node:fs'
import { parse } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parquetMetadata, parquetRead } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { UsageError } from '../../lake/errors.ts'
import { parseCsv } from '../../lake/history/csv.ts'
import { type EventTime, epochUnitOf, eventTimeReader } from '../../lake/history/event-time.ts'
import { EPOCH_PARSERS, type HistorySchema, readHistorySchema } from '../../lake/history/history-schema.ts'
import { DAY_MS, parseIso } from '../../lake/instant.ts'
import type { BarColumns } from '../../lambdas/forecast/panel.ts'

type Cells = readonly unknown[]
/** Columns by name, in lower case with `_` for spaces, as far as the file has them. */
export type FileColumns = ReadonlyMap<string, Cells>

const PRICES = ['open', 'high', 'low', 'close', 'adj_close', 'volume'] as const

/** The bars of one or several files, one after the other. */
export async function readBarsFiles(paths: readonly string[]): Promise<BarColumns> {
  const parts: BarColumns[] = []
  for (const path of paths) parts.push(barColumnsOf(path, await readColumns(path)))
  const [first, ...others] = parts
  if (!first) throw new UsageError('No file of bars was named; give --bars FILE.')
  return others.length === 0 ? first : joined(parts)
}

/** The columns of a CSV, gzipped CSV or Parquet file. */
export async function readColumns(path: string): Promise<FileColumns> {
  const bytes = readBytes(path)
  if (/\.parquet$/i.test(path)) return readParquet(path, bytes)
  const text = new TextDecoder().decode(/\.gz$/i.test(path) ? gunzipSync(bytes) : bytes)
  return readCsv(path, text)
}

function readCsv(path: string, text: string): FileColumns {
  const [headers, ...rows] = parseCsv(text)
  if (!headers) throw new UsageError(`${path} is empty; want a header line and rows.`)
  return new Map(headers.map((header, i) => [normalName(header), rows.map((row) => row[i] ?? '')]))
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function normalName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[ .-]/g, '_')
}

async function readParquet(path: string, bytes: Uint8Array): Promise<FileColumns> {
  // A copy: Node reads small files into a buffer that it shares among them.
  const file = new Uint8Array(bytes).buffer
  const columns = new Map<string, unknown[]>()
  try {
    const metadata = parquetMetadata(file)
    await parquetRead({
      file,
      metadata,
      compressors,
      parsers: EPOCH_PARSERS,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const name = normalName(columnName)
        const cells = columns.get(name) ?? new Array<unknown>(Number(metadata.num_rows))
        columns.set(name, cells)
        for (let i = 0; i < columnData.length; i++) cells[rowStart + i] = columnData[i]
      },
    })
    const dates = columns.get('date')
    if (dates) columns.set('date', sessionDays(dates, readHistorySchema(metadata).time))
  } catch (cause) {
    throw new UsageError(
      `${path} is not a Parquet file that can be read: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  }
  return columns
}

/** Stored instants as the days of their sessions, in the zone that the file names; text and other numbers as they are. */
function sessionDays(cells: Cells, { kind, zone }: HistorySchema['time']): unknown[] {
  if (kind === 'number') return [...cells]
  const timeOf = eventTimeReader({ kind, zone })
  return cells.map((cell) => {
    const epochMs = typeof cell === 'number' ? timeOf(cell, '1d') : cell
    return typeof epochMs === 'number' ? Math.floor(epochMs / DAY_MS) : epochMs
  })
}

function barColumnsOf(path: string, columns: FileColumns): BarColumns {
  const date = columns.get('date')
  const symbol = columns.get('symbol') ?? date?.map(() => parse(path).name)
  if (!symbol || !date || !(columns.has('close') || columns.has('adj_close'))) {
    const got = [...columns.keys()].join(', ')
    throw new UsageError(
      `${path}: want the columns date and close or adj_close, and symbol unless it is one symbol's (open, high, low, volume help), got ${got}.`,
    )
  }
  const numbers = Object.fromEntries(PRICES.map((name) => [name, numbersOf(columns.get(name), symbol.length)]))
  const close = numbers['close'] as Float64Array
  const adjClose = columns.has('adj_close') ? (numbers['adj_close'] as Float64Array) : close
  return {
    symbol: symbol.map(String),
    day: Int32Array.from(daysOf(date), (day, row) => day ?? unreadable(path, row, date[row])),
    open: numbers['open'] as Float64Array,
    high: numbers['high'] as Float64Array,
    low: numbers['low'] as Float64Array,
    close: columns.has('close') ? close : adjClose,
    adjClose,
    volume: numbers['volume'] as Float64Array,
  }
}

function unreadable(path: string, row: number, cell: unknown): never {
  throw new UsageError(
    `${path}, row ${row + 1}: want a date like 2020-01-31 or a timestamp, got ${JSON.stringify(cell) ?? cell}.`,
  )
}

/** Numbers with NaN for everything that is none. */
function numbersOf(cells: Cells | undefined, length: number): Float64Array {
  const numbers = new Float64Array(length).fill(Number.NaN)
  if (!cells) return numbers
  for (let i = 0; i < length; i++) {
    const cell = cells[i]
    if (cell !== null && cell !== undefined && cell !== '') numbers[i] = Number(cell)
  }
  return numbers
}

function joined(parts: readonly BarColumns[]): BarColumns {
  const column = (pick: (part: BarColumns) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(pick(part))))
  return {
    symbol: parts.flatMap(({ symbol }) => symbol),
    day: Int32Array.from(parts.flatMap(({ day }) => Array.from(day))),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    adjClose: column(({ adjClose }) => adjClose),
    volume: column(({ volume }) => volume),
  }
}

/** Days since 1970-01-01 out of what files hold for dates. */
/**
 * The day of each cell of a column: a text that begins with an ISO date, a Date, or a number of the unit that the
 * column's numbers mean together. Undefined where there is none.
 */
export function daysOf(cells: readonly unknown[]): readonly (number | undefined)[] {
  const timeOf = eventTimeReader({ kind: epochUnitOf(cells), zone: undefined })
  return cells.map((cell) => {
    if (typeof cell === 'string') return dayOfText(cell)
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : dayOf(cell.getTime())
    return dayOf(timeOf(cell, '1d'))
  })
}

function dayOfText(text: string): number | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text.slice(0, 10)
  return dayOf(parseIso(iso) ?? null)
}

function dayOf(time: EventTime): number | undefined {
  return typeof time === 'number' ? Math.floor(time / DAY_MS) : undefined
}
