/** Weekdays, counted from days since 1970-01-01, which was a Thursday. */

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7
}

/** The day of the n-th weekday after a day; holidays are not known. */
export function weekdaysAfter(day: number, n: number): number {
  let target = day
  for (let left = n; left > 0; ) {
    target++
    if (weekdayOf(target) % 6 !== 0) left--
  }
  return target
}

/** `2020-01-31` of a day, counted from 1970-01-01. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
