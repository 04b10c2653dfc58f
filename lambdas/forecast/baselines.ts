/** The bars to beat: what one gets without a model of volatility, or with the simplest one. */
import { sortedQuantiles } from './empirical-quantiles.ts'
import { HORIZONS, MEDIAN, QUANTILE_LEVELS } from './horizons.ts'
import { type OriginAt, type OriginGrid, originsOf } from './outcomes.ts'
import type { Panel } from './panel.ts'
import type { Forecast } from './scores.ts'
import { SlidingWindow } from './sliding-window.ts'

/** A baseline for one symbol and horizon: forecasts from ever later rows. */
export type Baseline = (panel: Panel, of: Pick<OriginAt, 's' | 'horizon'>) => (row: number) => Forecast

/** Two years: long enough for the outer quantiles, short enough to follow the level. */
const WINDOW = 500

/** The random walk with the quantiles of the symbol's last 500 returns over the horizon ("historical simulation"). */
export const randomWalk: Baseline = (panel, { s, horizon }) => {
  const returnsAt = lastReturns(panel, { s, horizon })
  return (row) => {
    const returns = returnsAt(row)
    return forecastOf(panel, { s, row, horizon }, sortedQuantiles(returns, QUANTILE_LEVELS), deviationOf(returns))
  }
}

/** Only the quantiles of `randomWalk`: they are all that a pinball loss needs, and cost a third. */
export function randomWalkQuantiles(panel: Panel, of: Pick<OriginAt, 's' | 'horizon'>): (row: number) => number[] {
  const returnsAt = lastReturns(panel, of)
  return (row) => sortedQuantiles(returnsAt(row), QUANTILE_LEVELS)
}

/** The last returns known at ever later rows, ascending. */
function lastReturns(panel: Panel, { s, horizon }: Pick<OriginAt, 's' | 'horizon'>): (row: number) => Float32Array {
  const window = new SlidingWindow(WINDOW + 1)
  const returnAt = (row: number) => (panel.logPrice[row] as number) - (panel.logPrice[row - horizon] as number)
  const start = (panel.starts[s] as number) + horizon
  let [first, next] = [start, start]
  return (row) => {
    // A window that has nothing in common with the new one is begun again.
    if (row - WINDOW >= next) {
      for (; first < next; first++) window.remove(returnAt(first))
      first = next = row - WINDOW + 1
    }
    for (; next <= row; next++) {
      window.add(returnAt(next))
      if (next - first >= WINDOW) window.remove(returnAt(first++))
    }
    return window.sorted
  }
}

/** RiskMetrics' decay (J. P. Morgan 1996). */
const DECAY = 0.94
/** Φ⁻¹ at QUANTILE_LEVELS. */
const NORMAL = [-1.959964, -1.644854, -1.281552, -0.67449, 0, 0.67449, 1.281552, 1.644854, 1.959964] as const

/** Exponentially weighted squared returns and the normal distribution, scaled by √h. */
export const ewma: Baseline =
  (panel, { s, horizon }) =>
  (row) => {
    const first = Math.max((panel.starts[s] as number) + 1, row - WINDOW + 1)
    let variance = 0
    let weight = 0
    for (let i = first; i <= row; i++) {
      const r = (panel.logPrice[i] as number) - (panel.logPrice[i - 1] as number)
      variance = DECAY * variance + (1 - DECAY) * r * r
      weight = DECAY * weight + (1 - DECAY)
    }
    const sigma = Math.sqrt((variance / weight) * horizon)
    return forecastOf(
      panel,
      { s, row, horizon },
      NORMAL.map((z) => z * sigma),
      sigma,
    )
  }

function forecastOf(panel: Panel, { s, row, horizon }: OriginAt, quantiles: number[], sigma: number): Forecast {
  return {
    symbol: panel.symbols[s] as string,
    originDay: panel.day[row] as number,
    horizon,
    quantiles,
    sigma,
    point: quantiles[MEDIAN] as number,
  }
}

function deviationOf(values: Float32Array): number {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2))
}

/** A baseline's forecasts from every origin of the scored symbols. */
export function baselineForecasts(
  panel: Panel,
  grid: OriginGrid & { readonly scored: ReadonlySet<string> },
  baseline: Baseline,
): Forecast[] {
  return panel.symbols.flatMap((symbol, s) => {
    if (!grid.scored.has(symbol)) return []
    const forecastFrom = HORIZONS.map((horizon) => baseline(panel, { s, horizon }))
    return originsOf(panel, s, grid).flatMap((row) => forecastFrom.map((from) => from(row)))
  })
}
