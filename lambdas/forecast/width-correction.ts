/**
 * Online width correction, adaptive conformal inference (Gibbs & Candès 2021): every interval that missed widens the
 * next ones a little, every hit narrows them less, so that coverage comes out right in the long run whatever the model
 * got wrong. One correction a symbol and one for all symbols together, per horizon and interval, moved every day by
 * the forecasts whose outcome that day made known.
 */
import { HORIZONS, INTERVALS, LONGEST_HORIZON, MEDIAN } from './horizons.ts'
import type { HorizonModel } from './model.ts'

/** One cell a horizon and interval. */
const CELLS = HORIZONS.length * INTERVALS.length

/** Change of the log width a day: the symbol's own correction, and the shared one; tuned in docs/forecasts.md. */
export interface Gains {
  readonly own: number
  readonly pooled: number
}

export const GAINS: Gains = { own: 0.001, pooled: 0.002 }

/** Log widths, and the bounds of the forecasts whose outcome is not known yet. */
export interface Widths {
  /** CELLS a symbol. */
  readonly own: Float64Array
  readonly pooled: Float64Array
  /** A ring of bars a symbol; in each, lower and upper bound a cell. */
  readonly open: Float64Array
}

const RING = LONGEST_HORIZON + 1

export function emptyWidths(symbols: number): Widths {
  return {
    own: new Float64Array(symbols * CELLS),
    pooled: new Float64Array(CELLS),
    open: new Float64Array(symbols * RING * CELLS * 2).fill(Number.NaN),
  }
}

/** The log widths of symbol s, one a horizon and interval; a millionth is far below what they know. */
export function ownWidths({ own }: Widths, s: number): readonly number[] {
  return Array.from(own.subarray(s * CELLS, (s + 1) * CELLS), (width) => Math.round(width * 1e6) / 1e6)
}

/** The state of a symbols list from log widths that were learnt before; an unknown symbol starts with the shared ones. */
export function widthsOf(
  symbols: readonly string[],
  { pooled, own }: { readonly pooled: readonly number[]; readonly own: ReadonlyMap<string, readonly number[]> },
): Widths {
  const widths = emptyWidths(symbols.length)
  widths.pooled.set(pooled)
  for (const [s, symbol] of symbols.entries()) widths.own.set(own.get(symbol) ?? [], s * CELLS)
  return widths
}

/** Where a forecast stands: symbol, bar of the symbol, horizon, all as indexes. */
export interface Place {
  readonly s: number
  readonly bar: number
  readonly k: number
}

/**
 * Writes the nine quantiles of a return with this spread, each interval as wide as it has proved to need to be, and
 * opens the forecast: its outcome will move the widths.
 */
export function widenInto(
  quantiles: Float64Array,
  { z }: HorizonModel,
  { scale, shift }: Spread,
  { widths, at }: Widening,
): void {
  const median = ((z[MEDIAN] as number) + shift) * scale
  quantiles[MEDIAN] = median
  let [innerLow, innerHigh] = [median, median]
  for (let i = 0; i < INTERVALS.length; i++) {
    const { lower, upper } = INTERVALS[i] as (typeof INTERVALS)[number]
    const cell = at.k * INTERVALS.length + i
    const factor = Math.exp((widths.own[at.s * CELLS + cell] as number) + (widths.pooled[cell] as number))
    // Intervals are corrected apart from each other; an outer one never ends inside an inner one.
    innerLow = Math.min(innerLow, median + ((z[lower] as number) - (z[MEDIAN] as number)) * scale * factor)
    innerHigh = Math.max(innerHigh, median + ((z[upper] as number) - (z[MEDIAN] as number)) * scale * factor)
    quantiles[lower] = innerLow
    quantiles[upper] = innerHigh
    const slot = slotOf(at.s, at.bar, cell)
    widths.open[slot] = innerLow
    widths.open[slot + 1] = innerHigh
  }
}

/** How wide the distribution of a return is, and how far its centre lies from the pool's, in units of that. */
export interface Spread {
  readonly scale: number
  readonly shift: number
}

interface Widening {
  readonly widths: Widths
  readonly at: Place
}

function slotOf(s: number, bar: number, cell: number): number {
  return ((s * RING + (bar % RING)) * CELLS + cell) * 2
}

/** The misses of one day, gathered over the symbols, then shared. */
export interface DayOfMisses {
  readonly surprise: Float64Array
  readonly count: Float64Array
}

export function dayOfMisses(): DayOfMisses {
  return { surprise: new Float64Array(CELLS), count: new Float64Array(CELLS) }
}

/** Takes in the outcome `y` of the forecast that was made at a place. */
export function settle(
  { own, open }: Widths,
  gains: Gains,
  y: number,
  { at, day }: { at: Place; day: DayOfMisses },
): void {
  for (let i = 0; i < INTERVALS.length; i++) {
    const cell = at.k * INTERVALS.length + i
    const slot = slotOf(at.s, at.bar, cell)
    const lower = open[slot] as number
    if (Number.isNaN(lower)) continue
    const missed = y < lower || y > (open[slot + 1] as number) ? 1 : 0
    const surprise = missed - (1 - (INTERVALS[i] as (typeof INTERVALS)[number]).coverage)
    own[at.s * CELLS + cell] = (own[at.s * CELLS + cell] as number) + gains.own * surprise
    day.surprise[cell] = (day.surprise[cell] as number) + surprise
    day.count[cell] = (day.count[cell] as number) + 1
  }
}

/** Moves the shared correction by the day's mean surprise. */
export function shareMisses({ pooled }: Widths, gains: Gains, { surprise, count }: DayOfMisses): void {
  for (let cell = 0; cell < CELLS; cell++) {
    if ((count[cell] as number) === 0) continue
    pooled[cell] = (pooled[cell] as number) + (gains.pooled * (surprise[cell] as number)) / (count[cell] as number)
  }
}
