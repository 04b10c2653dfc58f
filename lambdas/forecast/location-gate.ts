/**
 * Where the centre of the distribution lies: as far as signed returns say, and no further than forward validation allows.
 * z, the return in units of its scale, is regressed on twelve signed features under a strong ridge; then the fit is
 * repeated on the past of four later parts of the training dates, and what it would have said of them opens the gate:
 * fully where it held, not at all where it was no better than its own error. In most liquid markets the gate is shut.
 */
import { choleskyOf, solveCholesky } from './cholesky.ts'
import { LEAN_FEATURES } from './lean-features.ts'
import { cellOf, LEAN_SIZE } from './lean-moments.ts'
import { type LocationProblem, type LocationSums, type SumsByDate, sumsByDate, sumsOver } from './location-sums.ts'

export interface Location {
  /** From 0, the direction is not forecast, to 1. */
  readonly gate: number
  /** Of the signed features, to the shift of z; all 0 where the gate is shut. */
  readonly coefficients: Float64Array
  /** What the same give for the mean features, so that the mean shift is 0. */
  readonly offset: number
}

export const SHUT: Location = { gate: 0, coefficients: new Float64Array(LEAN_FEATURES), offset: 0 }

/** A gate needs a year before its first part, or the parts say nothing. */
const LEAST_DATES = 250
/** The first part is only learnt from, the others are forecast in turn. */
const PARTS = 5

export function fitLocation(problem: LocationProblem): Location {
  const parts = partsOf(problem)
  if (parts === undefined) return SHUT
  const gate = gateOf(problem, parts)
  if (gate === 0) return SHUT
  const { coefficients, mean } = solve(addedUp(parts.sums), parts.dates, problem.horizon)
  const open = coefficients.map((value) => value * gate)
  return { gate, coefficients: open, offset: dot(open, mean, 0) }
}

/** The shift of z for one row of the panel. */
export function shiftOf({ gate, coefficients, offset }: Location, lean: Float32Array, row: number): number {
  return gate === 0 ? 0 : dot(coefficients, lean, row * LEAN_FEATURES) - offset
}

function dot(coefficients: Float64Array, values: Float32Array | Float64Array, from: number): number {
  let sum = 0
  for (let j = 0; j < coefficients.length; j++) sum += (coefficients[j] as number) * (values[from + j] as number)
  return sum
}

interface Parts {
  /** The first date of each part, and the one after the last part's. */
  readonly bounds: readonly number[]
  readonly dates: number
  readonly sums: readonly LocationSums[]
  readonly byDate: SumsByDate
}

function partsOf(problem: LocationProblem): Parts | undefined {
  const { first, last } = datesOf(problem)
  const dates = last - first + 1
  if (!(dates >= LEAST_DATES)) return undefined
  const bounds = Array.from({ length: PARTS + 1 }, (_, part) => first + Math.ceil((dates * part) / PARTS))
  const byDate = sumsByDate(problem)
  const sums = bounds.slice(1).map((to, part) => sumsOver(problem, byDate, { from: bounds[part] as number, to }))
  return { bounds, dates, sums, byDate }
}

function datesOf({ moments: { dateOf }, known }: LocationProblem) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let range = 0; range < known.length; range += 2) {
    first = Math.min(first, dateOf[known[range] as number] as number)
    last = Math.max(last, dateOf[(known[range + 1] as number) - 1] as number)
  }
  return { first, last }
}

function addedUp(parts: readonly LocationSums[]): LocationSums {
  const [first, ...others] = parts as [LocationSums, ...LocationSums[]]
  const total = { moments: first.moments.slice(), fz: first.fz.slice() }
  for (const { moments, fz } of others) {
    for (let i = 0; i < moments.length; i++) total.moments[i] = (total.moments[i] as number) + (moments[i] as number)
    for (let i = 0; i < fz.length; i++) total.fz[i] = (total.fz[i] as number) + (fz[i] as number)
  }
  return total
}

/** Ridge of 100 h bars over the dates, as for the scale: overlapping returns hold h times less. */
const RIDGE_DATES = 100
const LEAST_VARIANCE = 0.02

interface Solution {
  readonly coefficients: Float64Array
  readonly mean: Float64Array
  readonly meanZ: number
}

function countOf({ moments }: LocationSums): number {
  return moments[0] as number
}

function solve(sums: LocationSums, dates: number, horizon: number): Solution {
  const size = LEAN_FEATURES
  const n = countOf(sums)
  const meanOf = (i: number, j: number) => (sums.moments[cellOf(i, j)] as number) / n
  const mean = Float64Array.from({ length: size }, (_, i) => meanOf(i + 1, 0))
  const meanZ = (sums.fz[0] as number) / n
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = meanOf(i + 1, j + 1) - (mean[i] as number) * (mean[j] as number)
    }
    const variance = Math.max(0, matrix[i * size + i] as number)
    matrix[i * size + i] = variance + ((variance + LEAST_VARIANCE) * RIDGE_DATES * horizon) / dates
    right[i] = (sums.fz[i + 1] as number) / n - (mean[i] as number) * meanZ
  }
  return { coefficients: solveCholesky(choleskyOf(matrix, size), size, right), mean, meanZ }
}

/** How far the fits to the earlier parts held in the later ones: (Σp z − its error) / Σp², within 0 and 1. */
function gateOf(problem: LocationProblem, { bounds, dates, sums, byDate }: Parts): number {
  const { horizon } = problem
  const first = bounds[0] as number
  const byBlock = new Float64Array(Math.ceil(dates / horizon))
  let squares = 0
  for (let part = 1; part < PARTS; part++) {
    const before = addedUp(sums.slice(0, part))
    // Outcomes of a part's last dates lie in the next part: a horizon is left out between what is learnt and forecast.
    const [from, to] = [(bounds[part] as number) + horizon, bounds[part + 1] as number]
    if (countOf(before) === 0 || from >= to) continue
    const { coefficients, mean, meanZ } = solve(before, Math.floor((dates * part) / PARTS), horizon)
    const said = Float64Array.of(-dot(coefficients, mean, 0), ...coefficients)
    squares += squareOf(said, sumsOver(problem, byDate, { from, to }).moments)
    for (let date = from; date < to; date++) {
      const block = Math.floor((date - first) / horizon)
      const held = dot(said, byDate.fz, date * LEAN_SIZE) - meanZ * dot(said, byDate.f, date * LEAN_SIZE)
      byBlock[block] = (byBlock[block] as number) + held
    }
  }
  const held = byBlock.reduce((sum, value) => sum + value, 0)
  const error = Math.sqrt(byBlock.reduce((sum, value) => sum + value * value, 0))
  return squares > 0 ? Math.max(0, Math.min(1, (held - error) / squares)) : 0
}

/** The sum of the squares of what is said of rows, from their moments. */
function squareOf(said: Float64Array, moments: Float64Array): number {
  let sum = 0
  for (let i = 0; i < said.length; i++) {
    for (let j = 0; j <= i; j++) {
      const product = (said[i] as number) * (said[j] as number) * (moments[cellOf(i, j)] as number)
      sum += i === j ? product : 2 * product
    }
  }
  return sum
}
