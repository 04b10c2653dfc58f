/**
 * Where the centre of the distribution lies: as far as signed returns say, and no further than forward validation allows.
 * z, the return in units of its scale, is regressed on twelve signed features under a strong ridge; then the fit is
 * repeated on the past of four later parts of the training dates, and what it would have said of them opens the gate:
 * fully where it held, not at all where it was no better than its own error. In most liquid markets the gate is shut.
 */
import { choleskyOf, solveCholesky } from './cholesky.ts'
import { LEAN_FEATURES } from './lean-features.ts'
import { addLeanRow, cellOf, LEAN_SIZE, type LeanMoments, sumsBetween } from './lean-moments.ts'
import type { RowRanges } from './scale-regression.ts'

export interface Location {
  /** From 0, the direction is not forecast, to 1. */
  readonly gate: number
  /** Of the signed features, to the shift of z; all 0 where the gate is shut. */
  readonly coefficients: Float64Array
  /** What the same give for the mean features, so that the mean shift is 0. */
  readonly offset: number
}

export const SHUT: Location = { gate: 0, coefficients: new Float64Array(LEAN_FEATURES), offset: 0 }

export interface LocationProblem {
  /** Of the rows of `known` and `open`, and perhaps of later ones. */
  readonly moments: LeanMoments
  /** The rows to learn from, and the z of each, one range after the other. */
  readonly known: RowRanges
  readonly z: Float32Array
  /** The rows whose outcome is not known yet. */
  readonly open: RowRanges
  readonly horizon: number
}

/** A gate needs a year before its first part, or the parts say nothing. */
const LEAST_DATES = 250
/** The first part is only learnt from, the others are forecast in turn. */
const PARTS = 5
const FURTHEST_Z = 4

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

/** Sums over observations: the moments of their features with a 1 before them, and the same features times z. */
interface Sums {
  readonly moments: Float64Array
  readonly fz: Float64Array
}

interface Parts {
  /** The first date of each part, and the one after the last part's. */
  readonly bounds: readonly number[]
  readonly dates: number
  readonly sums: readonly Sums[]
  readonly runs: readonly Run[]
}

function partsOf(problem: LocationProblem): Parts | undefined {
  const { moments, z } = problem
  const { first, last } = datesOf(problem)
  const dates = last - first + 1
  if (!(dates >= LEAST_DATES)) return undefined
  const bounds = Array.from({ length: PARTS + 1 }, (_, part) => first + Math.ceil((dates * part) / PARTS))
  const sums = bounds.slice(1).map((end, part) => ({
    moments: sumsBetween(moments, bounds[part] as number, end),
    fz: new Float64Array(LEAN_SIZE),
  }))
  takeOutOpen(problem, bounds, sums)
  const runs = runsOf(problem, bounds)
  for (const run of runs) addRun((sums[run.part] as Sums).fz, moments.lean, z, run)
  return { bounds, dates, sums, runs }
}

function datesOf({ moments: { dateOf }, known }: LocationProblem) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let range = 0; range < known.length; range += 2) {
    first = Math.min(first, dateOf[known[range] as number] as number)
    last = Math.max(last, dateOf[(known[range + 1] as number) - 1] as number)
  }
  return { first, last }
}

/** The sums by date are over all rows; the few without an outcome are taken out of the part that they are of. */
function takeOutOpen({ moments, open }: LocationProblem, bounds: readonly number[], sums: readonly Sums[]): void {
  for (let range = 0; range < open.length; range += 2) {
    for (let row = open[range] as number; row < (open[range + 1] as number); row++) {
      const date = moments.dateOf[row] as number
      const part = date < (bounds[0] as number) ? undefined : sums[bounds.findIndex((bound) => date < bound) - 1]
      if (part) addLeanRow(part.moments, moments, row, -1)
    }
  }
}

/** Consecutive rows of one part: from `row` up to, not including, `end`; the z of the first stands at `at`. */
interface Run {
  readonly part: number
  readonly row: number
  readonly end: number
  readonly at: number
}

function runsOf({ moments: { dateOf }, known }: LocationProblem, bounds: readonly number[]): Run[] {
  const runs: Run[] = []
  let at = 0
  for (let range = 0; range < known.length; range += 2) {
    const to = known[range + 1] as number
    let row = known[range] as number
    for (let part = 0; row < to; part++) {
      let end = row
      while (end < to && (dateOf[end] as number) < (bounds[part + 1] as number)) end++
      if (end > row) runs.push({ part, row, end, at })
      at += end - row
      row = end
    }
  }
  return runs
}

function clipped(z: number): number {
  return Math.max(-FURTHEST_Z, Math.min(FURTHEST_Z, z))
}

function addRun(fz: Float64Array, lean: Float32Array, z: Float32Array, { row, end, at }: Run): void {
  for (let i = 0; i < end - row; i++) {
    const value = clipped(z[at + i] as number)
    const from = (row + i) * LEAN_FEATURES
    fz[0] = (fz[0] as number) + value
    for (let j = 0; j < LEAN_FEATURES; j++) fz[j + 1] = (fz[j + 1] as number) + value * (lean[from + j] as number)
  }
}

function addedUp(parts: readonly Sums[]): Sums {
  const [first, ...others] = parts as [Sums, ...Sums[]]
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

function countOf({ moments }: Sums): number {
  return moments[0] as number
}

function solve(sums: Sums, dates: number, horizon: number): Solution {
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
function gateOf(
  { moments: { lean, dateOf }, z, horizon }: LocationProblem,
  { bounds, dates, sums, runs }: Parts,
): number {
  const fits = sums.map((_, part) => {
    if (part === 0) return undefined
    const before = addedUp(sums.slice(0, part))
    if (countOf(before) === 0) return undefined
    const solution = solve(before, Math.floor((dates * part) / PARTS), horizon)
    return { ...solution, offset: dot(solution.coefficients, solution.mean, 0) }
  })
  const first = bounds[0] as number
  const byBlock = new Float64Array(Math.ceil(dates / horizon))
  let squares = 0
  for (const { part, row, end, at } of runs) {
    const fit = fits[part]
    if (!fit) continue
    // Outcomes of a part's last dates lie in the next part: a horizon is left out between what is learnt and forecast.
    const from = (bounds[part] as number) + horizon
    for (let i = row; i < end; i++) {
      const date = dateOf[i] as number
      if (date < from) continue
      const said = dot(fit.coefficients, lean, i * LEAN_FEATURES) - fit.offset
      squares += said * said
      const block = Math.floor((date - first) / horizon)
      byBlock[block] = (byBlock[block] as number) + said * (clipped(z[at + i - row] as number) - fit.meanZ)
    }
  }
  const held = byBlock.reduce((sum, value) => sum + value, 0)
  const error = Math.sqrt(byBlock.reduce((sum, value) => sum + value * value, 0))
  return squares > 0 ? Math.max(0, Math.min(1, (held - error) / squares)) : 0
}
