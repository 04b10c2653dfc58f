/** What a portfolio may lose over a horizon: value at risk, expected shortfall, and who brings them. */
import { sortedQuantiles } from './empirical-quantiles.ts'
import { QUANTILE_LEVELS } from './horizons.ts'
import type { JointHistory } from './joint-history.ts'

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

/** The risk of the positions, each scenario a past date under today's scales. */
export function portfolioRisk(history: JointHistory, positions: readonly Position[]): PortfolioRisk {
  const changes = positions.map((position) => changesOf(history, position))
  const total = totalOf(changes, history.dates)
  return {
    horizon: history.horizon,
    scenarios: history.dates,
    ...riskViewOf(total),
    positions: changes.map((own) => ({
      share: shareOf(own, total),
      without: tailLosses(total.map((change, d) => change - (own[d] as number))),
    })),
  }
}

/** The same without telling the positions apart. */
export function portfolioView(history: JointHistory, positions: readonly Position[]): RiskView {
  const changes = positions.map((position) => changesOf(history, position))
  return riskViewOf(totalOf(changes, history.dates))
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

/** A position's mean loss over the scenarios in which the portfolio loses most, over the portfolio's. */
function shareOf(own: Float64Array, total: Float64Array): number {
  const order = Array.from(total.keys()).sort((a, b) => (total[a] as number) - (total[b] as number))
  const worst = order.slice(0, tailCount(total.length, LOSS_LEVELS[0]))
  const sum = (of: Float64Array) => worst.reduce((all, d) => all + (of[d] as number), 0)
  return sum(own) / sum(total)
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
