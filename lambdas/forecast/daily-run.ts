/** One day after another, as they would have been lived: learn from what came true, then forecast. */
import { effectsOf, type FourEffects, fourCorrections } from './effects.ts'
import type { Features } from './features.ts'
import { HORIZONS, MEDIAN, QUANTILE_LEVELS } from './horizons.ts'
import { shiftOf } from './location-gate.ts'
import type { HorizonModel, Model } from './model.ts'
import { type DateIndex, dateIndexOf, type Panel } from './panel.ts'
import type { Forecast } from './scores.ts'
import { MIN_HISTORY } from './training-rows.ts'
import {
  dayOfMisses,
  emptyWidths,
  GAINS,
  type Gains,
  type Place,
  settle,
  shareMisses,
  type Widths,
  widenInto,
} from './width-correction.ts'

export interface DailyRun {
  readonly panel: Panel
  readonly features: Features
  readonly index: DateIndex
  readonly widths: Widths
  readonly gains: Gains
  /** Where quantiles are made: millions of forecasts are opened for each one that is kept. */
  readonly quantiles: Float64Array
  /** Where the corrections of one row are made, by horizon. */
  readonly corrections: Float64Array
}

export function dailyRunOf(
  panel: Panel,
  features: Features,
  widths: Widths = emptyWidths(panel.symbols.length),
): DailyRun {
  return {
    panel,
    features,
    index: dateIndexOf(panel),
    widths,
    gains: GAINS,
    quantiles: new Float64Array(QUANTILE_LEVELS.length),
    corrections: new Float64Array(HORIZONS.length),
  }
}

function rowsOf({ index }: DailyRun, date: number): Int32Array {
  return index.rows.subarray(index.starts[date], index.starts[date + 1])
}

/** Corrects the widths by the forecasts whose outcome this date's bars made known. */
export function learnFrom(run: DailyRun, date: number): void {
  const { panel, index, widths, gains } = run
  const day = dayOfMisses()
  for (const row of rowsOf(run, date)) {
    const s = index.symbolOf[row] as number
    const bar = row - (panel.starts[s] as number)
    for (let k = 0; k < HORIZONS.length; k++) {
      const horizon = HORIZONS[k] as number
      if (bar - horizon < MIN_HISTORY) continue
      const y = (panel.logPrice[row] as number) - (panel.logPrice[row - horizon] as number)
      settle(widths, gains, y, { at: { s, bar: bar - horizon, k }, day })
    }
  }
  shareMisses(widths, gains, day)
}

/** A model, and what it comes to on the dates of a panel. */
export interface ReadyModel {
  readonly model: Model
  /** By horizon. */
  readonly effects: FourEffects
}

export function readyModel(model: Model, { x }: Features): ReadyModel {
  return { model, effects: model.map(({ coefficients }) => effectsOf(coefficients, x)) as unknown as FourEffects }
}

/**
 * Forecasts from every bar of a date; a symbol with hardly any history yet is left out. All of them are opened for
 * the widths to learn from; the wanted ones are returned, by symbol and horizon.
 */
export function forecastOn(
  run: DailyRun,
  date: number,
  { model, effects }: ReadyModel,
  wanted: (row: number) => boolean,
): Forecast[] {
  const { panel, index, corrections } = run
  const forecasts: Forecast[] = []
  for (const row of rowsOf(run, date)) {
    const s = index.symbolOf[row] as number
    const bar = row - (panel.starts[s] as number)
    if (bar < MIN_HISTORY) continue
    const isWanted = wanted(row)
    fourCorrections(corrections, effects, run.features.x, row)
    for (let k = 0; k < HORIZONS.length; k++) {
      const made = forecastFrom(run, row, { at: { s, bar, k }, ofHorizon: model[k] as HorizonModel, isWanted })
      if (made) forecasts.push(made)
    }
  }
  return forecasts
}

interface Origin {
  readonly at: Place
  readonly ofHorizon: HorizonModel
  readonly isWanted: boolean
}

function forecastFrom(run: DailyRun, row: number, { at, ofHorizon, isWanted }: Origin): Forecast | undefined {
  const { panel, features, widths, quantiles, corrections } = run
  const horizon = HORIZONS[at.k] as number
  const scale = Math.exp((features.base[row] as number) / 2 + (corrections[at.k] as number)) * Math.sqrt(horizon)
  const shift = shiftOf(ofHorizon.location, features.lean, row)
  widenInto(quantiles, ofHorizon, { scale, shift }, { widths, at })
  if (!isWanted) return undefined
  return {
    symbol: panel.symbols[at.s] as string,
    originDay: panel.day[row] as number,
    horizon,
    quantiles: Array.from(quantiles),
    sigma: scale * ofHorizon.deviation,
    point: quantiles[MEDIAN] as number,
  }
}
