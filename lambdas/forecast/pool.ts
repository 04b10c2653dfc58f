/** What all fits to one panel share. It grows with the dates that are fitted: fits of later dates come after those of earlier ones. */
import { type Features, featuresOf } from './features.ts'
import { HORIZONS } from './horizons.ts'
import { type LeanMoments, leanMomentsOf } from './lean-moments.ts'
import type { Moments } from './moments.ts'
import { endsAt, type Panel } from './panel.ts'
import { addTableRows, emptyTableMoments, type TableMoments, wholeMoments } from './table-moments.ts'
import { MIN_HISTORY, scaledReturns, trainingRanges } from './training-rows.ts'

export interface Pool {
  readonly panel: Panel
  readonly features: Features
  /** By horizon: returns in units of the base scale. */
  readonly u: readonly Float32Array[]
  readonly lean: LeanMoments
  /** Up to the date of a fit. */
  readonly past: PastMoments
  /** Up to where the tests of the prior begin, by test. */
  readonly tested: readonly PastMoments[]
}

/** Where a fit ends and the test of the prior on it begins, as shares of the dates; and where the last test ends. */
export const CUTS = [0.5, 0.75, 1] as const

export function poolOf(panel: Panel, features: Features = featuresOf(panel)): Pool {
  const rows = trainingRanges(panel, panel.starts.subarray(1), 0)
  return {
    panel,
    features,
    u: HORIZONS.map((horizon) => scaledReturns(panel, features.base, horizon)),
    lean: leanMomentsOf({ lean: features.lean, dateOf: panel.dateOf }, rows, panel.dates.length),
    past: nothingOf(panel),
    tested: CUTS.slice(1).map(() => nothingOf(panel)),
  }
}

/** Moments of all training rows up to a date. */
export interface PastMoments {
  readonly parts: TableMoments
  /** By symbol: the first row that is still to be added. */
  readonly next: Int32Array
  lastDate: number
}

function nothingOf({ starts }: Panel): PastMoments {
  return {
    parts: emptyTableMoments(),
    next: starts.slice(0, -1).map((start) => start + MIN_HISTORY),
    lastDate: -1,
  }
}

/** Adds the rows up to a date, which must not lie before the one that they reach already. */
export function growTo(past: PastMoments, lastDate: number, { panel, features }: Pool): Moments {
  if (lastDate < past.lastDate) {
    throw new RangeError(`A pool that has grown to date ${past.lastDate} cannot be fitted as of ${lastDate}.`)
  }
  const ranges: number[] = []
  for (const [s, end] of endsAt(panel, lastDate).entries()) {
    const from = past.next[s] as number
    if (end <= from) continue
    ranges.push(from, end)
    past.next[s] = end
  }
  addTableRows(past.parts, features.x, Int32Array.from(ranges), { from: past.lastDate + 1, to: lastDate + 1 })
  past.lastDate = lastDate
  return wholeMoments(past.parts)
}
