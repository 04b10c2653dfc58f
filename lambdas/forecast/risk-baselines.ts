/** What a portfolio's risk is said to be without a model: by its past returns alone, today's weights held throughout. */
import { LOSS_LEVELS, type RiskView, riskViewOf } from './tail-losses.ts'

/** Two years of returns over the horizon, each as likely. */
const SIMULATED = 500

/** `daily` are the portfolio's daily returns up to the origin, oldest first. */
export function historicalSimulation(daily: Float64Array, horizon: number): RiskView {
  const past = daily.subarray(-SIMULATED - horizon + 1)
  const changes: number[] = []
  let sum = 0
  for (let i = 0; i < past.length; i++) {
    sum += (past[i] as number) - (i >= horizon ? (past[i - horizon] as number) : 0)
    if (i >= horizon - 1) changes.push(sum)
  }
  return riskViewOf(Float64Array.from(changes))
}

const DECAY = 0.94
/** Φ⁻¹ at QUANTILE_LEVELS and at LOSS_LEVELS, and the mean of a normal beyond the latter. */
const NORMAL = [-1.959964, -1.644854, -1.281552, -0.67449, 0, 0.67449, 1.281552, 1.644854, 1.959964] as const
const NORMAL_TAILS = [
  { valueAtRisk: 1.644854, expectedShortfall: 2.062713 },
  { valueAtRisk: 2.326348, expectedShortfall: 2.665214 },
] as const

/** RiskMetrics' covariance (J. P. Morgan 1996) of today's weights: the decayed mean of squared portfolio returns. */
export function riskMetrics(daily: Float64Array, horizon: number): RiskView {
  let [variance, weight] = [0, 0]
  for (const r of daily.subarray(-SIMULATED)) {
    variance = DECAY * variance + (1 - DECAY) * r * r
    weight = DECAY * weight + (1 - DECAY)
  }
  const sigma = Math.sqrt((variance / weight) * horizon)
  return {
    quantiles: NORMAL.map((z) => z * sigma),
    tails: LOSS_LEVELS.map((level, i) => ({
      level,
      valueAtRisk: sigma * (NORMAL_TAILS[i]?.valueAtRisk ?? Number.NaN),
      expectedShortfall: sigma * (NORMAL_TAILS[i]?.expectedShortfall ?? Number.NaN),
    })),
  }
}
