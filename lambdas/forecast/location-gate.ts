/**
 * Where the centre of the distribution lies: as far as signed returns say, and no further than forward validation allows.
 * z, the return in units of its scale, is regressed on twelve signed features under a strong ridge; then the fit is
 * repeated on the past of four later parts of the training dates, and what it would have said of them opens the gate:
 * fully where it held, not at all where it was no better than its own error. In most liquid markets the gate is shut.
 */
import { choleskyOf, solveCholesky } from './cholesky.ts'
import { LEAN_FEATURES } from './lean-features.ts'

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
  /** Signed features, row-major, LEAN_FEATURES a row of the panel. */
  readonly lean: Float32Array
  /** Row of the panel and date of each observation, and its z. */
  readonly rows: Int32Array
  readonly dateOf: Int32Array
  readonly z: Float32Array
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

/** Sums over observations: their number, of z, of F, of F z, and of F F' (lower triangle). */
interface Sums {
  n: number
  z: number
  readonly f: Float64Array
  readonly fz: Float64Array
  readonly ff: Float64Array
}

function emptySums(): Sums {
  return {
    n: 0,
    z: 0,
    f: new Float64Array(LEAN_FEATURES),
    fz: new Float64Array(LEAN_FEATURES),
    ff: new Float64Array(LEAN_FEATURES * LEAN_FEATURES),
  }
}

interface Parts {
  readonly first: number
  readonly dates: number
  readonly sums: readonly Sums[]
}

function partsOf({ lean, rows, dateOf, z }: LocationProblem): Parts | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    const date = dateOf[row] as number
    if (date < first) first = date
    if (date > last) last = date
  }
  const dates = last - first + 1
  if (!(dates >= LEAST_DATES)) return undefined
  const sums = Array.from({ length: PARTS }, emptySums)
  const partOf = (i: number) => partAt((dateOf[rows[i] as number] as number) - first, dates)
  for (let at = 0; at < rows.length; ) {
    const [row, part] = [rows[at] as number, partOf(at)]
    let end = at + 1
    while (end < rows.length && rows[end] === row + end - at && partOf(end) === part) end++
    addRun(sums[part] as Sums, { lean, z }, { at, end, row })
    at = end
  }
  return { first, dates, sums }
}

function partAt(date: number, dates: number): number {
  return Math.floor((PARTS * date) / dates)
}

function clipped(z: number): number {
  return Math.max(-FURTHEST_Z, Math.min(FURTHEST_Z, z))
}

/** Observations of consecutive rows: from `at` up to, not including, `end`, the first of them of `row`. */
interface Run {
  readonly at: number
  readonly end: number
  readonly row: number
}

/** Four observations at a time, so that each sum is loaded and stored a quarter as often. */
function addRun(sums: Sums, { lean, z }: Pick<LocationProblem, 'lean' | 'z'>, { at, end, row }: Run): void {
  sums.n += end - at
  for (let i = at; i < end; i++) sums.z += clipped(z[i] as number)
  const four = new Float64Array(4)
  for (let i = at; i < end; i += 4) {
    const count = Math.min(4, end - i)
    four.fill(0)
    for (let k = 0; k < count; k++) four[k] = clipped(z[i + k] as number)
    const from = (row + i - at) * LEAN_FEATURES
    if (count === 4) addFour(sums, lean, four, from)
    else for (let k = 0; k < count; k++) addOne(sums, lean, four[k] as number, from + k * LEAN_FEATURES)
  }
}

function addFour({ f, fz, ff }: Sums, lean: Float32Array, z: Float64Array, a: number): void {
  const [b, c, d] = [a + LEAN_FEATURES, a + 2 * LEAN_FEATURES, a + 3 * LEAN_FEATURES]
  const [za, zb, zc, zd] = [z[0] as number, z[1] as number, z[2] as number, z[3] as number]
  for (let i = 0; i < LEAN_FEATURES; i++) {
    const [ai, bi] = [lean[a + i] as number, lean[b + i] as number]
    const [ci, di] = [lean[c + i] as number, lean[d + i] as number]
    f[i] = (f[i] as number) + ai + bi + ci + di
    fz[i] = (fz[i] as number) + ai * za + bi * zb + ci * zc + di * zd
    for (let j = 0; j <= i; j++) {
      const at = i * LEAN_FEATURES + j
      ff[at] =
        (ff[at] as number) +
        ai * (lean[a + j] as number) +
        bi * (lean[b + j] as number) +
        ci * (lean[c + j] as number) +
        di * (lean[d + j] as number)
    }
  }
}

function addOne({ f, fz, ff }: Sums, lean: Float32Array, z: number, from: number): void {
  for (let i = 0; i < LEAN_FEATURES; i++) {
    const value = lean[from + i] as number
    f[i] = (f[i] as number) + value
    fz[i] = (fz[i] as number) + value * z
    for (let j = 0; j <= i; j++) {
      const at = i * LEAN_FEATURES + j
      ff[at] = (ff[at] as number) + value * (lean[from + j] as number)
    }
  }
}

function addedUp(parts: readonly Sums[]): Sums {
  const total = emptySums()
  for (const { n, z, f, fz, ff } of parts) {
    total.n += n
    total.z += z
    for (const [sum, values] of [
      [total.f, f],
      [total.fz, fz],
      [total.ff, ff],
    ] as const) {
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number)
    }
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

function solve({ n, z, f, fz, ff }: Sums, dates: number, horizon: number): Solution {
  const size = LEAN_FEATURES
  const mean = f.map((sum) => sum / n)
  const meanZ = z / n
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] = (ff[i * size + j] as number) / n - (mean[i] as number) * (mean[j] as number)
    }
    const variance = Math.max(0, matrix[i * size + i] as number)
    matrix[i * size + i] = variance + ((variance + LEAST_VARIANCE) * RIDGE_DATES * horizon) / dates
    right[i] = (fz[i] as number) / n - (mean[i] as number) * meanZ
  }
  return { coefficients: solveCholesky(choleskyOf(matrix, size), size, right), mean, meanZ }
}

/** How far the fits to the earlier parts held in the later ones: (Σp z − its error) / Σp², within 0 and 1. */
function gateOf({ lean, rows, dateOf, z, horizon }: LocationProblem, { first, dates, sums }: Parts): number {
  const fits = sums.map((_, part) => {
    if (part === 0) return undefined
    const before = addedUp(sums.slice(0, part))
    if (before.n === 0) return undefined
    const solution = solve(before, Math.floor((dates * part) / PARTS), horizon)
    return { ...solution, offset: dot(solution.coefficients, solution.mean, 0) }
  })
  const byBlock = new Float64Array(Math.ceil(dates / horizon))
  let squares = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const date = (dateOf[row] as number) - first
    const part = partAt(date, dates)
    const fit = fits[part]
    // Outcomes of a part's last dates lie in the next part: a horizon is left out between what is learnt and forecast.
    if (!fit || date < Math.ceil((dates * part) / PARTS) + horizon) continue
    const said = dot(fit.coefficients, lean, row * LEAN_FEATURES) - fit.offset
    squares += said * said
    const block = Math.floor(date / horizon)
    byBlock[block] = (byBlock[block] as number) + said * (clipped(z[i] as number) - fit.meanZ)
  }
  const held = byBlock.reduce((sum, value) => sum + value, 0)
  const error = Math.sqrt(byBlock.reduce((sum, value) => sum + value * value, 0))
  return squares > 0 ? Math.max(0, Math.min(1, (held - error) / squares)) : 0
}
