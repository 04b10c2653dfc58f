/** What a portfolio may lose over a horizon: value at risk, expected shortfall, and who brings them. */
import { atTodaysLevel, levelsOf } from './portfolio-level.ts'
import { tailChances } from './portfolio-record.ts'
import { type Position, type Scenarios, weightedSum } from './scenarios.ts'
import { type RiskView, riskViewOf, type TailLoss, tailCount } from './tail-losses.ts'

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
  readonly over: Scenarios
  readonly daily: Scenarios
}

/** The risk of the positions, each scenario a past date under today's scales, at the level of today's portfolio. */
export function portfolioRisk(histories: Histories, positions: readonly Position[]): PortfolioRisk {
  const { over } = histories
  const totals = totalsOf(histories, positions)
  return {
    horizon: over.history.horizon,
    scenarios: over.history.dates,
    ...riskViewOf(totals.levelled, totals.chances),
    positions: positions.map((position) => ({
      share: shareOf(over.changesOf(position.s), position.value, totals),
      without: portfolioView(
        histories,
        positions.filter((other) => other !== position),
      ).tails,
    })),
  }
}

/** The same without telling the positions apart. */
export function portfolioView(histories: Histories, positions: readonly Position[]): RiskView {
  const { levelled, chances } = totalsOf(histories, positions)
  return riskViewOf(levelled, chances)
}

interface Totals {
  readonly total: Float64Array
  /** The same at today's level. */
  readonly levelled: Float64Array
  /** Of the losses that have proved to be those of LOSS_LEVELS. */
  readonly chances: readonly number[]
}

function totalsOf({ over, daily }: Histories, positions: readonly Position[]): Totals {
  const total = sumOver(over, positions)
  const moves = over === daily ? total : sumOver(daily, positions)
  const first = over.history.firstDate - daily.history.firstDate
  const levelled = atTodaysLevel(total, levelsOf(moves), first)
  return { total, levelled, chances: tailChances(levelled, over.history.horizon) }
}

function sumOver(scenarios: Scenarios, positions: readonly Position[]): Float64Array {
  const parts = positions.map(({ s, value }) => ({ weight: value, values: scenarios.changesOf(s) }))
  return weightedSum(parts, scenarios.history.dates)
}

/** A position's mean loss over the scenarios in which the portfolio loses most, over the portfolio's. */
function shareOf(own: Float64Array, value: number, { total, levelled, chances }: Totals): number {
  const order = Array.from(levelled.keys()).sort((a, b) => (levelled[a] as number) - (levelled[b] as number))
  let [ours, all] = [0, 0]
  for (const d of order.slice(0, tailCount(total.length, chances[0] as number))) {
    const level = total[d] === 0 ? 1 : (levelled[d] as number) / (total[d] as number)
    ours += value * (own[d] as number) * level
    all += levelled[d] as number
  }
  return ours / all
}
