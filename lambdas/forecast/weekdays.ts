/** Weekdays, counted from days since 1970-01-01, which was a Thursday. */

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7
}

/** What is looked at to see on which weekdays a symbol trades: a quarter of bars, most holidays in it once. */
const RECENT_BARS = 60
/** A weekday with fewer of them is an exception: an exchange that opened on a Saturday. */
const LEAST_BARS = 3

const MONDAY_TO_FRIDAY: ReadonlySet<number> = new Set([1, 2, 3, 4, 5])

/** The weekdays that a symbol trades on, by its last days: five for shares, seven for coins. */
export function weekdaysTraded(days: Int32Array): ReadonlySet<number> {
  const counts = new Array<number>(7).fill(0)
  for (const day of days.subarray(-RECENT_BARS)) counts[weekdayOf(day)] = (counts[weekdayOf(day)] ?? 0) + 1
  const traded = new Set([0, 1, 2, 3, 4, 5, 6].filter((weekday) => (counts[weekday] ?? 0) >= LEAST_BARS))
  return traded.size === 0 ? MONDAY_TO_FRIDAY : traded
}

/** The day of the n-th bar after a day of a symbol that trades on these weekdays; holidays are not known. */
export function barsAfter(day: number, n: number, weekdays: ReadonlySet<number> = MONDAY_TO_FRIDAY): number {
  let target = day
  for (let left = n; left > 0; ) {
    target++
    if (weekdays.has(weekdayOf(target))) left--
  }
  return target
}

/** `2020-01-31` of a day, counted from 1970-01-01. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
