/**
 * What is known of prices before a lake has bars of its own: coefficients, quantiles and second moments that were
 * learnt once on the sample's five US stocks up to 2010 (`npm run prior` makes the file again). A pool of few symbols
 * or little history is drawn toward them; how far, the number of its rows and its own past say.
 */
import { FEATURE_COUNT } from './feature-table.ts'
import shipped from './prior.json' with { type: 'json' }
import type { Draw } from './scale-regression.ts'

/** As it is kept: of each symbol alone, and of all together. */
export interface PriorFile {
  readonly alone: PriorPart
  readonly together: PriorPart
}

export interface PriorPart {
  /** Mean of x x', the lower triangle row by row: how sure each direction of the coefficients is. */
  readonly moments: readonly number[]
  readonly horizons: readonly HorizonPrior[]
}

export interface HorizonPrior {
  readonly coefficients: readonly number[]
  /** Quantiles of return / scale at QUANTILE_LEVELS. */
  readonly z: readonly number[]
  readonly deviation: number
}

export interface Prior {
  /** Row-major, the lower triangle alone. */
  readonly moments: Float64Array
  readonly horizons: readonly HorizonPrior[]
}

/**
 * The prior of a pool of so many symbols. The market is the mean over the pool, so the symbol's own share in it is one
 * over their number: a symbol alone is its own market, and of many it hardly rules it.
 */
export function priorFor(symbols: number, { alone, together }: PriorFile = shipped): Prior {
  const own = 1 / Math.max(1, symbols)
  const mixed = (a: number, b: number | undefined) => own * a + (1 - own) * (b ?? a)
  return {
    moments: squareOf(alone.moments.map((value, i) => mixed(value, together.moments[i]))),
    horizons: alone.horizons.map(({ coefficients, z, deviation }, k) => {
      const other = together.horizons[k]
      return {
        coefficients: coefficients.map((value, i) => mixed(value, other?.coefficients[i])),
        z: z.map((value, i) => mixed(value, other?.z[i])),
        deviation: mixed(deviation, other?.deviation),
      }
    }),
  }
}

function squareOf(triangle: readonly number[]): Float64Array {
  const square = new Float64Array(FEATURE_COUNT * FEATURE_COUNT)
  let next = 0
  for (let i = 0; i < FEATURE_COUNT; i++) {
    for (let j = 0; j <= i; j++) square[i * FEATURE_COUNT + j] = triangle[next++] as number
  }
  return square
}

/** As many rows as the prior weighs over one bar; over h bars h times as many, for h rows say what one does over one. */
const PRIOR_ROWS = 300

/** The draw of a fit to so many rows toward the prior; `pull` is from 0, none, to 1. */
export function drawOf({ moments, horizons }: Prior, k: number, { horizon, rows, pull }: DrawnFit): Draw | undefined {
  if (pull === 0) return undefined
  const toward = Float64Array.from((horizons[k] as HorizonPrior).coefficients)
  return { toward, moments, weight: (pull * PRIOR_ROWS * horizon) / rows }
}

interface DrawnFit {
  readonly horizon: number
  readonly rows: number
  readonly pull: number
}

/** Up to twenty symbols of two and a half years the prior counts whole, from twice as many on not at all. */
const WHOLE_UP_TO = 12_500
const NONE_FROM = 25_000

/** How far a pool of so many rows may be drawn: what many rows say needs no prior, and a fit to them stays as fast. */
export function fadeOf(rows: number): number {
  return Math.max(0, Math.min(1, (NONE_FROM - rows) / (NONE_FROM - WHOLE_UP_TO)))
}
