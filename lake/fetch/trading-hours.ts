/** When a symbol trades, as its own exchange's clock and Yahoo's answers tell, and so when there is something to ask for. */
import { DAY_MS, startOfDay } from '../instant.ts'
import { isSession, sessionEnd } from '../queries/calendar.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'
import { offsetIn } from '../time-zone.ts'

export interface TradingHours {
  readonly zone: string
  /** Crypto trades on every day, its days are UTC's. */
  readonly isAlways: boolean
  /** Minutes after midnight in the zone. */
  readonly open: number
  readonly close: number
  /** The session that was last told of: epoch milliseconds. A half day ends early here. */
  readonly told: { readonly start: number; readonly end: number }
}

interface Told {
  readonly zone: string
  readonly kind: string
  readonly session: { readonly start: number; readonly end: number }
}

const MINUTE_MS = 60_000
/** Quotes of some exchanges come 15 minutes late, and the close takes its auction. */
export const SETTLE_MS = 20 * MINUTE_MS
/** How long after its end a bar of minutes is asked for. */
const BAR_DELAY_MS = 5_000
/** Longer closures than this are none that anybody trades through. */
const MOST_DAYS_CLOSED = 12
/** Where the week ends with Friday. */
const SUNDAY_TO_THURSDAY = new Set(['Asia/Riyadh', 'Asia/Kuwait', 'Asia/Qatar'])
const NEW_YORK = 'America/New_York'

export function tradingHours({ zone, kind, session }: Told): TradingHours {
  const isAlways = kind === 'CRYPTOCURRENCY'
  const open = minutesIn(zone, session.start)
  const length = Math.round((session.end - session.start) / MINUTE_MS)
  // A half day would make every day a short one: New York's full hours are known.
  const close = zone === NEW_YORK && kind !== 'CURRENCY' ? Math.max(open + length, 16 * 60) : open + length
  return { zone, isAlways, open, close, told: session }
}

/** When to ask for the next bar of an interval: epoch milliseconds, never before `now`. */
export function nextAsk(hours: TradingHours, interval: Interval, now: number): number {
  if (hours.isAlways) return isSessionInterval(interval) ? startOfDay(now) + DAY_MS + SETTLE_MS : nextBar(interval, now)
  if (isSessionInterval(interval)) return nextSession(hours, now - SETTLE_MS).end + SETTLE_MS
  const { start, end } = nextSession(hours, now - SETTLE_MS)
  return Math.max(nextBar(interval, now), Math.min(start + lengthOf(interval) + BAR_DELAY_MS, end + SETTLE_MS))
}

/** The first session that ends after an instant. */
function nextSession(hours: TradingHours, after: number): { readonly start: number; readonly end: number } {
  if (hours.told.end > after) return hours.told
  const first = startOfDay(after) - DAY_MS
  for (let day = first; day <= first + MOST_DAYS_CLOSED * DAY_MS; day += DAY_MS) {
    if (!isTradingDay(hours.zone, day)) continue
    const end = instantIn(hours.zone, day, closeOf(hours, day))
    if (end > after) return { start: instantIn(hours.zone, day, hours.open), end }
  }
  return { start: after + DAY_MS, end: after + DAY_MS }
}

function isTradingDay(zone: string, day: number): boolean {
  if (zone === NEW_YORK) return isSession(day)
  const weekday = new Date(day).getUTCDay()
  return SUNDAY_TO_THURSDAY.has(zone) ? weekday <= 4 : weekday >= 1 && weekday <= 5
}

function closeOf({ zone, close }: TradingHours, day: number): number {
  return zone === NEW_YORK ? Math.min(close, sessionEnd(day) ?? close) : close
}

/**
 * Whether a bar is over at `now`: what is still forming is not kept. A session's bar is over when its session has ended and
 * settled; the last row of an answer, stamped with the moment itself, is no bar of minutes at all.
 */
export function isFinal(
  time: number,
  interval: Interval,
  { hours, now }: { hours: TradingHours; now: number },
): boolean {
  if (!isSessionInterval(interval)) {
    return time % alignmentOf(interval) === 0 && time + lengthOf(interval) + BAR_DELAY_MS <= now
  }
  if (hours.isAlways) return time + DAY_MS + SETTLE_MS <= now
  const today = sessionDay(hours.zone, hours.told.start)
  return time < today || (time === today && hours.told.end + SETTLE_MS <= now)
}

/** Yahoo is late now and then; after this it is told. */
const LATE_MS = 2 * 3_600_000

/** Whether a daily series has no bar of a session that ended hours ago, where its calendar is known; else of twelve days. */
export function isBehindCalendar(hours: TradingHours, last: number, now: number): boolean {
  return last < newestSession(hours, now - SETTLE_MS - LATE_MS)
}

/** The day of the last session that ended before an instant. */
function newestSession(hours: TradingHours, before: number): number {
  if (hours.isAlways) return startOfDay(before) - DAY_MS
  if (hours.zone !== NEW_YORK) return startOfDay(before) - MOST_DAYS_CLOSED * DAY_MS
  let day = sessionDay(NEW_YORK, before)
  while (!isSession(day) || instantIn(NEW_YORK, day, closeOf(hours, day)) > before) day -= DAY_MS
  return day
}

/** The date of an instant in a zone, as its midnight UTC. */
function sessionDay(zone: string, instant: number): number {
  return startOfDay(instant + offsetIn(zone, instant))
}

function nextBar(interval: Interval, now: number): number {
  const length = lengthOf(interval)
  return (Math.floor(now / length) + 1) * length + BAR_DELAY_MS
}

/** How long a bar of minutes or hours is. */
function lengthOf(interval: Interval): number {
  const [, count = '1', unit] = /^(\d+)([mh])$/.exec(interval) ?? []
  return Number(count) * (unit === 'h' ? 60 : 1) * MINUTE_MS
}

/** Bars of an hour begin with the session: at :30 in New York, at :15 in Mumbai. */
function alignmentOf(interval: Interval): number {
  return Math.min(lengthOf(interval), 15 * MINUTE_MS)
}

function minutesIn(zone: string, instant: number): number {
  const local = instant + offsetIn(zone, instant)
  return Math.floor((local - startOfDay(local)) / MINUTE_MS)
}

/** The instant of a minute of a day in a zone; the second look is for a day on which the clocks change. */
function instantIn(zone: string, day: number, minutes: number): number {
  const local = day + minutes * MINUTE_MS
  const near = local - offsetIn(zone, local)
  return local - offsetIn(zone, near)
}
