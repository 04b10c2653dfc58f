/** Scores by horizon as a table for eyes. */

import { answerText } from '../../command/answer-text.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import { type OriginGrid, outcomesOf } from '../../lambdas/forecast/outcomes.ts'
import type { Panel } from '../../lambdas/forecast/panel.ts'
import {
  type Forecast,
  type ScoredForecast,
  type ScoreSummary,
  scoreForecasts,
  summarise,
} from '../../lambdas/forecast/scores.ts'

/** What each row of the table is called, and the number it shows. */
const ROWS: readonly (readonly [string, (summary: ScoreSummary) => number, digits: number])[] = [
  ['forecasts', ({ n }) => n, 0],
  ['scaled pinball', ({ scaledPinball }) => scaledPinball, 5],
  ['scaled CRPS', ({ scaledCrps }) => scaledCrps, 5],
  ['coverage of 50 %', ({ coverage }) => coverage[0] ?? Number.NaN, 4],
  ['coverage of 80 %', ({ coverage }) => coverage[1] ?? Number.NaN, 4],
  ['coverage of 90 %', ({ coverage }) => coverage[2] ?? Number.NaN, 4],
  ['coverage of 95 %', ({ coverage }) => coverage[3] ?? Number.NaN, 4],
  ['off in a volatility third, 80 %', ({ tercileError80 }) => tercileError80, 4],
  ['scaled Winkler 95 %', ({ scaledWinkler95 }) => scaledWinkler95, 5],
  ['QLIKE', ({ qlike }) => qlike, 5],
  ['MAE / random walk', ({ maeVsNaive }) => maeVsNaive, 4],
]

export type Grid = OriginGrid & { readonly scored: ReadonlySet<string> }

/** The scores of forecasts against the outcomes that the panel holds. */
export function scoredAgainst(panel: Panel, grid: Grid, forecasts: readonly Forecast[]) {
  const outcomes = panel.symbols.flatMap((symbol, s) => (grid.scored.has(symbol) ? outcomesOf(panel, s, grid) : []))
  return scoreForecasts(outcomes, forecasts)
}

export function scoreTable({ scored, missing }: ReturnType<typeof scoredAgainst>): string {
  if (scored.length === 0) return nothingScored(missing)
  const groups = byHorizon(scored).map(({ name, of }) => ({ name, summary: summarise(of) }))
  const table = answerText(
    {
      columns: [{ name: 'h', type: 'varchar' }, ...groups.map(({ name }) => ({ name, type: 'double' }))],
      rows: ROWS.map(([name, value, digits]) => [name, ...groups.map(({ summary }) => value(summary).toFixed(digits))]),
    },
    'table',
  )
  return missing === 0 ? table : `${table}\n${missing} forecasts of the protocol are missing.`
}

/** Bars that are too few, or forecasts of other symbols and days. */
function nothingScored(missing: number): string {
  if (missing === 0) return 'No symbol has the 81 bars that a scored forecast needs.'
  return `None of the ${missing} forecasts that are scored is there; they are of other symbols, days or horizons.`
}

/** Each horizon's forecasts, then all of them. */
export function byHorizon(
  scored: readonly ScoredForecast[],
): { readonly name: string; readonly of: readonly ScoredForecast[] }[] {
  const each = HORIZONS.map((h) => ({ name: String(h), of: scored.filter(({ outcome }) => outcome.horizon === h) }))
  return [...each, { name: 'all', of: scored }]
}
