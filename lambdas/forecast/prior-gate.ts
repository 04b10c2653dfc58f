/**
 * Whether the prior suits this market: fits to the first half and to the first three quarters of the pool's dates,
 * with and without it, are compared on the quarter after each. The prior counts whole unless these tests speak against
 * it: where it cost more than two standard errors it is left, at less than one it stays. A pool of less than a year
 * has no such tests, and nothing better to go by.
 */
import { effectsOf } from './effects.ts'
import { FEATURE_COUNT } from './feature-table.ts'
import { HORIZONS } from './horizons.ts'
import type { Moments } from './moments.ts'
import { endsAt } from './panel.ts'
import { CUTS, growTo, type PastMoments, type Pool } from './pool.ts'
import { drawOf, fadeOf, type Prior } from './prior.ts'
import { fitScale, lossOf } from './scale-regression.ts'
import { MIN_HISTORY, ridgeOf, trainingRanges } from './training-rows.ts'

const LEAST_DATES = 250

/** How far each horizon is drawn toward the prior, from 0 to 1, as of a date that the pool has grown to. */
export function pullsOf(pool: Pool, prior: Prior, lastDate: number): readonly number[] {
  const fade = fadeOf(pool.past.parts.own.rows)
  if (fade === 0) return HORIZONS.map(() => 0)
  const dates = lastDate + 1
  if (dates < LEAST_DATES) return HORIZONS.map(() => fade)
  const folds = pool.tested.map((past, i) => foldOf(pool, past, { dates, from: CUTS[i], until: CUTS[i + 1] }))
  const test = { pool, prior, lastDate }
  return HORIZONS.map((_, k) => fade * gateOf(test, k, folds))
}

interface Fold {
  /** Each symbol's row after the last one that is learnt from, and after the last one that is tested. */
  readonly ends: Int32Array
  readonly until: Int32Array
  readonly moments: Moments
  readonly dates: number
}

interface Cut {
  readonly dates: number
  /** Shares of the dates. */
  readonly from: number | undefined
  readonly until: number | undefined
}

function foldOf(pool: Pool, past: PastMoments, { dates, from = 0, until = 1 }: Cut): Fold {
  const cut = Math.floor(dates * from)
  return {
    ends: endsAt(pool.panel, cut),
    until: endsAt(pool.panel, Math.floor(dates * until) - 1),
    moments: growTo(past, cut, pool),
    dates: cut + 1,
  }
}

interface PriorTest {
  readonly pool: Pool
  readonly prior: Prior
  /** Index of the last date that is known. */
  readonly lastDate: number
}

function gateOf(test: PriorTest, k: number, folds: readonly Fold[]): number {
  const byBlock = new Float64Array(Math.ceil((test.lastDate + 1) / (HORIZONS[k] as number)))
  for (const fold of folds) addGains(byBlock, test, k, fold)
  const gain = byBlock.reduce((sum, value) => sum + value, 0)
  const error = Math.sqrt(byBlock.reduce((sum, value) => sum + value * value, 0))
  return error > 0 ? Math.max(0, Math.min(1, 2 + gain / error)) : 1
}

/** Adds, by blocks of as many dates as the horizon has bars, what the prior spared on the dates after a fold's fit. */
function addGains(byBlock: Float64Array, { pool, prior, lastDate }: PriorTest, k: number, fold: Fold) {
  const { panel, features, u } = pool
  const horizon = HORIZONS[k] as number
  const { ends, until, moments } = fold
  const rows = { x: features.x, u: u[k] as Float32Array, ranges: trainingRanges(panel, ends, horizon) }
  if (rows.ranges.length === 0) return
  const problem = { ...rows, moments, ridge: ridgeOf(horizon, { dates: fold.dates, rows: moments.rows }) }
  const draw = drawOf(prior, k, { horizon, rows: moments.rows, pull: 1 })
  const own = fitScale({ ...problem, start: new Float64Array(FEATURE_COUNT) })
  const drawn = fitScale({ ...problem, start: own, draw })
  const [alone, together] = [effectsOf(own, rows.x), effectsOf(drawn, rows.x)]
  const known = endsAt(panel, lastDate)
  for (let s = 0; s < ends.length; s++) {
    const from = Math.max(ends[s] as number, (panel.starts[s] as number) + MIN_HISTORY)
    const to = Math.min(until[s] as number, (known[s] as number) - horizon)
    for (let row = from; row < to; row++) {
      const block = Math.floor((panel.dateOf[row] as number) / horizon)
      byBlock[block] = (byBlock[block] as number) + lossOf(alone, rows, row) - lossOf(together, rows, row)
    }
  }
}
