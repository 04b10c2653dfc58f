/**
 * PTS: a pooled Student-t scale regression with pooled empirical quantiles. The quantile of level τ over h bars is
 * scale(x) · z_τ, where z_τ is the quantile of return / scale over all training rows: drift, skew and fat tails come
 * from there. One regression a horizon, the same for every symbol.
 */
import { sortedQuantiles } from './empirical-quantiles.ts'
import { FEATURE_COUNT, type Features } from './features.ts'
import { HORIZONS, QUANTILE_LEVELS } from './horizons.ts'
import { fitLocation, type Location, SHUT, shiftOf } from './location-gate.ts'
import { endsAt, type Panel } from './panel.ts'
import { addRows, correctionOf, emptyMoments, fitScale, type Moments, type RowRanges } from './scale-regression.ts'

export interface HorizonModel {
  /** Of the features, to the correction of ln scale. */
  readonly coefficients: Float64Array
  /** Quantiles of return / scale at QUANTILE_LEVELS. */
  readonly z: readonly number[]
  /** Standard deviation of return / scale, values beyond 10 drawn in. */
  readonly deviation: number
  /** How far, and by what, the centre leans. */
  readonly location: Location
}

/** One entry a horizon, in the order of HORIZONS. */
export type Model = readonly HorizonModel[]

/** A symbol's bars before its first training row: with fewer, its own variance says nothing yet. */
export const MIN_HISTORY = 22

/**
 * Ridge of h bars over training dates and rows: 60 h / dates + 400 h / rows. Overlapping returns hold h times less
 * information; symbols of one date move together, so the dates count; where symbols are few, the rows do.
 */
const RIDGE_DATES = 60
const RIDGE_ROWS = 400

export interface Trainer {
  /** The model as of a date (index into the panel's dates), from outcomes known then; dates may only go forward. */
  fit(lastDate: number): Model
}

/**
 * Fits as of ever later dates. The second moments of earlier fits are kept; each fit starts from the last one, the
 * first from the horizon below.
 */
export function trainerOf(panel: Panel, features: Features): Trainer {
  const u = HORIZONS.map((h) => scaledReturns(panel, features.base, h))
  const moments = emptyMoments(FEATURE_COUNT)
  const added = panel.starts.slice(0, -1).map((start) => start + MIN_HISTORY)
  let model: Model = HORIZONS.map(() => untrained())
  return {
    fit(lastDate) {
      const ends = endsAt(panel, lastDate)
      grow(moments, features.x, { added, ends })
      const days = lastDate + 1
      let nearest = model[0]?.coefficients ?? new Float64Array(FEATURE_COUNT)
      model = model.map((previous, k) => {
        const horizon = HORIZONS[k] as number
        const rows = { x: features.x, u: u[k] as Float32Array, ranges: trainingRanges(panel, ends, horizon) }
        if (rows.ranges.length === 0) return previous
        const start = previous.z === STUDENT_T4 ? nearest : previous.coefficients
        nearest = fitScale({
          ...rows,
          moments,
          ridge: horizon * (RIDGE_DATES / days + RIDGE_ROWS / moments.rows),
          start,
        })
        const observed = standardised(nearest, rows)
        const location = fitLocation({ ...observed, lean: features.lean, dateOf: panel.dateOf, horizon })
        return { coefficients: nearest, location, ...shapeOf(centred(observed, location, features.lean), horizon) }
      })
      return model
    },
  }
}

/** Quantiles of Student's t with 4 degrees of freedom, what the regression takes return / scale to be. */
const STUDENT_T4 = [-2.776, -2.132, -1.533, -0.741, 0, 0.741, 1.533, 2.132, 2.776] as const

/** How many independent observations the empirical quantiles need to weigh as much as Student's t. */
const SHAPE_PRIOR = 50

function untrained(): HorizonModel {
  return { coefficients: new Float64Array(FEATURE_COUNT), z: STUDENT_T4, deviation: Math.SQRT2, location: SHUT }
}

/** Returns over a horizon in units of the base scale; NaN where the outcome lies past the symbol's end. */
function scaledReturns(panel: Panel, base: Float64Array, horizon: number): Float32Array {
  const u = new Float32Array(panel.day.length).fill(Number.NaN)
  const root = Math.sqrt(horizon)
  for (let s = 0; s < panel.symbols.length; s++) {
    const last = (panel.starts[s + 1] as number) - horizon
    for (let row = panel.starts[s] as number; row < last; row++) {
      const y = (panel.logPrice[row + horizon] as number) - (panel.logPrice[row] as number)
      u[row] = Number.isFinite(y) ? y / (Math.exp((base[row] as number) / 2) * root) : 0
    }
  }
  return u
}

function grow(moments: Moments, x: Float32Array, { added, ends }: { added: Int32Array; ends: Int32Array }): void {
  for (let s = 0; s < ends.length; s++) {
    const [from, to] = [added[s] as number, ends[s] as number]
    if (to <= from) continue
    addRows(moments, x, from, to)
    added[s] = to
  }
}

/** The rows whose outcome is known where each symbol's history ends at `ends`. */
function trainingRanges(panel: Panel, ends: Int32Array, horizon: number): RowRanges {
  const ranges: number[] = []
  for (let s = 0; s < ends.length; s++) {
    const from = (panel.starts[s] as number) + MIN_HISTORY
    const to = (ends[s] as number) - horizon
    if (to > from) ranges.push(from, to)
  }
  return Int32Array.from(ranges)
}

interface TrainingRows {
  readonly x: Float32Array
  readonly u: Float32Array
  readonly ranges: RowRanges
}

/** The distribution of return / scale over the training rows, drawn towards Student's t where they are few. */
function shapeOf(z: Float32Array, horizon: number): Pick<HorizonModel, 'z' | 'deviation'> {
  z.sort()
  let sum = 0
  let squares = 0
  for (const value of z) {
    const drawn = Math.max(-10, Math.min(10, value))
    sum += drawn
    squares += drawn * drawn
  }
  const weight = z.length / (z.length + SHAPE_PRIOR * horizon)
  const empirical = sortedQuantiles(z, QUANTILE_LEVELS)
  const variance = squares / z.length - (sum / z.length) ** 2
  return {
    z: STUDENT_T4.map((prior, i) => weight * (empirical[i] as number) + (1 - weight) * prior),
    deviation: Math.sqrt(weight * variance + (1 - weight) * 2),
  }
}

/** Return / scale of each training row. */
interface Observed {
  readonly rows: Int32Array
  readonly z: Float32Array
}

function standardised(coefficients: Float64Array, { x, u, ranges }: TrainingRows): Observed {
  let count = 0
  for (let i = 0; i < ranges.length; i += 2) count += (ranges[i + 1] as number) - (ranges[i] as number)
  const [rows, z] = [new Int32Array(count), new Float32Array(count)]
  let filled = 0
  for (let i = 0; i < ranges.length; i += 2) {
    for (let row = ranges[i] as number; row < (ranges[i + 1] as number); row++) {
      rows[filled] = row
      z[filled++] = (u[row] as number) * Math.exp(-correctionOf(coefficients, x, row))
    }
  }
  return { rows, z }
}

function centred({ rows, z }: Observed, location: Location, lean: Float32Array): Float32Array {
  if (location.gate === 0) return z
  return z.map((value, i) => value - shiftOf(location, lean, rows[i] as number))
}
