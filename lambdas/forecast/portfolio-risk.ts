/** What a portfolio may lose over a horizon: value at risk, expected shortfall, and who brings them. */
import { sortedQuantiles } from './empirical-quantiles.ts'
import { QUANTILE_LEVELS } from './horizons.ts'
import type { JointHistory } from './joint-history.ts'
import { atTodaysLevel, levelsOf } from './portfolio-level.ts'

/** The chances of a loss that are asked about: one in twenty, one in a hundred. */
export const LOSS_LEVELS = [0.95, 0.99] as const

export interface Position {
  /** Index into the joint history's symbols. */
  readonly s: number
  /** What it is worth today; negative for a short position. */
  readonly value: number
}

export interface TailLoss {
  readonly level: number
  /** The loss that is exceeded with probability 1 − level. */
  readonly valueAtRisk: number
  /** The mean loss beyond it. */
  readonly expectedShortfall: number
}

/** What is said of a change of value over a horizon. */
export interface RiskView {
  /** At QUANTILE_LEVELS. */
  readonly quantiles: readonly number[]
  /** By LOSS_LEVELS. */
  readonly tails: readonly TailLoss[]
}

export interface PositionRisk {
  /** Of the expected shortfall of 95 %; the shares add up to 1, one that hedges has a negative share. */
  readonly share: number
  /** The portfolio's losses with this position sold for cash. */
  readonly without: readonly TailLoss[]
}

export interface PortfolioRisk extends RiskView {
  readonly horizon: number
  readonly scenarios: number
  /** In the order of the positions. */
  readonly positions: readonly PositionRisk[]
}

/** What happened over the horizon, and over one bar: from the latter comes how tightly the symbols are tied now. */
export interface Histories {
  readonly over: JointHistory
  readonly daily: JointHistory
}

/** The risk of the positions, each scenario a past date under today's scales, at the level of today's portfolio. */
export function portfolioRisk(histories: Histories, positions: readonly Position[]): PortfolioRisk {
  const { over, daily } = histories
  const changes = positions.map((position) => changesOf(over, position))
  const moves = positions.map((position) => changesOf(daily, position))
  const [total, move] = [totalOf(changes, over.dates), totalOf(moves, daily.dates)]
  const levelled = levelledOf(histories, { changes: total, daily: move })
  return {
    horizon: over.horizon,
    scenarios: over.dates,
    ...riskViewOf(levelled),
    positions: changes.map((own, i) => ({
      share: shareOf(own, { total, levelled }),
      without: tailLosses(
        levelledOf(histories, { changes: less(total, own), daily: less(move, moves[i] as Float64Array) }),
      ),
    })),
  }
}

/** The same without telling the positions apart. */
export function portfolioView(histories: Histories, positions: readonly Position[]): RiskView {
  const sumOver = (history: JointHistory) =>
    totalOf(
      positions.map((position) => changesOf(history, position)),
      history.dates,
    )
  return riskViewOf(levelledOf(histories, { changes: sumOver(histories.over), daily: sumOver(histories.daily) }))
}

interface Changes {
  readonly changes: Float64Array
  readonly daily: Float64Array
}

function levelledOf({ over, daily: days }: Histories, { changes, daily }: Changes): Float64Array {
  return atTodaysLevel(changes, levelsOf(daily), over.firstDate - days.firstDate)
}

function less(total: Float64Array, own: Float64Array): Float64Array {
  return total.map((change, d) => change - (own[d] as number))
}

export function riskViewOf(changes: Float64Array): RiskView {
  return { quantiles: sortedQuantiles(Float32Array.from(changes).sort(), QUANTILE_LEVELS), tails: tailLosses(changes) }
}

function changesOf({ residuals, scales, shifts, dates }: JointHistory, { s, value }: Position): Float64Array {
  const [scale, shift] = [scales[s] as number, shifts[s] as number]
  return Float64Array.from(
    residuals.subarray(s * dates, (s + 1) * dates),
    (residual) => value * Math.expm1(scale * (residual + shift)),
  )
}

function totalOf(changes: readonly Float64Array[], dates: number): Float64Array {
  const total = new Float64Array(dates)
  for (const own of changes) for (let d = 0; d < dates; d++) total[d] = (total[d] as number) + (own[d] as number)
  return total
}

interface Totals {
  readonly total: Float64Array
  /** The same at today's level. */
  readonly levelled: Float64Array
}

/** A position's mean loss over the scenarios in which the portfolio loses most, over the portfolio's. */
function shareOf(own: Float64Array, { total, levelled }: Totals): number {
  const order = Array.from(levelled.keys()).sort((a, b) => (levelled[a] as number) - (levelled[b] as number))
  let [ours, all] = [0, 0]
  for (const d of order.slice(0, tailCount(total.length, LOSS_LEVELS[0]))) {
    const level = total[d] === 0 ? 1 : (levelled[d] as number) / (total[d] as number)
    ours += (own[d] as number) * level
    all += levelled[d] as number
  }
  return ours / all
}

/** How many scenarios lie beyond a level, at least one. */
function tailCount(scenarios: number, level: number): number {
  return Math.floor((1 - level) * (scenarios - 1)) + 1
}

export function tailLosses(changes: Float64Array): TailLoss[] {
  const sorted = Float64Array.from(changes).sort()
  return LOSS_LEVELS.map((level) => {
    const place = (1 - level) * (sorted.length - 1)
    const below = Math.floor(place)
    const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number]
    const valueAtRisk = -(low + (high - low) * (place - below))
    const worst = sorted.subarray(0, tailCount(sorted.length, level))
    const mean = worst.reduce((sum, change) => sum + change, 0) / worst.length
    return { level, valueAtRisk, expectedShortfall: Math.max(valueAtRisk, -mean) }
  })
}
