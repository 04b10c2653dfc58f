/** Quantiles of a sample, as in NumPy's default (type 7 of Hyndman & Fan 1996). */
export function sortedQuantiles(sorted: ArrayLike<number>, levels: readonly number[]): number[] {
  return levels.map((level) => {
    const { below, above, share } = placeOf(level, sorted.length)
    const low = sorted[below] as number
    return low + ((sorted[above] as number) - low) * share
  })
}

/** The two values that a quantile lies between, by their rank, and how far it is from the lower to the upper one. */
export function placeOf(level: number, count: number) {
  const place = level * (count - 1)
  const below = Math.floor(place)
  return { below, above: Math.min(below + 1, count - 1), share: place - below }
}

/** With fewer values sorting is as fast. */
const FEW = 4096
/** Values are told apart by their upper 16 bits first. */
const BINS = 65_536

/**
 * The same of values in any order, which may be moved about: of many values only those are sorted that share their upper
 * half with one that is asked for.
 */
export function quantilesOf(values: Float32Array, levels: readonly number[]): number[] {
  if (values.length < FEW) return sortedQuantiles(values.sort(), levels)
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const starts = new Uint32Array(BINS + 1)
  for (const value of bits) {
    const bin = binOf(value) + 1
    starts[bin] = (starts[bin] as number) + 1
  }
  for (let bin = 1; bin <= BINS; bin++) starts[bin] = (starts[bin] as number) + (starts[bin - 1] as number)
  const places = levels.map((level) => placeOf(level, values.length))
  const wanted = new Set(places.flatMap(({ below, above }) => [below, above].map((rank) => binAt(starts, rank))))
  const sorted = sortedBins(values, bits, { starts, wanted })
  const valueAt = (rank: number): number => {
    const bin = binAt(starts, rank)
    return sorted.get(bin)?.[rank - (starts[bin] as number)] as number
  }
  return places.map(({ below, above, share }) => valueAt(below) + (valueAt(above) - valueAt(below)) * share)
}

/** The upper half of a float's bits, turned so that they are in the order of the floats; NaN comes last. */
function binOf(bits: number): number {
  return (bits & 0x8000_0000) === 0 ? (bits >>> 16) | 0x8000 : ~bits >>> 16
}

/** The bin that holds the value of a rank. */
function binAt(starts: Uint32Array, rank: number): number {
  let [low, high] = [0, BINS]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= rank) low = middle
    else high = middle
  }
  return low
}

interface Bins {
  readonly starts: Uint32Array
  readonly wanted: ReadonlySet<number>
}

function sortedBins(values: Float32Array, bits: Uint32Array, { starts, wanted }: Bins): Map<number, Float32Array> {
  const isWanted = new Uint8Array(BINS)
  for (const bin of wanted) isWanted[bin] = 1
  const found = new Map(
    Array.from(wanted, (bin) => [bin, new Float32Array((starts[bin + 1] as number) - (starts[bin] as number))]),
  )
  const filled = new Map<number, number>()
  for (let i = 0; i < bits.length; i++) {
    const bin = binOf(bits[i] as number)
    if (isWanted[bin] !== 1) continue
    const at = filled.get(bin) ?? 0
    ;(found.get(bin) as Float32Array)[at] = values[i] as number
    filled.set(bin, at + 1)
  }
  for (const of of found.values()) of.sort()
  return found
}
