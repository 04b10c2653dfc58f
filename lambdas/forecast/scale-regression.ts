/**
 * The pooled regression of the log scale: y ~ s · t_ν with ln s = base/2 + ½ ln h + x'b, one b per horizon, the same for
 * all symbols. Student's t with ν = 4 keeps single jumps from ruling the fit (Harvey 2013, on score-driven scales).
 * Fisher scoring: the expected information of ln s is constant, 2ν/(ν + 3) times X'X, so one factorisation serves
 * every step and, X being shared, every horizon.
 */
import { choleskyOf, solveCholesky } from './cholesky.ts'

const DEGREES_OF_FREEDOM = 4
const INFORMATION = (2 * DEGREES_OF_FREEDOM) / (DEGREES_OF_FREEDOM + 3)

/** Half-open ranges of rows, flat: from, to, from, to, … */
export type RowRanges = Int32Array

/** Second moments of the features over rows, upper part left empty: rows can be added as they become known. */
export interface Moments {
  readonly size: number
  readonly sums: Float64Array
  rows: number
}

export function emptyMoments(size: number): Moments {
  return { size, sums: new Float64Array(size * size), rows: 0 }
}

/** Adds the rows from..to, four at a time so that each sum is loaded and stored a quarter as often. */
export function addRows(moments: Moments, x: Float32Array, from: number, to: number): void {
  const { size, sums } = moments
  let row = from
  for (; row + 4 <= to; row += 4) {
    const a = row * size
    const b = a + size
    const c = b + size
    const d = c + size
    for (let i = 0; i < size; i++) {
      const [ai, bi, ci, di] = [x[a + i] as number, x[b + i] as number, x[c + i] as number, x[d + i] as number]
      const o = i * size
      for (let j = 0; j <= i; j++) {
        sums[o + j] =
          (sums[o + j] as number) +
          ai * (x[a + j] as number) +
          bi * (x[b + j] as number) +
          ci * (x[c + j] as number) +
          di * (x[d + j] as number)
      }
    }
  }
  for (; row < to; row++) {
    for (let i = 0; i < size; i++) {
      const xi = x[row * size + i] as number
      for (let j = 0; j <= i; j++)
        sums[i * size + j] = (sums[i * size + j] as number) + xi * (x[row * size + j] as number)
    }
  }
  moments.rows += to - from
}

export interface ScaleProblem {
  readonly x: Float32Array
  /** Returns over the horizon divided by exp(base/2)·√h. */
  readonly u: Float32Array
  readonly ranges: RowRanges
  readonly moments: Moments
  /** Ridge on coefficients of standardised features; the intercept is free. */
  readonly ridge: number
  readonly start: Float64Array
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
/** Root mean square change of ln s below which a step no longer matters: a twentieth of a percent. */
const TOLERANCE = 5e-4

/** The coefficients b of ln s = x'b that make the scaled returns likeliest under the ridge, by scoring steps on one factor. */
export function fitScale({ x, u, ranges, moments, ridge, start, draw }: ScaleProblem): Float64Array {
  const { size } = moments
  const { matrix, penalty } = penalised(moments, ridge)
  if (draw) for (let i = 0; i < matrix.length; i++) matrix[i] = (matrix[i] as number) + weighed(draw, i)
  const lower = choleskyOf(matrix, size)
  const b = Float64Array.from(start)
  for (let step = 0; step < MAX_STEPS; step++) {
    const gradient = scoreOf(b, { x, u, ranges })
    for (let j = 0; j < size; j++) {
      gradient[j] = (gradient[j] as number) / moments.rows / INFORMATION - (penalty[j] as number) * (b[j] as number)
    }
    if (draw) pullBack(gradient, b, draw)
    const delta = solveCholesky(lower, size, gradient)
    let change = 0
    for (let j = 0; j < size; j++) {
      b[j] = (b[j] as number) + (delta[j] as number)
      change += (delta[j] as number) * (gradient[j] as number)
    }
    if (change < TOLERANCE ** 2) break
  }
  return b
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
export function lossOf(b: Float64Array, { x, u }: Pick<ScaleProblem, 'x' | 'u'>, row: number): number {
  const eta = correctionOf(b, x, row)
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

/** Gradient of the log likelihood: the sum over rows of ((ν+1) k / (ν+k) − 1) x with k = (u / exp(x'b))². */
function scoreOf(b: Float64Array, { x, u, ranges }: Pick<ScaleProblem, 'x' | 'u' | 'ranges'>): Float64Array {
  const size = b.length
  const gradient = new Float64Array(size)
  for (let range = 0; range < ranges.length; range += 2) {
    for (let row = ranges[range] as number; row < (ranges[range + 1] as number); row++) {
      const offset = row * size
      let eta = 0
      for (let j = 0; j < size; j++) eta += (b[j] as number) * (x[offset + j] as number)
      const scaled = (u[row] as number) * Math.exp(-eta)
      const k = scaled * scaled
      const weight = ((DEGREES_OF_FREEDOM + 1) * k) / (DEGREES_OF_FREEDOM + k) - 1
      for (let j = 0; j < size; j++) gradient[j] = (gradient[j] as number) + weight * (x[offset + j] as number)
    }
  }
  return gradient
}

/** A forecast is never more than 4.5 times as wide, or as narrow, as the symbol's own level: beyond is an accident. */
const FURTHEST = 1.5

/** x'b for one row: the correction of ln s, within bounds. */
export function correctionOf(b: Float64Array, x: Float32Array, row: number): number {
  const offset = row * b.length
  let eta = 0
  for (let j = 0; j < b.length; j++) eta += (b[j] as number) * (x[offset + j] as number)
  return Math.max(-FURTHEST, Math.min(FURTHEST, eta))
}
