/** Quantiles of a sample, as in NumPy's default (type 7 of Hyndman & Fan 1996). */
export function sortedQuantiles(sorted: Float32Array, levels: readonly number[]): number[] {
  return levels.map((level) => {
    const place = level * (sorted.length - 1)
    const below = Math.floor(place)
    const low = sorted[below] as number
    const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
    return low + (high - low) * (place - below)
  })
}
