/**
 * The pooled regression of the log scale: y ~ s · t_ν with ln s = base/2 + ½ ln h + x'b, one b per horizon, the same for
 * all symbols. Student's t with ν = 4 keeps single jumps from ruling the fit (Harvey 2013, on score-driven scales).
 * Fisher scoring: the expected information of ln s is constant, 2ν/(ν + 3) times X'X, so one factorisation serves
 * every step and, X being shared, every horizon.
 */
import { choleskyOf, solveCholesky } from './cholesky.ts'
import { bounded, correctionOf, type Effects, effectsOf, etaOf, fourEtas, isBounded } from './effects.ts'
import { DATE_COLUMNS, type FeatureTable, ROW_COLUMNS } from './feature-table.ts'
import type { Moments } from './moments.ts'

const DEGREES_OF_FREEDOM = 4
const INFORMATION = (2 * DEGREES_OF_FREEDOM) / (DEGREES_OF_FREEDOM + 3)

/** Half-open ranges of rows, flat: from, to, from, to, … */
export type RowRanges = Int32Array

export interface TrainingRows {
  readonly x: FeatureTable
  /** Returns over the horizon divided by exp(base/2)·√h. */
  readonly u: Float32Array
  readonly ranges: RowRanges
}

export interface ScaleProblem extends TrainingRows {
  readonly moments: Moments
  /** Ridge on coefficients of standardised features; the intercept is free. */
  readonly ridge: number
  readonly start: Float64Array
  /** The gradient at the start, where it is known already. */
  readonly gradient?: Float64Array | undefined
  /** What is known beforehand, if anything. */
  readonly draw?: Draw | undefined
}

/** Toward which coefficients a fit is drawn: as if so many rows more, `weight` of its own, had said them. */
export interface Draw {
  readonly toward: Float64Array
  /** Mean of x x' over the rows that said them, the lower triangle alone. */
  readonly moments: Float64Array
  readonly weight: number
}

const MAX_STEPS = 12
/** Root mean square change of ln s below which another step would not matter: a twentieth of a percent. */
const TOLERANCE = 5e-4

/** The coefficients b of ln s = x'b that make the scaled returns likeliest under the ridge, by scoring steps on one factor. */
export function fitScale({ moments, ridge, start, draw, ...rows }: ScaleProblem): Float64Array {
  const { size } = moments
  const { matrix, penalty } = penalised(moments, ridge)
  if (draw) hold(matrix, draw)
  const lower = choleskyOf(matrix, size)
  const b = Float64Array.from(start)
  let before = 0
  for (let step = 0; step < MAX_STEPS; step++) {
    const known = step === 0 ? rows.gradient : undefined
    const gradient = penalisedGradient(known ?? gradientAt(b, rows), b, { rows: moments.rows, penalty })
    if (draw) pullBack(gradient, b, draw)
    const delta = solveCholesky(lower, size, gradient)
    const change = moved(b, delta, gradient)
    // Steps shrink about evenly: this one times its ratio to the one before is what the next one would be.
    const ratio = step === 0 ? 1 : Math.min(1, change / before)
    if (change === 0 || change * ratio < TOLERANCE ** 2) break
    before = change
  }
  return b
}

/** Of a row in the mean, in units of the information, less what the ridge holds against it. */
function penalisedGradient(
  gradient: Float64Array,
  b: Float64Array,
  { rows, penalty }: { readonly rows: number; readonly penalty: Float64Array },
): Float64Array {
  return gradient.map((value, j) => value / rows / INFORMATION - (penalty[j] as number) * (b[j] as number))
}

/** Takes the step; the mean square change of ln s that it makes. */
function moved(b: Float64Array, delta: Float64Array, gradient: Float64Array): number {
  let change = 0
  for (let j = 0; j < b.length; j++) {
    b[j] = (b[j] as number) + (delta[j] as number)
    change += (delta[j] as number) * (gradient[j] as number)
  }
  return change
}

/** Adds the information of what is known beforehand. */
function hold(matrix: Float64Array, draw: Draw): void {
  for (let i = 0; i < matrix.length; i++) matrix[i] = (matrix[i] as number) + weighed(draw, i)
}

function weighed({ moments, weight }: Draw, i: number): number {
  return weight * (moments[i] as number)
}

/** Takes from the gradient what the draw holds against going from where it leads. */
function pullBack(gradient: Float64Array, b: Float64Array, draw: Draw): void {
  const size = b.length
  for (let i = 0; i < size; i++) {
    const off = (b[i] as number) - (draw.toward[i] as number)
    for (let j = 0; j < size; j++) {
      const held = weighed(draw, j <= i ? i * size + j : j * size + i) * off
      gradient[j] = (gradient[j] as number) - held
    }
  }
}

/** What coefficients lose on one row: the negative log likelihood, but for a constant. */
export function lossOf(effects: Effects, { x, u }: Pick<TrainingRows, 'x' | 'u'>, row: number): number {
  const eta = correctionOf(effects, x, row)
  const scaled = (u[row] as number) * Math.exp(-eta)
  return eta + ((DEGREES_OF_FREEDOM + 1) / 2) * Math.log1p((scaled * scaled) / DEGREES_OF_FREEDOM)
}

/**
 * A feature that hardly varied in training must not be free to rule when it does later: without this, the echo of news
 * in a pool's second year could. Every feature's ordinary variance is from 0.05 to 5.
 */
const LEAST_VARIANCE = 0.02

function penalised({ size, sums, rows }: Moments, ridge: number) {
  const matrix = new Float64Array(size * size)
  const penalty = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) matrix[i * size + j] = (sums[i * size + j] as number) / rows
    const mean = (sums[i * size] as number) / rows
    const variance = Math.max(0, (matrix[i * size + i] as number) - mean * mean)
    if (i > 0) penalty[i] = ridge * (variance + LEAST_VARIANCE)
    matrix[i * size + i] = (matrix[i * size + i] as number) + (penalty[i] as number)
  }
  return { matrix, penalty }
}

/**
 * Gradient of the log likelihood: the sum over rows of ((ν+1) k / (ν+k) − 1) x with k = (u / exp(x'b))². Four rows at a
 * time, as in `addRows`; of a date's columns the weights are added up, and multiplied once a date. On its way it writes
 * u / exp(x'b) of each row, one range after the other, x'b within its bounds, where `z` is given.
 */
export function gradientAt(b: Float64Array, { x, u, ranges }: TrainingRows, z?: Float32Array): Float64Array {
  const effects = effectsOf(b, x, datesOf(ranges, x))
  const { ofRow, dateOf } = x
  const size = ROW_COLUMNS.length
  const gradient = new Float64Array(size)
  const byDate = new Float64Array(effects.ofDate.length)
  const eta = new Float64Array(4)
  let at = 0
  const weigh = (row: number, eta: number): number => {
    const scaled = (u[row] as number) * Math.exp(-eta)
    if (z) z[at++] = isBounded(eta) ? scaled : (u[row] as number) * Math.exp(-bounded(eta))
    const weight = weightOf(scaled)
    const date = dateOf[row] as number
    byDate[date] = (byDate[date] as number) + weight
    return weight
  }
  for (let range = 0; range < ranges.length; range += 2) {
    const to = ranges[range + 1] as number
    let row = ranges[range] as number
    for (; row + 4 <= to; row += 4) {
      fourEtas(eta, effects, x, row)
      const wa = weigh(row, eta[0] as number)
      const wb = weigh(row + 1, eta[1] as number)
      const wc = weigh(row + 2, eta[2] as number)
      const wd = weigh(row + 3, eta[3] as number)
      const from = row * size
      for (let j = 0; j < size; j++) {
        gradient[j] =
          (gradient[j] as number) +
          wa * (ofRow[from + j] as number) +
          wb * (ofRow[from + size + j] as number) +
          wc * (ofRow[from + 2 * size + j] as number) +
          wd * (ofRow[from + 3 * size + j] as number)
      }
    }
    for (; row < to; row++) {
      const weight = weigh(row, etaOf(effects, x, row))
      for (let j = 0; j < size; j++) gradient[j] = (gradient[j] as number) + weight * (ofRow[row * size + j] as number)
    }
  }
  return whole(gradient, byDate, x)
}

/** How many dates there are up to the last of the rows. */
function datesOf(ranges: RowRanges, { dateOf }: FeatureTable): number {
  let dates = 0
  for (let range = 1; range < ranges.length; range += 2) {
    dates = Math.max(dates, (dateOf[(ranges[range] as number) - 1] as number) + 1)
  }
  return dates
}

/** The gradient in the order of the coefficients, from that of the rows' own columns and the weights of each date. */
function whole(ofRow: Float64Array, byDate: Float64Array, { ofDate }: FeatureTable): Float64Array {
  const gradient = new Float64Array(ofRow.length + DATE_COLUMNS.length)
  for (const [j, column] of ROW_COLUMNS.entries()) gradient[column] = ofRow[j] as number
  const shared = new Float64Array(DATE_COLUMNS.length)
  for (let date = 0; date < byDate.length; date++) {
    const weight = byDate[date] as number
    if (weight === 0) continue
    const at = date * shared.length
    for (let j = 0; j < shared.length; j++) shared[j] = (shared[j] as number) + weight * (ofDate[at + j] as number)
  }
  for (const [j, column] of DATE_COLUMNS.entries()) gradient[column] = shared[j] as number
  return gradient
}

function weightOf(scaled: number): number {
  const k = scaled * scaled
  return ((DEGREES_OF_FREEDOM + 1) * k) / (DEGREES_OF_FREEDOM + k) - 1
}
