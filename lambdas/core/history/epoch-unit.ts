/**
 * What the numbers of a time column count. Exports do not say it, and one number alone cannot: 86,400,000 is the second
 * day of 1970 in milliseconds and a day of 1972 in seconds. The column's large numbers tell, whatever stands
 * among them for a missing time (0, or the least number of 64 bits).
 */
export type EpochUnit = 'yyyymmdd' | 'day' | 's' | 'ms' | 'us' | 'ns'

/** Dates of 1800 to 2100 written as one number, `20130301`; in seconds it would be five weeks of 1970. */
const FIRST_DATE = 18_000_101
const LAST_DATE = 21_001_231

/** The first size that each unit no longer reaches: days until 2243, then seconds until 2286 and so on. */
const BELOW: readonly (readonly [number, EpochUnit])[] = [
  [1e5, 'day'],
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
