/** A CSV text as a table in Yahoo's words, whatever marks, header and dialect it has. */
import { isSymbol } from '../tables/bar.ts'
import { DELIMITERS, type Delimiter, parseCsv } from './csv.ts'
import {
  CELL_FIELDS,
  type HistoryField,
  mapColumns,
  plainName,
  refuseTwins,
  splitTime,
  YAHOO_NAMES,
} from './history-columns.ts'
import { soundRecords } from './sound-records.ts'
import { type DayOrder, dayOrderOf, isoOfText } from './text-dates.ts'
import { numberReader } from './text-numbers.ts'
import { levelsOf, longRecords } from './wide-table.ts'

type Record = readonly string[]

/** Columns and rows; dates as ISO 8601 or whole numbers, numbers as plain decimals, and what is neither as it stands. */
export interface CsvTable {
  readonly columns: Record
  readonly rows: readonly Record[]
}

/** Exports that begin with lines about themselves have a few of them. */
const MAX_PREAMBLE = 20
/** As many as a spreadsheet has. */
const MAX_COLUMNS = 16_384
/** What is looked at to find the header and the delimiter. */
const HEAD_CHARS = 65_536

/** Reads a CSV text; throws, saying what it is instead, where it is no table of bars. */
export function readCsvTable(text: string): CsvTable {
  const { delimiter, skipped } = findHeader(text)
  const all = parseCsv(text, delimiter)
  const width = all.reduce((most, { length }) => Math.max(most, length), 0)
  if (width > MAX_COLUMNS) throw new Error(`a line of ${width} columns; at most ${MAX_COLUMNS} are read`)
  const records = longRecords(soundRecords(all.slice(skipped), delimiter))
  const [columns = [], ...rows] = joinTime(withSymbols(nameIndex(records)))
  refuseTwins(columns)
  if (rows.length === 0) throw new Error('it has a header line and no rows')
  return { columns, rows: normalized(columns, rows) }
}

interface Header {
  readonly delimiter: Delimiter
  /** Records before the header. */
  readonly skipped: number
  /** Columns that mean something. */
  readonly known: number
}

/** The delimiter and the line by which most columns mean something. */
function findHeader(text: string): Header {
  const end = text.length > HEAD_CHARS ? text.lastIndexOf('\n', HEAD_CHARS) : text.length
  const heads = DELIMITERS.map((delimiter) => ({ delimiter, records: headRecords(text, end, delimiter) }))
  const headers = heads.flatMap(({ delimiter, records }) =>
    records.slice(0, MAX_PREAMBLE).map((_, skipped) => ({ delimiter, skipped, known: knownColumns(records, skipped) })),
  )
  const best = headers.reduce<Header>((a, b) => (b.known > a.known ? b : a), { delimiter: ',', skipped: 0, known: 0 })
  if (best.known > 0) return best
  const firsts = heads.map(({ records }) => records[0] ?? [])
  throw new Error(noHeader(firsts.reduce((a, b) => (b.length > a.length ? b : a), [])))
}

/** A quote that is open at the cut is closed further on. */
function headRecords(text: string, end: number, delimiter: Delimiter): readonly Record[] {
  try {
    return parseCsv(end < 0 ? text : text.slice(0, end), delimiter)
  } catch {
    return parseCsv(text, delimiter)
  }
}

function knownColumns(records: readonly Record[], at: number): number {
  const header = records[at] ?? []
  if (levelsOf(records.slice(at, at + 3))) return header.length
  const fields = mapColumns(header)
  const isDated = fields.has('date') || isUnnamed(header[0])
  return isDated && CELL_FIELDS.some((field) => fields.has(field)) ? fields.size : 0
}

function noHeader(first: Record): string {
  if (first.length === 0) return 'it is empty; a file of bars has a header line such as Date,Open,High,Low,Close,Volume'
  const isData = first.some((cell) => isoOfText(cell) !== undefined)
  if (isData) return 'it has no header line; put one such as Date,Open,High,Low,Close,Volume before its rows'
  const names = first.slice(0, 20).map((name) => name.slice(0, 40))
  return `no column Date, Datetime or ts_event beside one such as Close; its columns are ${names.join(', ')}`
}

function isUnnamed(name: string | undefined): boolean {
  return name === '' || /^unnamed: 0(?:_level_0)?$/i.test(name ?? '')
}

/** pandas writes an index that has no name under no name; mere row numbers are no dates. */
function nameIndex(records: readonly Record[]): readonly Record[] {
  const [header = [], ...rows] = records
  if (mapColumns(header).has('date') || !isUnnamed(header[0])) return records
  if (rows.every(([cell = '']) => isoOfText(cell) === undefined && !/[/.-]/.test(cell))) {
    throw new Error('no column Date, Datetime or ts_event, and its first column, which has no name, holds no dates')
  }
  return [[YAHOO_NAMES.date, ...header.slice(1)], ...rows]
}

/**
 * A column `Name` that holds symbols is one of symbols, as in the well-known files of the S&P 500; and so is an index that
 * has no name, as `pd.concat({'AAPL': …, 'MSFT': …})` has it. Numbers and dates in it say no symbol.
 */
function withSymbols(records: readonly Record[]): readonly Record[] {
  const [header = [], ...rows] = records
  if (mapColumns(header).has('symbol')) return records
  const at = header.findIndex((name, i) => {
    const isIndex = isUnnamed(name) || LEVEL.test(name)
    if (!isIndex && plainName(name) !== 'name') return false
    return rows.every(({ [i]: cell = '' }) => isSymbol(cell) && (!isIndex || /[A-Z]/.test(cell)))
  })
  return at < 0 ? records : [header.with(at, YAHOO_NAMES.symbol), ...rows]
}

/** What pandas' reset_index calls it. */
const LEVEL = /^level_\d$/

/** A date and a time of day in two columns become one. */
function joinTime(records: readonly Record[]): readonly Record[] {
  const [header = [], ...rows] = records
  const split = splitTime(header)
  const [date, time] = [header.indexOf(split?.date ?? ''), header.indexOf(split?.time ?? '')]
  if (!split || rows.some((row) => row[date]?.includes(':'))) return records
  const isDaily = rows.every((row) => /^[0:]*$/.test((row[time] ?? '').trim()))
  const names = header.with(time, isDaily ? 'Time of day' : 'Clock')
  if (isDaily) return [names, ...rows]
  return [names, ...rows.map((row) => row.with(date, `${row[date] ?? ''} ${clockOf(row[time] ?? '')}`))]
}

/** Spreadsheets drop the zeros before 93000, which is half past nine. */
function clockOf(text: string): string {
  const trimmed = text.trim()
  return /^\d+$/.test(trimmed) ? trimmed.padStart(trimmed.length > 4 ? 6 : 4, '0') : trimmed
}

function normalized(columns: Record, rows: readonly Record[]): readonly Record[] {
  const fields = mapColumns(columns)
  const at = (field: HistoryField): number => columns.indexOf(fields.get(field) ?? '')
  const cells = (index: number) => rows.map((row) => row[index] ?? '')
  const date = at('date')
  const order = dayOrderOf(cells(date))
  const isStamps = rows.every((row) => STAMP.test(row[date]?.trim() ?? ''))
  const volume = at('volume')
  const prices = CELL_FIELDS.filter((field) => field !== 'volume')
    .map(at)
    .filter((index) => index >= 0)
  const plain = numberReader({ prices: prices.map(cells), volumes: volume < 0 ? [] : [cells(volume)] })
  const numbers = new Set([...prices, ...(volume < 0 ? [] : [volume])])
  return rows.map((row) =>
    row.map((cell, i) => {
      if (i === date) return isStamps ? stampCell(cell) : dateCell(cell, order)
      return numbers.has(i) ? plain(cell) : cell
    }),
  )
}

/** Bare numbers stay what they are: what they count is found out from all of them. pandas writes some with a point. */
function dateCell(text: string, order: DayOrder | undefined): string {
  const [number] = /^[+-]?\d+(?=(?:\.0*)?$)/.exec(text.trim()) ?? []
  return number ?? isoOfText(text, order) ?? text.trim()
}

/** `201303010930` in all of a column is a day and a time, not a number of milliseconds of 1976. */
const STAMP = /^((?:19|20)\d{6})(\d{4}(?:\d{2})?)$/

function stampCell(text: string): string {
  const [, day, clock] = STAMP.exec(text.trim()) ?? []
  return isoOfText(`${day} ${clock}`) ?? text
}
