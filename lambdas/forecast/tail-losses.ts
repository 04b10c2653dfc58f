/** What a distribution of changes says of losses: value at risk, expected shortfall, and the quantiles. */
import { sortedQuantiles } from './empirical-quantiles.ts'
import { QUANTILE_LEVELS } from './horizons.ts'

/** The chances of a loss that are asked about: one in twenty, one in a hundred. */
export const LOSS_LEVELS = [0.95, 0.99] as const

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

/** By LOSS_LEVELS, how likely a loss beyond them is. */
const LOSS_CHANCES = LOSS_LEVELS.map((level) => 1 - level)

/** Of changes that are equally likely; `chances` where other losses have proved to be those of the levels. */
export function riskViewOf(changes: Float64Array, chances: readonly number[] = LOSS_CHANCES): RiskView {
  const sorted = changes.slice().sort()
  return { quantiles: sortedQuantiles(sorted, QUANTILE_LEVELS), tails: sortedTails(sorted, chances) }
}

/** How many scenarios a chance of loss is made of, at least one. */
export function tailCount(scenarios: number, chance: number): number {
  return Math.floor(chance * (scenarios - 1)) + 1
}

function sortedTails(sorted: Float64Array, chances: readonly number[]): TailLoss[] {
  const gains = sortedQuantiles(sorted, chances)
  return LOSS_LEVELS.map((level, i) => {
    const valueAtRisk = -(gains[i] as number)
    const worst = sorted.subarray(0, tailCount(sorted.length, chances[i] as number))
    const mean = worst.reduce((sum, change) => sum + change, 0) / worst.length
    return { level, valueAtRisk, expectedShortfall: Math.max(valueAtRisk, -mean) }
  })
}
