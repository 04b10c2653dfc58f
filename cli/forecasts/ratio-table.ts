/** Two models' losses over the same forecasts, by horizon, as a table for eyes: ours beside theirs, with a prior and without. */
import { answerText } from '../../command/answer-text.ts'
import { percent } from '../../command/text-table.ts'
import { backtest, backtestOptions } from '../../lambdas/forecast/backtest.ts'
import { type LossRatio, lossRatio, pairLosses, seededRandom } from '../../lambdas/forecast/block-bootstrap.ts'
import { featuresOf } from '../../lambdas/forecast/features.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import type { Panel } from '../../lambdas/forecast/panel.ts'
import { type Forecast, meanOf, type ScoredForecast, winklerOf } from '../../lambdas/forecast/scores.ts'
import { YOUNG_BARS, YOUNG_SYMBOLS, youngPools } from '../../lambdas/forecast/young-pools.ts'
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
  readonly scored: readonly ScoredForecast[]
}

export function ratioTable({ panel, grid, scored }: Ours, theirs: readonly Forecast[]): string {
  const groups = byHorizon(scored)
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

export interface YoungDraw {
  /** Of one symbol; of more symbols so many fewer. */
  readonly pools: number
  readonly seed: number
}

const FEWEST = 3

/** Mean scaled pinball loss with the prior over that without, on pools cut out of a panel at random. */
export function youngTable(panel: Panel, { pools, seed }: YoungDraw): string {
  const rows = YOUNG_SYMBOLS.flatMap((symbols) =>
    YOUNG_BARS.flatMap((bars) => {
      const count = Math.max(FEWEST, Math.round(pools / symbols))
      const drawn = youngPools(panel, { symbols, bars, pools: count, seed: seed + symbols * 10_000 + bars })
      if (drawn.length === 0) return []
      return [[`${symbols} × ${bars} bars`, String(drawn.length), ...ratiosOf(drawn)]]
    }),
  )
  if (rows.length === 0) return `No symbol has ${YOUNG_BARS[0]} bars.`
  const names = ['a pool of', 'pools', ...HORIZONS.map(String), 'all']
  return answerText(
    { columns: names.map((name, i) => ({ name, type: i === 0 ? 'varchar' : 'double' })), rows },
    'table',
  )
}

function ratiosOf(pools: readonly Panel[]): string[] {
  const sums = [...HORIZONS, 'all'].map(() => ({ ours: 0, theirs: 0 }))
  for (const pool of pools) {
    const options = backtestOptions(pool)
    const features = featuresOf(pool)
    const losses = (prior: typeof options.prior) => {
      const { scored } = scoredAgainst(pool, options, backtest(pool, { ...options, prior }, features))
      return byHorizon(scored).map(({ of }) => scaledSum(of))
    }
    const [ours, theirs] = [losses(options.prior), losses(null)]
    for (const [i, sum] of sums.entries()) {
      sum.ours += ours[i] ?? 0
      sum.theirs += theirs[i] ?? 0
    }
  }
  return sums.map(({ ours, theirs }) => (ours / theirs).toFixed(4))
}

function scaledSum(scored: readonly ScoredForecast[]): number {
  return scored.reduce((sum, { pinball, outcome }) => sum + pinball / outcome.scale, 0)
}
