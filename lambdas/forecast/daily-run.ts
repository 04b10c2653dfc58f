/** One day after another, as they would have been lived: learn from what came true, then forecast. */
import type { Features } from './features.ts'
import { HORIZONS, MEDIAN } from './horizons.ts'
import { type HorizonModel, MIN_HISTORY, type Model } from './model.ts'
import { type DateIndex, dateIndexOf, type Panel } from './panel.ts'
import { correctionOf } from './scale-regression.ts'
import type { Forecast } from './scores.ts'
import {
  dayOfMisses,
  emptyWidths,
  GAINS,
  type Gains,
  settle,
  shareMisses,
  type Widths,
  widenedQuantiles,
} from './width-correction.ts'

export interface DailyRun {
  readonly panel: Panel
  readonly features: Features
  readonly index: DateIndex
  readonly widths: Widths
  readonly gains: Gains
}

export function dailyRunOf(
  panel: Panel,
  features: Features,
  widths: Widths = emptyWidths(panel.symbols.length),
): DailyRun {
  return { panel, features, index: dateIndexOf(panel), widths, gains: GAINS }
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

/** Forecasts from every bar of a date, by symbol; a symbol with hardly any history yet is left out. */
export function forecastsOn(run: DailyRun, date: number, model: Model): Forecast[] {
  const { panel, index } = run
  const forecasts: Forecast[] = []
  for (const row of rowsOf(run, date)) {
    const s = index.symbolOf[row] as number
    const bar = row - (panel.starts[s] as number)
    if (bar < MIN_HISTORY) continue
    for (const [k, ofHorizon] of model.entries()) forecasts.push(forecastFrom(run, row, { s, bar, k, ofHorizon }))
  }
  return forecasts
}

interface Origin {
  readonly s: number
  readonly bar: number
  readonly k: number
  readonly ofHorizon: HorizonModel
}

function forecastFrom({ panel, features, widths }: DailyRun, row: number, { ofHorizon, ...place }: Origin): Forecast {
  const horizon = HORIZONS[place.k] as number
  const correction = correctionOf(ofHorizon.coefficients, features.x, row)
  const scale = Math.exp((features.base[row] as number) / 2 + correction) * Math.sqrt(horizon)
  const quantiles = widenedQuantiles(ofHorizon, scale, widths, place)
  return {
    symbol: panel.symbols[place.s] as string,
    originDay: panel.day[row] as number,
    horizon,
    quantiles,
    sigma: scale * ofHorizon.deviation,
    point: quantiles[MEDIAN] as number,
  }
}
