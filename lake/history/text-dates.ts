/**
 * Dates as people and programs write them, as ISO 8601. `03/04/2013` is read only where the other dates of its column
 * tell the month from the day; dots mean that the day comes first, as everywhere where dates have dots.
 */
import { parseIso } from '../instant.ts'

export type DayOrder = 'day-first' | 'month-first'

/** Longer texts are no dates; no pattern is tried on them. */
const MAX_LENGTH = 48
/** Around it there may be blanks, as in files of fixed columns. */
const MAX_PADDED = 256

const NUMERIC = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:[T ,](.*))?$/
const MONTH_FIRST = /^([a-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})(?:,? (.*))?$/i
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?:,? (.*))?$/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T ](.*))?$/
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?([^\d:.,].*)?$/
const CLOCK_DIGITS = /^(\d{2})(\d{2})(\d{2})?()(\D.*)?$/
const HALF = /^(am|pm)(.*)$/i
const OFFSET = /^(?:UTC|GMT)?([+-]\d{2}:?\d{2})$/i
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? /i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The text as ISO 8601 (with its offset where it has one), or undefined where it is no date that can be told. */
export function isoOfText(text: string, order?: DayOrder): string | undefined {
  const trimmed = text.length > MAX_PADDED ? text : text.trim()
  if (trimmed.length > MAX_LENGTH) return undefined
  if (parseIso(trimmed) !== undefined) return trimmed
  const said = trimmed.replace(WEEKDAY, '')
  const [day, clock] = numericDay(said, order) ?? namedDay(said) ?? []
  if (day === undefined) return undefined
  const time = clock === undefined || clock === '' ? '' : isoClock(clock)
  const iso = time === undefined ? undefined : `${day}${time}`
  return iso !== undefined && parseIso(iso) !== undefined ? iso : undefined
}

type DayAndClock = readonly [day: string, clock: string | undefined]

function numericDay(text: string, order: DayOrder | undefined): DayAndClock | undefined {
  const compact = COMPACT.exec(text)
  if (compact) return [dayOf(compact[1], compact[2], compact[3]), compact[4]]
  const [, first = '', mark, second, third = '', clock] = NUMERIC.exec(text) ?? []
  if (mark === undefined) return undefined
  if (first.length === 4) return [dayOf(first, second, third), clock]
  if (first.length > 2 || third.length === 1 || third.length === 3) return undefined
  const known = mark === '.' ? 'day-first' : order
  if (known === undefined) return undefined
  return [known === 'day-first' ? dayOf(third, second, first) : dayOf(third, first, second), clock]
}

function namedDay(text: string): DayAndClock | undefined {
  const american = MONTH_FIRST.exec(text)
  if (american) return [dayOf(american[3], monthOf(american[1]), american[2]), american[4]]
  const european = DAY_FIRST.exec(text)
  return european ? [dayOf(european[3], monthOf(european[2]), european[1]), european[4]] : undefined
}

/** `Sept` and `September` begin alike. */
function monthOf(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)
}

/** Two digits of a year are of 1969 to 2068, as POSIX says (strptime). */
function dayOf(year = '', month = '', day = ''): string {
  const century = Number(year) < 69 ? '20' : '19'
  const full = year.length === 2 ? century + year : year
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function isoClock(text: string): string | undefined {
  const trimmed = text.trim()
  const [, hour = '', minute, second = '00', fraction = '', rest = ''] =
    CLOCK.exec(trimmed) ?? CLOCK_DIGITS.exec(trimmed) ?? []
  const [, half, zone = ''] = HALF.exec(rest.trim()) ?? [undefined, undefined, rest]
  const offset = offsetOf(zone.trim())
  if (minute === undefined || offset === undefined) return undefined
  const digits = fraction === '' ? '' : `.${fraction}`
  return `T${hourOf(hour, half).padStart(2, '0')}:${minute}:${second}${digits}${offset}`
}

/** Names of zones other than UTC's are not read: `EST` is three different ones. */
function offsetOf(zone: string): string | undefined {
  if (zone === '') return ''
  return /^(?:utc|gmt|z)$/i.test(zone) ? 'Z' : OFFSET.exec(zone)?.[1]
}

function hourOf(hour: string, half: string | undefined): string {
  if (half === undefined) return hour
  const twelve = Number(hour) % 12
  return String(half.toLowerCase() === 'pm' ? twelve + 12 : twelve)
}

/**
 * Which of day and month comes first in a column's numeric dates: a part above twelve is a day. Undefined where nothing
 * depends on it, or where the column contradicts itself; throws where dates could be read both ways.
 */
export function dayOrderOf(cells: Iterable<unknown>): DayOrder | undefined {
  let open: string | undefined
  const found = new Set<DayOrder>()
  for (const cell of cells) {
    const parts = typeof cell === 'string' ? openParts(cell) : undefined
    if (!parts) continue
    open ??= String(cell)
    if (parts[0] > 12) found.add('day-first')
    if (parts[1] > 12) found.add('month-first')
  }
  if (open === undefined || found.size === 2) return undefined
  const [order] = found
  if (order) return order
  throw new Error(`its dates can be read two ways, such as ${open.trim()}; write them as 2013-03-04`)
}

/** Told at a glance of a column of years first. */
const MAYBE_OPEN = /^\s*\d{1,2}[/-]/

/** Day and month, or month and day, of a date that leaves it open. */
function openParts(text: string): readonly [number, number] | undefined {
  if (!MAYBE_OPEN.test(text)) return undefined
  const trimmed = text.length > MAX_PADDED ? text : text.trim()
  const [, first = '', mark, second = ''] = trimmed.length > MAX_LENGTH ? [] : (NUMERIC.exec(trimmed) ?? [])
  const isOpen = (mark === '/' || mark === '-') && first.length <= 2
  return isOpen ? [Number(first), Number(second)] : undefined
}
