/**
 * The calendar of the US stock exchanges (NYSE and Nasdaq) since 1990: NYSE Rule 7.2 and its predecessors, with the
 * closures that no rule foresaw. Days are epoch milliseconds of their midnight UTC, as daily bars have them.
 */
import { DAY_MS } from '../instant.ts'

export const CALENDAR_FROM = Date.UTC(1990, 0, 1)

const SUNDAY = 0
const MONDAY = 1
const THURSDAY = 4
const FRIDAY = 5
const SATURDAY = 6

/** Mourning, attacks, a hurricane. */
const ONE_OFF_CLOSURES: ReadonlyMap<number, string> = byDay({
  '1994-04-27': 'Funeral of Richard Nixon',
  '2001-09-11': 'Attacks of 11 September',
  '2001-09-12': 'Attacks of 11 September',
  '2001-09-13': 'Attacks of 11 September',
  '2001-09-14': 'Attacks of 11 September',
  '2004-06-11': 'Funeral of Ronald Reagan',
  '2007-01-02': 'Funeral of Gerald Ford',
  '2012-10-29': 'Hurricane Sandy',
  '2012-10-30': 'Hurricane Sandy',
  '2018-12-05': 'Funeral of George H. W. Bush',
  '2025-01-09': 'Funeral of Jimmy Carter',
})

/** Early ends that no rule foresaw. */
const ONE_OFF_EARLY_ENDS: ReadonlySet<number> = new Set(['1997-12-26', '1999-12-31', '2003-12-26'].map(Date.parse))

/** Minutes after midnight in New York. */
export const REGULAR_END = 16 * 60
const EARLY_END = 13 * 60
/** The early end until 1992. */
const EARLIER_EARLY_END = 14 * 60

function byDay(reasons: Readonly<Record<string, string>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(reasons).map(([day, reason]) => [Date.parse(day), reason]))
}

/** Why the exchanges are closed on a weekday; undefined on a session and on weekends. */
export function closureOf(day: number): string | undefined {
  return holidaysOf(new Date(day).getUTCFullYear()).get(day) ?? ONE_OFF_CLOSURES.get(day)
}

/** Whether New York traded on a day, epoch milliseconds of its midnight UTC. */
export function isSession(day: number): boolean {
  return !isWeekend(day) && closureOf(day) === undefined
}

/** When the session of a day ends, in minutes after midnight in New York; undefined where there is none. */
export function sessionEnd(day: number): number | undefined {
  if (!isSession(day)) return undefined
  if (!endsEarly(day)) return REGULAR_END
  return new Date(day).getUTCFullYear() <= 1992 ? EARLIER_EARLY_END : EARLY_END
}

/** Every session of a span, `to` not included. */
export function sessionsBetween(from: number, to: number): number[] {
  const days: number[] = []
  for (let day = from; day < to; day += DAY_MS) if (isSession(day)) days.push(day)
  return days
}

/** Every closure on a weekday of a year, by day. */
export function closuresOf(year: number): readonly { readonly day: number; readonly reason: string }[] {
  const ofYear = [...ONE_OFF_CLOSURES].filter(([day]) => new Date(day).getUTCFullYear() === year)
  return [...holidaysOf(year), ...ofYear].sort(([a], [b]) => a - b).map(([day, reason]) => ({ day, reason }))
}

const holidaysByYear = new Map<number, ReadonlyMap<number, string>>()

function holidaysOf(year: number): ReadonlyMap<number, string> {
  const known = holidaysByYear.get(year)
  if (known) return known
  const holidays = new Map(holidayList(year).filter(([day]) => !isWeekend(day)))
  holidaysByYear.set(year, holidays)
  return holidays
}

function holidayList(year: number): [number, string][] {
  const days: [number, string][] = [
    [newYearsDay(year), "New Year's Day"],
    [nthWeekday(year, 1, MONDAY, 3), "Washington's Birthday"],
    [easterSunday(year) - 2 * DAY_MS, 'Good Friday'],
    [lastMonday(year, 4), 'Memorial Day'],
    [observed(Date.UTC(year, 6, 4)), 'Independence Day'],
    [nthWeekday(year, 8, MONDAY, 1), 'Labor Day'],
    [thanksgiving(year), 'Thanksgiving'],
    [observed(Date.UTC(year, 11, 25)), 'Christmas'],
  ]
  if (year >= 1998) days.push([nthWeekday(year, 0, MONDAY, 3), 'Martin Luther King Jr. Day'])
  if (year >= 2022) days.push([observed(Date.UTC(year, 5, 19)), 'Juneteenth'])
  return days
}

/** On a Saturday it is not made up for: the Friday before ends a year of accounts (Rule 7.2). */
function newYearsDay(year: number): number {
  const day = Date.UTC(year, 0, 1)
  return weekday(day) === SUNDAY ? day + DAY_MS : day
}

/** A holiday on a Saturday is kept on the Friday before, on a Sunday on the Monday after. */
function observed(day: number): number {
  if (weekday(day) === SATURDAY) return day - DAY_MS
  return weekday(day) === SUNDAY ? day + DAY_MS : day
}

function endsEarly(day: number): boolean {
  const date = new Date(day)
  const year = date.getUTCFullYear()
  if (ONE_OFF_EARLY_ENDS.has(day)) return true
  if (year >= 1992 && day === thanksgiving(year) + DAY_MS) return true
  if (date.getUTCMonth() === 11 && date.getUTCDate() === 24) return weekday(day) !== FRIDAY
  return endsEarlyInJuly(date, year)
}

/** Around Independence Day since 1995: the day before it; where it is a Thursday, the Friday after it until 2012. */
function endsEarlyInJuly(date: Date, year: number): boolean {
  if (year < 1995 || date.getUTCMonth() !== 6) return false
  const fourth = weekday(Date.UTC(year, 6, 4))
  if (date.getUTCDate() === 3) return fourth >= 2 && fourth <= FRIDAY && (fourth !== THURSDAY || year >= 2013)
  return date.getUTCDate() === 5 && fourth === THURSDAY && year <= 2012
}

function thanksgiving(year: number): number {
  return nthWeekday(year, 10, THURSDAY, 4)
}

function nthWeekday(year: number, month: number, wanted: number, nth: number): number {
  const first = Date.UTC(year, month, 1)
  return first + (((wanted - weekday(first) + 7) % 7) + 7 * (nth - 1)) * DAY_MS
}

function lastMonday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0)
  return last - ((weekday(last) - MONDAY + 7) % 7) * DAY_MS
}

/** The Gregorian computus (Meeus, Jones and Butcher). */
function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return Date.UTC(year, month - 1, day)
}

function weekday(day: number): number {
  return new Date(day).getUTCDay()
}

function isWeekend(day: number): boolean {
  return weekday(day) === SUNDAY || weekday(day) === SATURDAY
}
