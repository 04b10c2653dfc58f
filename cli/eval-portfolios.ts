import { runCommand } from '../command/command.ts'
import { say } from '../command/progress.ts'
import { UsageError } from '../lake/errors.ts'
import { backtestPortfolios, lastingSymbols, randomPortfolios } from '../lambdas/forecast/portfolio-backtest.ts'
import { countOption } from './forecasts/backtest-options.ts'
import { readPanel, sampleFiles } from './forecasts/bars-file.ts'
import { portfolioScoresText } from './forecasts/portfolio-scores.ts'

const HELP = `
Says what random portfolios of a file's symbols may lose, walk-forward, and compares it with historical simulation
(500 returns of today's weights) and RiskMetrics' covariance (decay 0.94, normal), over 1, 5, 10 and 20 bars.

  npm run eval:portfolios -- [options]

  --bars FILE        CSV, CSV.gz or Parquet, as for "npm run backtest"; may be given several times
                     (default: the sample that comes with the project)
  --portfolios N     how many portfolios of 2 to 20 symbols are drawn (default 200)
  --last N           origins lie in the last N dates that have all outcomes (default 500)
  --seed N           another seed draws others (default 1)

Losses are ratios of the model's to each baseline's, below 1 is better. Breaches are how often the loss was above the
value at risk. Kupiec and Christoffersen: the share of portfolios whose breaches each test lets pass at 95 %, of
origins that do not overlap. Z2 is Acerbi and Szekely's: above 0, losses beyond were larger than was said.
`

await runCommand({
  help: HELP,
  options: {
    bars: { type: 'string', multiple: true },
    portfolios: { type: 'string' },
    last: { type: 'string' },
    seed: { type: 'string' },
  },
  async run({ values }) {
    const panel = await readPanel(values.bars ?? sampleFiles())
    const last = countOption('--last', values.last, 500)
    const symbols = lastingSymbols(panel, last)
    if (symbols.length < 2) {
      throw new UsageError('Fewer than two symbols have bars over the whole time; give --last a smaller number.')
    }
    const portfolios = randomPortfolios(
      symbols,
      countOption('--portfolios', values.portfolios, 200),
      countOption('--seed', values.seed, 1),
    )
    say(`${portfolios.length} portfolios of ${symbols.length} symbols; ${panel.day.length} bars …`)
    process.stdout.write(`${portfolioScoresText(backtestPortfolios(panel, { portfolios, last }))}\n`)
    return undefined
  },
})
