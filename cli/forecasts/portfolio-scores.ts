/** What was said of portfolios' risk, against what came, as tables for eyes. */
import { answerText } from '../../command/answer-text.ts'
import { percent } from '../../command/text-table.ts'
import { HORIZONS } from '../../lambdas/forecast/horizons.ts'
import { METHODS, type PortfolioForecast } from '../../lambdas/forecast/portfolio-backtest.ts'
import {
  acerbiSzekely,
  christoffersenHolds,
  fisslerZiegel,
  kupiecHolds,
  type RiskForecast,
} from '../../lambdas/forecast/risk-tests.ts'
import { meanOf } from '../../lambdas/forecast/scores.ts'
import { LOSS_LEVELS } from '../../lambdas/forecast/tail-losses.ts'

/** A table of losses and one of tests, a row a horizon and method. */
export function portfolioScoresText(forecasts: Iterable<PortfolioForecast>): string {
  const byCell = Map.groupBy(forecasts, ({ horizon, method }) => `${horizon} ${method}`)
  const cells = HORIZONS.map((horizon) => METHODS.map((_, method) => byCell.get(`${horizon} ${method}`) ?? []))
  if (cells.flat().every(({ length }) => length === 0)) return 'No portfolio has an outcome to be scored with.'
  return `${lossTable(cells)}\n\n${testTable(cells)}`
}

/** By horizon, then method. */
type Cells = readonly (readonly (readonly PortfolioForecast[])[])[]

function lossTable(cells: Cells): string {
  const names = [
    'bars',
    'origins',
    'over',
    'pinball',
    ...LOSS_LEVELS.map((level) => `Fissler-Ziegel ${percent(level, 0)}`),
  ]
  const rows = cells.flatMap((methods, h) => {
    const [ours = []] = methods
    return methods
      .slice(1)
      .map((theirs, i) => [
        String(HORIZONS[h]),
        String(new Set(ours.map(({ back }) => back)).size),
        METHODS[i + 1] ?? '',
        ratio(ours, theirs, ({ pinball }) => pinball),
        ...LOSS_LEVELS.map((level, l) =>
          ratio(ours, theirs, ({ tails }) => fisslerZiegel(tails[l] as RiskForecast, level)),
        ),
      ])
  })
  return answerText({ columns: columnsOf(names), rows }, 'table')
}

function ratio(
  ours: readonly PortfolioForecast[],
  theirs: readonly PortfolioForecast[],
  loss: (forecast: PortfolioForecast) => number,
): string {
  return (meanOf(ours, loss) / meanOf(theirs, loss)).toFixed(3)
}

function testTable(cells: Cells): string {
  const names = ['bars', 'of', 'VaR', 'breaches', 'Kupiec', 'Christoffersen', 'Z2']
  const rows = cells.flatMap((methods, h) =>
    LOSS_LEVELS.flatMap((level, l) =>
      methods.map((forecasts, m) => [
        String(HORIZONS[h]),
        METHODS[m] ?? '',
        percent(level, 0),
        ...testCells(forecasts, l),
      ]),
    ),
  )
  return answerText({ columns: columnsOf(names), rows }, 'table')
}

function testCells(forecasts: readonly PortfolioForecast[], l: number): string[] {
  const level = LOSS_LEVELS[l] as number
  const byPortfolio = [...Map.groupBy(forecasts, ({ portfolio }) => portfolio).values()].map((of) =>
    of.filter(({ back, horizon }) => back % horizon === 0).map(({ tails }) => tails[l] as RiskForecast),
  )
  const share = (holds: (of: readonly RiskForecast[]) => boolean) =>
    percent(
      meanOf(byPortfolio, (of) => (holds(of) ? 1 : 0)),
      0,
    )
  const all = forecasts.map(({ tails }) => tails[l] as RiskForecast)
  return [
    percent(
      meanOf(all, ({ loss, valueAtRisk }) => (loss > valueAtRisk ? 1 : 0)),
      2,
    ),
    share((of) => kupiecHolds(of, level)),
    share(christoffersenHolds),
    acerbiSzekely(all, level).toFixed(2),
  ]
}

function columnsOf(names: readonly string[]) {
  const texts = new Set(['over', 'of'])
  return names.map((name) => ({ name, type: texts.has(name) ? 'varchar' : 'double' }))
}
