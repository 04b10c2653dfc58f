/**
 * Portfolios' risk, walk-forward: what the model, historical simulation and RiskMetrics said from each origin of a
 * portfolio that is held over the horizon, beside what came.
 */
import { REFIT_EVERY } from './backtest.ts'
import { seededRandom } from './block-bootstrap.ts'
import { type Features, featuresOf } from './features.ts'
import { HORIZONS, LONGEST_HORIZON } from './horizons.ts'
import { jointHistoryOf, type RowScales, rowScalesOf } from './joint-history.ts'
import { meanPinball } from './losses.ts'
import { trainerOf } from './model.ts'
import { endsAt, type Panel } from './panel.ts'
import { poolOf } from './pool.ts'
import { type Histories, portfolioView } from './portfolio-risk.ts'
import { historicalSimulation, riskMetrics } from './risk-baselines.ts'
import type { RiskForecast } from './risk-tests.ts'
import { scenariosOf, weightedSum } from './scenarios.ts'
import type { RiskView } from './tail-losses.ts'

export const METHODS = ['model', 'historical simulation', 'RiskMetrics'] as const

/** Symbols by their index in the panel, with weights that add up to 1. */
export interface Portfolio {
  readonly symbols: readonly number[]
  readonly weights: readonly number[]
}

/** What one method said of one portfolio from one origin, beside what came. */
export interface PortfolioForecast {
  /** Index into METHODS. */
  readonly method: number
  /** Index into the portfolios. */
  readonly portfolio: number
  readonly horizon: number
  /** Bars from this origin to the last one: those a multiple of the horizon apart do not overlap. */
  readonly back: number
  /** Mean pinball loss of the quantiles, for a portfolio worth 1. */
  readonly pinball: number
  /** By LOSS_LEVELS. */
  readonly tails: readonly RiskForecast[]
}

/** Random portfolios of 2 to 20 of the symbols, weighted at random; the same seed gives the same ones. */
export function randomPortfolios(symbols: readonly number[], count: number, seed: number): Portfolio[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const size = Math.min(symbols.length, 2 + Math.floor(19 * random()))
    const order = symbols.map((s) => [random(), s] as const).sort(([a], [b]) => a - b)
    const drawn = Array.from({ length: size }, () => -Math.log(1 - random()))
    const sum = drawn.reduce((all, one) => all + one, 0)
    return { symbols: order.slice(0, size).map(([, s]) => s), weights: drawn.map((one) => one / sum) }
  })
}

/** A year before the first origin, and bars up to the end. */
const BARS_BEFORE = 250

/** The symbols whose bars reach from a year before the first origin to the panel's last days. */
export function lastingSymbols(panel: Panel, last: number): number[] {
  const first = firstOrigin(panel, last) - BARS_BEFORE
  const dateAt = (row: number) => panel.dateOf[row] as number
  return Array.from(panel.symbols.keys()).filter((s) => {
    const [from, to] = [panel.starts[s] as number, (panel.starts[s + 1] as number) - 1]
    return dateAt(from) <= Math.max(0, first) && dateAt(to) >= panel.dates.length - LONGEST_HORIZON
  })
}

function lastOrigin(panel: Panel): number {
  return panel.dates.length - 1 - LONGEST_HORIZON
}

function firstOrigin(panel: Panel, last: number): number {
  return Math.max(0, lastOrigin(panel) + 1 - last)
}

/** At most a week from one origin to the next. */
const LONGEST_STEP = 5

export interface PortfolioBacktest {
  readonly portfolios: readonly Portfolio[]
  /** Origins lie in so many last dates that have an outcome. */
  readonly last: number
}

export function* backtestPortfolios(
  panel: Panel,
  { portfolios, last }: PortfolioBacktest,
  features: Features = featuresOf(panel),
): Generator<PortfolioForecast> {
  const trainer = trainerOf(poolOf(panel, features))
  const gains = gainsOf(panel)
  const [from, to] = [firstOrigin(panel, last), lastOrigin(panel)]
  let scales: readonly RowScales[] = []
  for (let date = from; date <= to; date++) {
    if ((date - from) % REFIT_EVERY === 0) {
      scales = trainer.fit(date).map((model, k) => rowScalesOf(panel, features, k, model))
    }
    const rows = endsAt(panel, date).map((end, s) => (end > (panel.starts[s] as number) ? end - 1 : -1))
    const past = portfolios.map((portfolio) => dailyReturns({ panel, rows, gains }, portfolio))
    const daily = scenariosOf(jointHistoryOf(panel, scales[0] as RowScales, date))
    for (const [k, ofHorizon] of scales.entries()) {
      if ((to - date) % Math.min(LONGEST_STEP, HORIZONS[k] as number) !== 0) continue
      const over = k === 0 ? daily : scenariosOf(jointHistoryOf(panel, ofHorizon, date))
      yield* forecastsFrom({ panel, rows, past, histories: { over, daily }, back: to - date }, portfolios)
    }
  }
}

interface Origin {
  readonly panel: Panel
  /** Each symbol's last row by then; −1 where it has none. */
  readonly rows: Int32Array
  /** The daily returns of each portfolio up to here. */
  readonly past: readonly Float64Array[]
  readonly histories: Histories
  readonly back: number
}

function* forecastsFrom(origin: Origin, portfolios: readonly Portfolio[]): Generator<PortfolioForecast> {
  const { horizon } = origin.histories.over.history
  for (const [index, portfolio] of portfolios.entries()) {
    const change = outcomeOf(origin, portfolio)
    const daily = origin.past[index] as Float64Array
    const positions = portfolio.symbols.map((s, i) => ({ s, value: portfolio.weights[i] as number }))
    const views = [
      portfolioView(origin.histories, positions),
      historicalSimulation(daily, horizon),
      riskMetrics(daily, horizon),
    ]
    if (!Number.isFinite(change) || !views.every(isWhole)) continue
    for (const [method, { quantiles, tails }] of views.entries()) {
      const pinball = meanPinball(change, quantiles)
      const losses = tails.map(({ valueAtRisk, expectedShortfall }) => ({
        loss: -change,
        valueAtRisk,
        expectedShortfall,
      }))
      yield { method, portfolio: index, horizon, back: origin.back, pinball, tails: losses }
    }
  }
}

function isWhole({ quantiles, tails }: RiskView): boolean {
  return quantiles.every(Number.isFinite) && tails.every(({ expectedShortfall }) => expectedShortfall > 0)
}

/** What a portfolio worth 1 gains over the horizon, each symbol by its own bars; NaN where one has none. */
function outcomeOf({ panel, rows, histories }: Origin, { symbols, weights }: Portfolio): number {
  const { horizon } = histories.over.history
  let change = 0
  for (const [i, s] of symbols.entries()) {
    const row = rows[s] as number
    if (row < 0 || row + horizon >= (panel.starts[s + 1] as number)) return Number.NaN
    const y = (panel.logPrice[row + horizon] as number) - (panel.logPrice[row] as number)
    change += (weights[i] as number) * Math.expm1(y)
  }
  return change
}

/** Two years, and the longest horizon before them. */
const DAILY_BARS = 500 + LONGEST_HORIZON

interface PastGains extends Pick<Origin, 'panel' | 'rows'> {
  /** Each row's gain on the row before. */
  readonly gains: Float64Array
}

/** The past daily returns of today's weights. */
function dailyReturns({ panel, rows, gains }: PastGains, { symbols, weights }: Portfolio): Float64Array {
  const bars = Math.min(DAILY_BARS, ...symbols.map((s) => (rows[s] as number) - (panel.starts[s] as number)))
  const parts = symbols.map((s, i) => {
    const end = (rows[s] as number) + 1
    return { weight: weights[i] as number, values: gains.subarray(end - Math.max(0, bars), end) }
  })
  return weightedSum(parts, Math.max(0, bars))
}

/** What each row's bar gained on the one before it, of 1. */
function gainsOf({ symbols, starts, logPrice }: Panel): Float64Array {
  const gains = new Float64Array(logPrice.length).fill(Number.NaN)
  for (let s = 0; s < symbols.length; s++) {
    for (let row = (starts[s] as number) + 1; row < (starts[s + 1] as number); row++) {
      gains[row] = Math.expm1((logPrice[row] as number) - (logPrice[row - 1] as number))
    }
  }
  return gains
}
