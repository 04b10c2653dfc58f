/**
 * The time of a bar, out of the many ways in which exports write it. Of a daily or longer bar it is the session
 * date at 00:00 UTC, whatever instant the export gave: midnight in New York (05:00Z), in Tokyo (15:00Z the day
 * before), the opening of the exchange (14:30Z).
 */

import { DAY_MS, isInstant, parseIso, startOfDay } from '../instant.ts'
import { isSessionInterval, sessionOfInstant } from '../tables/session.ts'
import { offsetIn } from '../time-zone.ts'
import { type DayOrder, isoOfText } from './text-dates.ts'

/**
 * What the numbers of a time column are: milliseconds of dates, of instants in UTC, or of local times without a zone
 * (`wall`); or bare numbers of a unit. Text says for itself.
 */
export type TimeKind = 'date' | 'instant' | 'wall' | EpochUnit

export interface TimeColumn {
  readonly kind: TimeKind
  /** The IANA zone of the column's instants where the file says it (pandas does), else undefined. */
  readonly zone: string | undefined
  /** Of texts such as `03/04/2013`. */
  readonly order?: DayOrder | undefined
}

/** A time that could be read (epoch milliseconds), or the cell's text, or nothing. */
export type EventTime = number | string | null

/** Reads the cells of one time column. */
export function eventTimeReader(column: TimeColumn): (raw: unknown, interval: string) => EventTime {
  const sessionOf = sessionReader(column)
  const sessionOfText = remembered((text: string) => sessionTextTime(text, column.order))
  const instantOfText = remembered((text: string) => instantText(text, column.order))
  const msOf = msOfNumber(column.kind)
  return (raw, interval) => {
    const isSession = isSessionInterval(interval)
    if (typeof raw === 'string') return isSession ? sessionOfText(raw) : instantOfText(raw)
    const value = numeric(raw)
    const epochMs = msOf(value)
    if (!isInstant(epochMs)) return Number.isNaN(value) ? null : String(raw)
    return isSession ? sessionOf(epochMs) : epochMs
  }
}

function instantText(text: string, order: DayOrder | undefined): EventTime {
  return parseIso(isoOfText(text, order) ?? '') ?? epochOfText(text) ?? text
}

/** One cell that is no time makes text of a column of epoch numbers; of today they have so many digits in each unit. */
const EPOCH_TEXT = /^(?:\d{10}|\d{13}|\d{16}|\d{19})$/
const UNIT_OF_DIGITS: Readonly<Record<number, EpochUnit>> = { 10: 's', 13: 'ms', 16: 'us', 19: 'ns' }

function epochOfText(text: string): number | undefined {
  const digits = text.trim()
  const unit = EPOCH_TEXT.test(digits) ? UNIT_OF_DIGITS[digits.length] : undefined
  return unit && msOfNumber(unit)(Number(digits))
}

/** What says its date itself, in no zone. */
const DATED: ReadonlySet<TimeKind> = new Set(['date', 'wall', 'yyyymmdd', 'day', 'serial'])

function sessionReader({ kind, zone }: TimeColumn): (epochMs: number) => number {
  if (DATED.has(kind)) return startOfDay
  return zone === undefined || isUtc(zone) ? sessionOfInstant : sessionOfZone(zone)
}

function numeric(raw: unknown): number {
  return typeof raw === 'bigint' || typeof raw === 'number' ? Number(raw) : Number.NaN
}

/** A column that was turned into UTC says no more about its exchange than one without a zone. */
function isUtc(zone: string): boolean {
  return /^(?:UTC|GMT|Etc\/(?:UTC|GMT|UCT|Zulu|Universal|Greenwich|GMT[+-]?0)|Zulu|UCT|Universal)$/i.test(zone)
}

/** There the date as written is the session (`2013-03-01 00:00:00-05:00`); an instant in UTC is one without a zone. */
function sessionTextTime(text: string, order: DayOrder | undefined): EventTime {
  const iso = isoOfText(text, order)
  const epochMs = parseIso(iso ?? '')
  if (iso === undefined || epochMs === undefined) {
    const epoch = epochOfText(text)
    return epoch === undefined ? text : sessionOfInstant(epoch)
  }
  return /(?:Z|[+-]00:?00)$/.test(iso) && iso.length > 10
    ? sessionOfInstant(epochMs)
    : (parseIso(iso.slice(0, 10)) ?? text)
}

function sessionOfZone(zone: string): (epochMs: number) => number {
  return remembered((epochMs: number) => startOfDay(epochMs + offsetIn(zone, epochMs)))
}

/** 100,000 daily stamps are four centuries; a column with more of them is not of one exchange's sessions. */
const REMEMBERED = 100_000

/** The same dates come again for every symbol, and are costly to work out. */
function remembered<In, Out>(work: (input: In) => Out): (input: In) => Out {
  const known = new Map<In, Out>()
  return (input) => {
    const found = known.get(input)
    if (found !== undefined) return found
    const output = work(input)
    if (known.size < REMEMBERED) known.set(input, output)
    return output
  }
}

/** Epoch milliseconds of the numbers of a column; NaN of one that names no day of the calendar. */
function msOfNumber(kind: TimeKind): (value: number) => number {
  switch (kind) {
    case 'yyyymmdd':
      return (value) => parseIso(isoOfText(String(value)) ?? '') ?? Number.NaN
    case 'day':
      return (value) => value * DAY_MS
    case 'serial':
      return (value) => Math.round((value - SERIAL_OF_1970) * DAY_MS)
    case 's':
      return (value) => value * 1_000
    case 'us':
      return (value) => Math.floor(value / 1_000)
    case 'ns':
      return (value) => Math.floor(value / 1_000_000)
    default:
      return (value) => value
  }
}

/**
 * What the numbers of a time column count. Exports do not say it, and one number alone cannot: 86,400,000 is the second
 * day of 1970 in milliseconds and a day of 1972 in seconds. The column's large numbers tell, whatever stands
 * among them for a missing time (0, or the least number of 64 bits).
 */
export type EpochUnit = 'yyyymmdd' | 'day' | 'serial' | 's' | 'ms' | 'us' | 'ns'

/** Dates of 1800 to 2100 written as one number, `20130301`; in seconds it would be five weeks of 1970. */
const FIRST_DATE = 18_000_101
const LAST_DATE = 21_001_231

/** 1 January 1970 in spreadsheets, which count days from the end of 1899. Counted from 1970 it is in 2040: no bar is of then. */
const SERIAL_OF_1970 = 25_569

/** The first size that each unit no longer reaches: days until 2040, a spreadsheet's until 2173, seconds until 2286. */
const BELOW: readonly (readonly [number, EpochUnit])[] = [
  [SERIAL_OF_1970, 'day'],
  [1e5, 'serial'],
  [1e10, 's'],
  [1e13, 'ms'],
  [1e16, 'us'],
]

/** Numbers near 1970 are small in every unit, and a quarter of the column may stand for no time. */
const LARGE = 0.75

/** The unit of a column with these cells; those that are no numbers do not count. */
export function epochUnitOf(cells: readonly unknown[]): EpochUnit {
  const sizes = cells
    .filter((cell) => typeof cell === 'number' || typeof cell === 'bigint')
    .map((cell) => Math.abs(Number(cell)))
    .filter((size) => Number.isFinite(size))
    .sort((a, b) => a - b)
  const large = sizes[Math.floor(sizes.length * LARGE)] ?? 0
  if (large >= FIRST_DATE && large <= LAST_DATE) return 'yyyymmdd'
  return BELOW.find(([below]) => large < below)?.[1] ?? 'ns'
}
