/**
 * What happened to many symbols at once: for every past date each symbol's return over a horizon in units of the scale
 * that the model gave it then. Filtered historical simulation (Barone-Adesi, Giannopoulos & Vosper 1999) puts today's
 * scales under these dates, so that each date is a scenario in which the symbols move together as they did.
 */
import { correctionOf, effectsOf } from './effects.ts'
import type { Features } from './features.ts'
import { HORIZONS } from './horizons.ts'
import { shiftOf } from './location-gate.ts'
import type { HorizonModel } from './model.ts'
import { endsAt, type Panel } from './panel.ts'
import { MIN_HISTORY } from './training-rows.ts'

/** Four years: long enough for a loss that comes once in a hundred days, short enough to be of this market. */
export const HISTORY_DATES = 1000
/** With fewer dates of its own a symbol's residuals say too little about it. */
const LEAST_DATES = 60

export interface JointHistory {
  readonly horizon: number
  readonly symbols: readonly string[]
  readonly dates: number
  /** Index of the first of them into the panel's dates. */
  readonly firstDate: number
  /** By symbol, then date. */
  readonly residuals: Float32Array
  /** Of each symbol at its last bar: the scale of its return over the horizon; NaN where it has no history. */
  readonly scales: Float64Array
  readonly shifts: Float64Array
  /** How many dates of each symbol were filled in, by the date on which the market had moved most alike. */
  readonly filled: Int32Array
}

/** What a model says of every row: the scale of the return over a horizon, and how far its centre leans. */
export interface RowScales {
  readonly horizon: number
  readonly scale: Float32Array
  readonly shift: Float32Array
}

export function rowScalesOf(panel: Panel, features: Features, k: number, model: HorizonModel): RowScales {
  const horizon = HORIZONS[k] as number
  const root = Math.sqrt(horizon)
  const effects = effectsOf(model.coefficients, features.x)
  const scale = new Float32Array(panel.day.length)
  const shift = new Float32Array(panel.day.length)
  for (let row = 0; row < scale.length; row++) {
    const correction = correctionOf(effects, features.x, row)
    scale[row] = Math.exp((features.base[row] as number) / 2 + correction) * root
    shift[row] = shiftOf(model.location, features.lean, row)
  }
  return { horizon, scale, shift }
}

/** The joint history up to and with a date (an index into the panel's dates); nothing after it is looked at. */
export function jointHistoryOf(panel: Panel, { horizon, scale, shift }: RowScales, lastDate: number): JointHistory {
  const ends = endsAt(panel, lastDate)
  const from = Math.max(firstResidual(panel), lastDate + 1 - horizon - HISTORY_DATES)
  const dates = Math.max(0, lastDate + 1 - horizon - from)
  const residuals = new Float32Array(panel.symbols.length * dates).fill(Number.NaN)
  const scales = new Float64Array(panel.symbols.length).fill(Number.NaN)
  const shifts = new Float64Array(panel.symbols.length)
  for (let s = 0; s < panel.symbols.length; s++) {
    const end = ends[s] as number
    for (let row = (panel.starts[s] as number) + MIN_HISTORY; row + horizon < end; row++) {
      const date = (panel.dateOf[row] as number) - from
      if (date < 0 || date >= dates) continue
      const y = (panel.logPrice[row + horizon] as number) - (panel.logPrice[row] as number)
      residuals[s * dates + date] = y / (scale[row] as number) - (shift[row] as number)
    }
    if (end - (panel.starts[s] as number) > MIN_HISTORY) {
      scales[s] = scale[end - 1] as number
      shifts[s] = shift[end - 1] as number
    }
  }
  const filled = fillHoles(residuals, panel.symbols.length, dates)
  return { horizon, symbols: panel.symbols, dates, firstDate: from, residuals, scales, shifts, filled }
}

/** The first date that any symbol has a residual of; scenarios of earlier ones would all be invented. */
function firstResidual({ starts, dateOf }: Panel): number {
  const firsts = Array.from(starts.subarray(0, -1), (start, s) => {
    const row = start + MIN_HISTORY
    return row < (starts[s + 1] as number) ? (dateOf[row] as number) : Number.POSITIVE_INFINITY
  })
  return Math.min(...firsts)
}

/** A symbol's missing date takes the residual of its date on which the market moved most alike. */
function fillHoles(residuals: Float32Array, symbols: number, dates: number): Int32Array {
  const filled = Int32Array.from({ length: symbols }, (_, s) => holesIn(residuals, s * dates, (s + 1) * dates))
  if (filled.every((holes) => holes === 0)) return filled
  const market = marketOf(residuals, symbols, dates)
  const byMarket = Array.from(market.keys()).sort((a, b) => (market[a] as number) - (market[b] as number))
  for (let s = 0; s < symbols; s++) {
    if (filled[s] === 0 || dates - (filled[s] as number) < LEAST_DATES) continue
    const own = residuals.subarray(s * dates, (s + 1) * dates)
    const known = byMarket.filter((date) => !Number.isNaN(own[date] as number))
    const moves = Float64Array.from(known, (date) => market[date] as number)
    const values = Float32Array.from(known, (date) => own[date] as number)
    for (let date = 0; date < dates; date++) {
      if (!Number.isNaN(own[date] as number)) continue
      own[date] = values[nearest(moves, market[date] as number)] as number
    }
  }
  return filled
}

function holesIn(residuals: Float32Array, from: number, to: number): number {
  let holes = 0
  for (let at = from; at < to; at++) if (Number.isNaN(residuals[at] as number)) holes++
  return holes
}

function marketOf(residuals: Float32Array, symbols: number, dates: number): Float64Array {
  const market = new Float64Array(dates)
  for (let date = 0; date < dates; date++) {
    let [sum, count] = [0, 0]
    for (let s = 0; s < symbols; s++) {
      const value = residuals[s * dates + date] as number
      if (Number.isNaN(value)) continue
      sum += Math.max(-5, Math.min(5, value))
      count++
    }
    market[date] = count === 0 ? 0 : sum / count
  }
  return market
}

/** Index of the value nearest to `wanted` in an ascending list. */
function nearest(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  const before = Math.max(0, low - 1)
  return wanted - (sorted[before] as number) < (sorted[low] as number) - wanted ? before : low
}
