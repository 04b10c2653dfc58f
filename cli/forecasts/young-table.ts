/** What the shipped prior is worth to young lakes, as a table for eyes. */
import { answerText } from '../../command/answer-text.ts'
import { backtest, backtestOptions } from '../../lambdas/forecast/backtest.ts'
import { featuresOf } from '../../lambdas/forecast/features.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import type { Panel } from '../../lambdas/forecast/panel.ts'
import type { ScoredForecast } from '../../lambdas/forecast/scores.ts'
import { YOUNG_BARS, YOUNG_SYMBOLS, youngPools } from '../../lambdas/forecast/young-pools.ts'
import { byHorizon, scoredAgainst } from './score-table.ts'

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
