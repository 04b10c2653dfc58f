/** What to ask for of a series: from its last bar on, with some bars again, as far back as Yahoo keeps them. */
import { DAY_MS } from '../instant.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'

/** What the fetcher asks for: longer bars follow from days. */
export const FETCHED_INTERVALS = ['1m', '2m', '5m', '15m', '30m', '1h', '1d'] as const satisfies readonly Interval[]

export interface Period {
  /** Epoch milliseconds; the end is not included. */
  readonly from: number
  readonly to: number
}

/** Days that Yahoo keeps, less one for its own clock, and the most that it gives at once. */
const KEPT: Readonly<Partial<Record<Interval, { readonly days: number; readonly atOnce: number }>>> = {
  '1m': { days: 29, atOnce: 7 },
  '60m': { days: 729, atOnce: 729 },
  '1h': { days: 729, atOnce: 729 },
}
const KEPT_MINUTES = { days: 59, atOnce: 59 }

/** Asked for again with every request: volumes and closes are corrected for some days, minutes for as long as quotes are late. */
const AGAIN_DAYS = 7
const AGAIN_MINUTES_MS = 45 * 60_000

export interface PeriodRequest {
  readonly interval: Interval
  /** The newest bar that is kept; null: none, or all is to be asked for again. */
  readonly last: number | null
  readonly now: number
  /** How far back daily and longer bars are asked for the first time. */
  readonly years: number
  /** Nothing before it is asked for: epoch milliseconds. @default - the beginning of the year so many years ago */
  readonly firstDay?: number | undefined
}

export function periodsOf({ interval, last, now, years, firstDay }: PeriodRequest): readonly Period[] {
  // One that ends now would leave out the bar that Yahoo stamps with this moment, which is none.
  const to = now
  if (isSessionInterval(interval)) {
    const first = firstDay ?? Date.UTC(new Date(now).getUTCFullYear() - years, 0, 1)
    return [{ from: last === null ? first : last - AGAIN_DAYS * DAY_MS, to: to + DAY_MS }]
  }
  const { days, atOnce } = KEPT[interval] ?? KEPT_MINUTES
  const kept = Math.max(now - days * DAY_MS, firstDay ?? 0)
  const from = Math.max(kept, last === null ? kept : last - AGAIN_MINUTES_MS)
  return cut({ from, to }, atOnce * DAY_MS)
}

function cut({ from, to }: Period, most: number): readonly Period[] {
  const count = Math.max(1, Math.ceil((to - from) / most))
  return Array.from({ length: count }, (_, i) => ({ from: from + i * most, to: Math.min(to, from + (i + 1) * most) }))
}
