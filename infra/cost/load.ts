import { PRICES } from './prices.ts'

/** How much comes in, in the units that are billed. */
export interface Load {
  readonly barsPerSecond: number
  /** Scanned by queries a month, GB. */
  readonly scannedGb: number
}

/** A bar as JSON with key and headers; three of four bytes go again when a batch is compressed. */
export const WIRE_BYTES = 250
const COMPRESSED_BYTES = 65
/** A landed bar in Parquet with its lineage, and one in a compacted month. */
const LANDED_BYTES = 45
const COMPACTED_BYTES = 25

export const SECONDS_PER_MONTH = PRICES.hoursPerMonth * 3600

/**
 * The load, in bars a second, at which a difference changes its sign, by halving on a logarithmic scale; undefined where
 * it never does up to `most`.
 */
export function crossing(difference: (barsPerSecond: number) => number, most: number): number | undefined {
  let [low, high] = [0.01, most]
  const sign = Math.sign(difference(low))
  if (Math.sign(difference(high)) === sign) return undefined
  for (let step = 0; step < 100; step++) {
    const middle = Math.sqrt(low * high)
    if (Math.sign(difference(middle)) === sign) low = middle
    else high = middle
  }
  return high
}

export function gbPerMonth({
  barsPerSecond,
}: Load): Readonly<Record<'wire' | 'kafka' | 'landed' | 'compacted', number>> {
  const gb = (bytes: number): number => (barsPerSecond * SECONDS_PER_MONTH * bytes) / 1e9
  return { wire: gb(WIRE_BYTES), kafka: gb(COMPRESSED_BYTES), landed: gb(LANDED_BYTES), compacted: gb(COMPACTED_BYTES) }
}
