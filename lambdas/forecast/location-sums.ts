/** What a fit of a location sees of the rows whose outcome is known: sums by date, so that rows are read once. */
import { LEAN_FEATURES } from './lean-features.ts'
import { addLeanRow, firstMoments, LEAN_SIZE, type LeanMoments, sumsBetween } from './lean-moments.ts'
import type { RowRanges } from './scale-regression.ts'

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

/** Sums over observations: the moments of their features with a 1 before them, and the same features times z. */
export interface LocationSums {
  readonly moments: Float64Array
  readonly fz: Float64Array
}

/** The same by date, LEAN_SIZE each; of the moments only those with the 1. */
export interface SumsByDate {
  readonly f: Float64Array
  readonly fz: Float64Array
}

const FURTHEST_Z = 4

export function sumsByDate(problem: LocationProblem): SumsByDate {
  const { moments, known, open, z } = problem
  const f = firstMoments(moments)
  for (const row of rowsOf(open)) addTimes(f, moments, row, -1)
  const fz = new Float64Array(f.length)
  let at = 0
  for (let range = 0; range < known.length; range += 2) {
    for (let row = known[range] as number; row < (known[range + 1] as number); row++) {
      addTimes(fz, moments, row, Math.max(-FURTHEST_Z, Math.min(FURTHEST_Z, z[at++] as number)))
    }
  }
  return { f, fz }
}

function addTimes(sums: Float64Array, { lean, dateOf }: LeanMoments, row: number, times: number): void {
  const to = (dateOf[row] as number) * LEAN_SIZE
  const from = row * LEAN_FEATURES
  sums[to] = (sums[to] as number) + times
  for (let j = 0; j < LEAN_FEATURES; j++) {
    sums[to + 1 + j] = (sums[to + 1 + j] as number) + times * (lean[from + j] as number)
  }
}

function* rowsOf(ranges: RowRanges): Generator<number> {
  for (let range = 0; range < ranges.length; range += 2) {
    for (let row = ranges[range] as number; row < (ranges[range + 1] as number); row++) yield row
  }
}

/** The sums over the dates from `from` up to, not including, `to`. */
export function sumsOver(
  { moments, open }: LocationProblem,
  { fz }: SumsByDate,
  { from, to }: { readonly from: number; readonly to: number },
): LocationSums {
  const sums = { moments: sumsBetween(moments, from, to), fz: new Float64Array(LEAN_SIZE) }
  // The moments by date are of all rows; the few without an outcome are taken out.
  for (const row of rowsOf(open)) {
    const date = moments.dateOf[row] as number
    if (date >= from && date < to) addLeanRow(sums.moments, moments, row, -1)
  }
  for (let date = from; date < to; date++) {
    for (let i = 0; i < LEAN_SIZE; i++) sums.fz[i] = (sums.fz[i] as number) + (fz[date * LEAN_SIZE + i] as number)
  }
  return sums
}
