/** Two models' losses over the same forecasts, by horizon, as a table for eyes. */

import { answerText } from '../../command/answer-text.ts'
import { percent } from '../../command/text-table.ts'
import { type LossRatio, lossRatio, pairLosses, seededRandom } from '../../lambdas/forecast/block-bootstrap.ts'
import type { Panel } from '../../lambdas/forecast/panel.ts'
import { type Forecast, meanOf, type ScoredForecast, winklerOf } from '../../lambdas/forecast/scores.ts'
import { byHorizon, type Grid, scoredAgainst } from './score-table.ts'

/** Each loss that is compared; all but QLIKE are divided by the symbol's scale. */
const LOSSES: readonly (readonly [string, (one: ScoredForecast) => number])[] = [
  ['pinball', ({ pinball, outcome }) => pinball / outcome.scale],
  ['CRPS', ({ crps, outcome }) => crps / outcome.scale],
  ['Winkler 95 %', (one) => winklerOf(one, 3) / one.outcome.scale],
  ['QLIKE', ({ qlike }) => qlike],
]

export interface Ours {
  readonly panel: Panel
  readonly grid: Grid
  readonly ours: readonly Forecast[]
}

export function ratioTable({ panel, grid, ours }: Ours, theirs: readonly Forecast[]): string {
  const groups = byHorizon(scoredAgainst(panel, grid, ours).scored)
  const rival = scoredAgainst(panel, grid, theirs)
  const rows = LOSSES.map(([name, loss]) => [
    name,
    ...groups.map(({ of }) => ratioText(lossRatio(pairLosses(of, rival.scored, loss), seededRandom(1)))),
  ])
  const wins = ['symbols won', ...groups.map(({ of }) => percent(symbolsWon(of, rival.scored), 0))]
  const columns = [{ name: 'h', type: 'varchar' }, ...groups.map(({ name }) => ({ name, type: 'varchar' }))]
  const table = answerText({ columns, rows: [...rows, wins] }, 'table')
  return rival.missing === 0 ? table : `${table}\n${rival.missing} of its forecasts are missing.`
}

function ratioText({ ratio, low, high }: LossRatio): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(4)} [${low.toFixed(3)}, ${high.toFixed(3)}]` : '-'
}

function symbolsWon(ours: readonly ScoredForecast[], theirs: readonly ScoredForecast[]): number {
  const bySymbol = [...Map.groupBy(ours, ({ outcome }) => outcome.symbol).values()]
  const won = bySymbol.filter((of) => {
    const pairs = pairLosses(of, theirs, ({ pinball }) => pinball)
    return meanOf(pairs, (pair) => pair.ours) < meanOf(pairs, (pair) => pair.theirs)
  })
  return won.length / bySymbol.length
}
