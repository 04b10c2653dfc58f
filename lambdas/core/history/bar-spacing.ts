/** What interval bars have, by how far apart they are; for files that say it nowhere else. */
import type { Interval } from '../bar.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** The least spacing that an interval is taken for, longest first: weeks with holidays, short months, winter time. */
const LEAST: readonly (readonly [number, Interval])[] = [
  [80 * DAY, '3mo'],
  [25 * DAY, '1mo'],
  [6 * DAY, '1wk'],
  [4.5 * DAY, '5d'],
  [12 * 60 * MINUTE, '1d'],
  [75 * MINUTE, '90m'],
  [45 * MINUTE, '1h'],
  [22 * MINUTE, '30m'],
  [10 * MINUTE, '15m'],
  [3.5 * MINUTE, '5m'],
  [1.5 * MINUTE, '2m'],
  [0, '1m'],
]

/** The interval that the usual gap between times (epoch milliseconds, any order, repeated or not) means; daily if none. */
export function intervalOfSpacing(times: readonly number[]): Interval {
  const distinct = [...new Set(times)].sort((a, b) => a - b)
  const gaps = distinct.slice(1).map((time, i) => time - (distinct[i] ?? time))
  const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]
  if (usual === undefined) return '1d'
  return LEAST.find(([least]) => usual >= least)?.[1] ?? '1d'
}
