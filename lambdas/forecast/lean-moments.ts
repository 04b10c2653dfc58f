/**
 * Second moments of the signed features by date: what every fit of a location needs, whatever return it is fitted to.
 * They are summed once a panel, as running sums, so that a fit has those of any span of dates by one subtraction.
 */
import { LEAN_FEATURES } from './lean-features.ts'
import type { RowRanges } from './scale-regression.ts'

/** The features with a 1 before them: so the number of rows and the sums of F are second moments as well. */
export const LEAN_SIZE = LEAN_FEATURES + 1
/** The lower triangle, row by row. */
const CELLS = (LEAN_SIZE * (LEAN_SIZE + 1)) / 2

export interface LeanRows {
  /** Row-major, LEAN_FEATURES a row. */
  readonly lean: Float32Array
  /** The date of each row as an index; within a range of rows they ascend. */
  readonly dateOf: Int32Array
}

export interface LeanMoments extends LeanRows {
  /** CELLS a date: over the rows of all dates before it. One entry more than there are dates. */
  readonly before: Float64Array
  readonly dates: number
}

/** The moments of the rows of some ranges, which lie on so many dates. */
export function leanMomentsOf({ lean, dateOf }: LeanRows, ranges: RowRanges, dates: number): LeanMoments {
  const before = new Float64Array((dates + 1) * CELLS)
  const values = new Float64Array(LEAN_SIZE)
  for (let range = 0; range < ranges.length; range += 2) {
    for (let row = ranges[range] as number; row < (ranges[range + 1] as number); row++) {
      addRow(before, ((dateOf[row] as number) + 1) * CELLS, rowInto(values, lean, row), 1)
    }
  }
  for (let i = CELLS; i < before.length; i++) before[i] = (before[i] as number) + (before[i - CELLS] as number)
  return { lean, dateOf, before, dates }
}

/** The sums over the rows from date `from` up to, not including, date `to`, in the order of `cellOf`. */
export function sumsBetween({ before }: LeanMoments, from: number, to: number): Float64Array {
  const sums = before.slice(to * CELLS, (to + 1) * CELLS)
  for (let i = 0; i < CELLS; i++) sums[i] = (sums[i] as number) - (before[from * CELLS + i] as number)
  return sums
}

/** The number of rows and the sums of their features by date, LEAN_SIZE each. */
export function firstMoments({ before, dates }: LeanMoments): Float64Array {
  const first = new Float64Array(dates * LEAN_SIZE)
  for (let date = 0; date < dates; date++) {
    for (let i = 0; i < LEAN_SIZE; i++) {
      const at = date * CELLS + cellOf(i, 0)
      first[date * LEAN_SIZE + i] = (before[at + CELLS] as number) - (before[at] as number)
    }
  }
  return first
}

/** Where the sum of the i-th times the j-th value stands, j ≤ i; the 1 comes first. */
export function cellOf(i: number, j: number): number {
  return (i * (i + 1)) / 2 + j
}

/** Adds one row to sums so many times: −1 takes it out. */
export function addLeanRow(sums: Float64Array, { lean }: LeanRows, row: number, times: number): void {
  addRow(sums, 0, rowInto(new Float64Array(LEAN_SIZE), lean, row), times)
}

function rowInto(values: Float64Array, lean: Float32Array, row: number): Float64Array {
  values[0] = 1
  for (let j = 0; j < LEAN_FEATURES; j++) values[j + 1] = lean[row * LEAN_FEATURES + j] as number
  return values
}

function addRow(sums: Float64Array, from: number, values: Float64Array, times: number): void {
  let at = from
  for (let i = 0; i < LEAN_SIZE; i++) {
    const value = times * (values[i] as number)
    for (let j = 0; j <= i; j++) {
      sums[at] = (sums[at] as number) + value * (values[j] as number)
      at++
    }
  }
}
