/**
 * What one forecast cost against what came true. All take the nine quantiles ascending. Sources: pinball, Koenker &
 * Bassett 1978; CRPS as the integral of pinball and the interval score, Gneiting & Raftery 2007; QLIKE, Patton 2011.
 */
import { QUANTILE_LEVELS } from './horizons.ts'

/** (τ − 1[y < q]) (y − q): what a quantile forecast of level τ costs. */
export function pinball(y: number, q: number, level: number): number {
  return Math.max(level * (y - q), (level - 1) * (y - q))
}

/** Mean pinball loss over the levels 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95; the two outermost are too far out for a mean of seven. */
export function meanPinball(y: number, quantiles: readonly number[]): number {
  let sum = 0
  for (let i = 1; i < LAST; i++) sum += pinball(y, quantiles[i] as number, QUANTILE_LEVELS[i] as number)
  return sum / (LAST - 1)
}

const LAST = QUANTILE_LEVELS.length - 1

/** Twice the integral of pinball over the levels, by trapezoids over the nine and zero at the ends. */
export function crps(y: number, quantiles: readonly number[]): number {
  let integral = 0
  let [below, before] = [0, 0]
  for (let i = 0; i <= QUANTILE_LEVELS.length; i++) {
    const level = QUANTILE_LEVELS[i] ?? 1
    const loss = i <= LAST ? pinball(y, quantiles[i] as number, level) : 0
    integral += ((loss + before) / 2) * (level - below)
    below = level
    before = loss
  }
  return 2 * integral
}

/** Winkler's interval score: the width, and 2/α for every unit that y lies outside. */
export function winkler(y: number, lower: number, upper: number, coverage: number): number {
  const outside = Math.max(lower - y, 0) + Math.max(y - upper, 0)
  return upper - lower + (2 / (1 - coverage)) * outside
}

/** x − ln x − 1 with x the realised over the forecast variance: 0 where they agree, kind to no one who says too little. */
export function qlike(realisedVariance: number, sigma: number): number {
  const x = Math.max(realisedVariance, 1e-7) / Math.max(sigma * sigma, 1e-12)
  return x - Math.log(x) - 1
}
