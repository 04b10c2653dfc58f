/** Trailing means over a window of one symbol's values, by running sums. */

/** `sums[i]` is the sum of the first i values; so a window's sum is one subtraction. */
export function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i] as number
    sums[i + 1] = sum
  }
  return sums
}

/** Mean of the last `window` values up to and with index i; of fewer where the series is younger. */
export function trailingMean(sums: Float64Array, i: number, window: number): number {
  const first = Math.max(0, i + 1 - window)
  return ((sums[i + 1] as number) - (sums[first] as number)) / (i + 1 - first)
}

/** The value drawn into [low, high]; NaN becomes low. */
export function clip(value: number, low: number, high: number): number {
  if (value >= high) return high
  if (value > low) return value
  return low
}
