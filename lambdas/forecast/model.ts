/**
 * PTS: a pooled Student-t scale regression with pooled empirical quantiles. The quantile of level τ over h bars is
 * scale(x) · z_τ, where z_τ is the quantile of return / scale over all training rows: drift, skew and fat tails come
 * from there. One regression a horizon, the same for every symbol.
 */
import { quantilesOf } from './empirical-quantiles.ts'
import { FEATURE_COUNT } from './feature-table.ts'
import { HORIZONS, QUANTILE_LEVELS } from './horizons.ts'
import { fitLocation, type Location, SHUT, shiftOf } from './location-gate.ts'
import { endsAt } from './panel.ts'
import { growTo, type Pool } from './pool.ts'
import { drawOf, type HorizonPrior, type Prior, priorFor } from './prior.ts'
import { pullsOf } from './prior-gate.ts'
import { fitScale, gradientAt, type RowRanges } from './scale-regression.ts'
import { openRanges, ridgeOf, rowsIn, trainingRanges } from './training-rows.ts'

export interface HorizonModel {
  /** Of the features, to the correction of ln scale. */
  readonly coefficients: Float64Array
  /** Quantiles of return / scale at QUANTILE_LEVELS. */
  readonly z: readonly number[]
  /** Standard deviation of return / scale, values beyond 10 drawn in. */
  readonly deviation: number
  /** How far, and by what, the centre leans. */
  readonly location: Location
  /** How far it was drawn toward the prior, from 0 to 1. */
  readonly pull: number
}

/** One entry a horizon, in the order of HORIZONS. */
export type Model = readonly HorizonModel[]

export interface Trainer {
  /** The model as of a date (index into the panel's dates), from outcomes known then; dates may only go forward. */
  fit(lastDate: number): Model
}

/**
 * Fits as of ever later dates. Each fit starts from the last one, the first from the prior or, without it, from the
 * horizon below. What a fit ends with, the gradient where it came to, is what the next one begins with: it lacks only
 * the rows that have become known since.
 */
export function trainerOf(pool: Pool, prior: Prior | null = priorFor(pool.panel.symbols.length)): Trainer {
  const { panel, features } = pool
  let model: Model = HORIZONS.map((_, k) => untrained(prior?.horizons[k]))
  const reached: (Float64Array | undefined)[] = HORIZONS.map(() => undefined)
  let before: Int32Array = panel.starts.slice(0, -1)
  return {
    fit(lastDate) {
      const ends = endsAt(panel, lastDate)
      const moments = growTo(pool.past, lastDate, pool)
      const size = { dates: lastDate + 1, rows: moments.rows }
      const pulls = prior && pullsOf(pool, prior, lastDate)
      let nearest: Float64Array = new Float64Array(FEATURE_COUNT)
      model = model.map((previous, k) => {
        const horizon = HORIZONS[k] as number
        const rows = { x: features.x, u: pool.u[k] as Float32Array, ranges: trainingRanges(panel, ends, horizon) }
        if (rows.ranges.length === 0) return previous
        const pull = pulls?.[k] ?? 0
        const draw = prior ? drawOf(prior, k, { horizon, rows: moments.rows, pull }) : undefined
        const start = reached[k] ? previous.coefficients : (draw?.toward ?? nearest)
        const since = { ...rows, ranges: trainingRanges(panel, ends, horizon, before) }
        const gradient = reached[k] && sumOf(reached[k], gradientAt(start, since))
        nearest = fitScale({ ...rows, moments, ridge: ridgeOf(horizon, size), start, gradient, draw })
        const z = new Float32Array(rowsIn(rows.ranges))
        reached[k] = gradientAt(nearest, rows, z)
        const known = { moments: pool.lean, known: rows.ranges, open: openRanges(panel, ends, horizon) }
        const location = fitLocation({ ...known, z, horizon })
        centre(z, location, rows.ranges, features.lean)
        const shape = shapeOf(z, horizon, beforehand(prior?.horizons[k], pull))
        return { coefficients: nearest, location, pull, ...shape }
      })
      before = ends
      return model
    },
  }
}

/** Quantiles of Student's t with 4 degrees of freedom, what the regression takes return / scale to be. */
const STUDENT_T4 = [-2.776, -2.132, -1.533, -0.741, 0, 0.741, 1.533, 2.132, 2.776] as const

/** What is taken to be the distribution of return / scale until outcomes say more. */
interface Beforehand extends Pick<HorizonModel, 'z' | 'deviation'> {
  /** How many independent observations weigh as much. */
  readonly weight: number
}

const STUDENT_WEIGHT = 50
const PRIOR_WEIGHT = 200

/** Student's t, or as far as the pool is drawn the prior, which is sure of more. */
function beforehand(prior: HorizonPrior | undefined, pull: number): Beforehand {
  const mixed = (student: number, known: number | undefined) => student + pull * ((known ?? student) - student)
  return {
    z: STUDENT_T4.map((student, i) => mixed(student, prior?.z[i])),
    deviation: mixed(Math.SQRT2, prior?.deviation),
    weight: mixed(STUDENT_WEIGHT, prior && PRIOR_WEIGHT),
  }
}

function untrained(prior: HorizonPrior | undefined): HorizonModel {
  const pull = prior ? 1 : 0
  const { z, deviation } = beforehand(prior, pull)
  const coefficients = Float64Array.from(prior?.coefficients ?? new Float64Array(FEATURE_COUNT))
  return { coefficients, z, deviation, location: SHUT, pull }
}

/** The distribution of return / scale over the training rows, drawn towards what was taken beforehand where they are few. */
export function shapeOf(
  z: Float32Array,
  horizon: number,
  before: Beforehand = beforehand(undefined, 0),
): Pick<HorizonModel, 'z' | 'deviation'> {
  let sum = 0
  let squares = 0
  for (const value of z) {
    const drawn = Math.max(-10, Math.min(10, value))
    sum += drawn
    squares += drawn * drawn
  }
  const weight = z.length / (z.length + before.weight * horizon)
  const empirical = quantilesOf(z, QUANTILE_LEVELS)
  const variance = squares / z.length - (sum / z.length) ** 2
  return {
    z: before.z.map((prior, i) => weight * (empirical[i] as number) + (1 - weight) * prior),
    deviation: Math.sqrt(weight * variance + (1 - weight) * before.deviation ** 2),
  }
}

function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value + (b[j] as number))
}

/** Takes from each z what its row leans by. */
function centre(z: Float32Array, location: Location, ranges: RowRanges, lean: Float32Array): void {
  if (location.gate === 0) return
  let at = 0
  for (let i = 0; i < ranges.length; i += 2) {
    for (let row = ranges[i] as number; row < (ranges[i + 1] as number); row++) {
      z[at] = (z[at] as number) - shiftOf(location, lean, row)
      at++
    }
  }
}
