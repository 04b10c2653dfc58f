/** Forecasts against outcomes, as the few numbers that say how good they are. */
import { INTERVALS, LONGEST_HORIZON, MEDIAN, QUANTILE_LEVELS } from './horizons.ts'
import { crps, meanPinball, qlike, winkler } from './losses.ts'
import type { Outcome } from './outcomes.ts'

export interface Forecast {
  readonly symbol: string
  /** Days since 1970-01-01 of the last bar that was used. */
  readonly originDay: number
  readonly horizon: number
  /** Quantiles of the log return over the horizon, at QUANTILE_LEVELS, ascending. */
  readonly quantiles: readonly number[]
  /** Standard deviation of the same. */
  readonly sigma: number
  /** The median, which is also the point forecast. */
  readonly point: number
}

export interface ScoredForecast {
  readonly outcome: Outcome
  readonly forecast: Forecast
  readonly pinball: number
  readonly crps: number
  readonly qlike: number
}

/** Scores each outcome with its forecast; an outcome without one is counted in `missing`. */
export function scoreForecasts(outcomes: readonly Outcome[], forecasts: Iterable<Forecast>) {
  const bySymbol = new Map<string, Map<number, Forecast>>()
  for (const forecast of forecasts) {
    const own = bySymbol.get(forecast.symbol) ?? new Map<number, Forecast>()
    if (own.size === 0) bySymbol.set(forecast.symbol, own)
    own.set(keyOf(forecast), forecast)
  }
  const scored: ScoredForecast[] = []
  for (const outcome of outcomes) {
    const forecast = bySymbol.get(outcome.symbol)?.get(keyOf(outcome))
    if (forecast?.quantiles.every(Number.isFinite)) scored.push(scoreOne(outcome, forecast))
  }
  return { scored, missing: outcomes.length - scored.length }
}

/** Origin and horizon as one number: to make a text of them would cost more than the scores. */
function keyOf({ originDay, horizon }: Pick<Outcome, 'originDay' | 'horizon'>): number {
  return originDay * (LONGEST_HORIZON + 1) + horizon
}

export function scoreOne(outcome: Outcome, forecast: Forecast): ScoredForecast {
  return {
    outcome,
    forecast,
    pinball: meanPinball(outcome.y, forecast.quantiles),
    crps: crps(outcome.y, forecast.quantiles),
    qlike: qlike(outcome.realisedVariance, forecast.sigma),
  }
}

export interface ScoreSummary {
  readonly n: number
  readonly symbols: number
  /** Mean pinball and CRPS, each divided by its symbol's scale: every symbol weighs the same. */
  readonly scaledPinball: number
  readonly scaledCrps: number
  readonly scaledWinkler80: number
  readonly scaledWinkler95: number
  /** Share of outcomes inside the central intervals of 50, 80, 90 and 95 %. */
  readonly coverage: readonly number[]
  /** Largest distance of an interval's coverage (80, 95) from nominal in a volatility tercile. */
  readonly tercileError80: number
  readonly tercileError95: number
  /** Largest distance between a quantile's level and the share of outcomes below it. */
  readonly hitError: number
  readonly mase: number
  readonly maeVsNaive: number
  readonly qlike: number
}

/** The scores of many forecasts in one line of a table. */
export function summarise(scored: readonly ScoredForecast[]): ScoreSummary {
  const bySymbol = Map.groupBy(scored, ({ outcome }) => outcome.symbol)
  const symbols = [...bySymbol.values()]
  return {
    n: scored.length,
    symbols: bySymbol.size,
    scaledPinball: meanOf(scored, ({ pinball: loss, outcome }) => loss / outcome.scale),
    scaledCrps: meanOf(scored, ({ crps: loss, outcome }) => loss / outcome.scale),
    scaledWinkler80: meanOf(scored, (one) => winklerOf(one, 1) / one.outcome.scale),
    scaledWinkler95: meanOf(scored, (one) => winklerOf(one, 3) / one.outcome.scale),
    coverage: INTERVALS.map((_, interval) => meanOf(scored, (one) => covers(one, interval))),
    tercileError80: tercileError(scored, 1),
    tercileError95: tercileError(scored, 3),
    hitError: Math.max(
      ...QUANTILE_LEVELS.map((level, i) => Math.abs(meanOf(scored, (one) => isBelow(one, i)) - level)),
    ),
    mase: meanOf(symbols, (ofSymbol) => meanOf(ofSymbol, (one) => pointError(one) / one.outcome.naiveError)),
    maeVsNaive: meanOf(symbols, (ofSymbol) => meanOf(ofSymbol, pointError) / meanOf(ofSymbol, naiveError)),
    qlike: meanOf(scored, (one) => one.qlike),
  }
}

export function meanOf<T>(items: readonly T[], value: (item: T) => number): number {
  let sum = 0
  for (const item of items) sum += value(item)
  return sum / items.length
}

function boundsOf({ forecast }: ScoredForecast, interval: number) {
  const { lower, upper, coverage } = INTERVALS[interval] as (typeof INTERVALS)[number]
  return { lower: forecast.quantiles[lower] as number, upper: forecast.quantiles[upper] as number, coverage }
}

export function winklerOf(one: ScoredForecast, interval: number): number {
  const { lower, upper, coverage } = boundsOf(one, interval)
  return winkler(one.outcome.y, lower, upper, coverage)
}

export function covers(one: ScoredForecast, interval: number): 0 | 1 {
  const { lower, upper } = boundsOf(one, interval)
  return one.outcome.y >= lower && one.outcome.y <= upper ? 1 : 0
}

function isBelow({ outcome, forecast }: ScoredForecast, quantile: number): 0 | 1 {
  return outcome.y <= (forecast.quantiles[quantile] as number) ? 1 : 0
}

function tercileError(scored: readonly ScoredForecast[], interval: number): number {
  const nominal = (INTERVALS[interval] as (typeof INTERVALS)[number]).coverage
  const graded = scored.filter(({ outcome }) => outcome.tercile !== null)
  const groups = Map.groupBy(graded, ({ outcome }) => outcome.tercile)
  return Math.max(
    ...[...groups.values()].map((group) => Math.abs(meanOf(group, (one) => covers(one, interval)) - nominal)),
  )
}

function pointError({ outcome, forecast }: ScoredForecast): number {
  return Math.abs(outcome.originPrice * Math.exp(forecast.quantiles[MEDIAN] as number) - outcome.targetPrice)
}

function naiveError({ outcome }: ScoredForecast): number {
  return Math.abs(outcome.originPrice - outcome.targetPrice)
}
