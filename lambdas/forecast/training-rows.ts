/** What a fit learns from: the rows whose outcome is known by a date, and their returns in units of the base scale. */
import type { Panel } from './panel.ts'
import type { RowRanges } from './scale-regression.ts'

/** A symbol's bars before its first training row: with fewer, its own variance says nothing yet. */
export const MIN_HISTORY = 22

/**
 * Ridge of h bars over training dates and rows: 60 h / dates + 400 h / rows. Overlapping returns hold h times less
 * information; symbols of one date move together, so the dates count; where symbols are few, the rows do.
 */
const RIDGE_DATES = 60
const RIDGE_ROWS = 400

export function ridgeOf(horizon: number, { dates, rows }: { readonly dates: number; readonly rows: number }): number {
  return horizon * (RIDGE_DATES / dates + RIDGE_ROWS / rows)
}

/** Returns over a horizon in units of the base scale; NaN where the outcome lies past the symbol's end. */
export function scaledReturns(panel: Panel, base: Float64Array, horizon: number): Float32Array {
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

/** The rows whose outcome is known where each symbol's history ends at `ends`, and was not where it ended at `before`. */
export function trainingRanges(
  panel: Panel,
  ends: Int32Array,
  horizon: number,
  before: Int32Array = panel.starts,
): RowRanges {
  const ranges: number[] = []
  for (let s = 0; s < ends.length; s++) {
    const from = Math.max((panel.starts[s] as number) + MIN_HISTORY, (before[s] as number) - horizon)
    const to = (ends[s] as number) - horizon
    if (to > from) ranges.push(from, to)
  }
  return Int32Array.from(ranges)
}

/** The rows of each symbol up to `ends` whose outcome is not known there. */
export function openRanges(panel: Panel, ends: Int32Array, horizon: number): RowRanges {
  const ranges: number[] = []
  for (let s = 0; s < ends.length; s++) {
    const to = ends[s] as number
    const from = Math.max((panel.starts[s] as number) + MIN_HISTORY, to - horizon)
    if (to > from) ranges.push(from, to)
  }
  return Int32Array.from(ranges)
}

export function rowsIn(ranges: RowRanges): number {
  let rows = 0
  for (let range = 0; range < ranges.length; range += 2) {
    rows += (ranges[range + 1] as number) - (ranges[range] as number)
  }
  return rows
}
