import { runCommand } from '../command/command.ts'
import { backtest, backtestOptions } from '../lambdas/forecast/backtest.ts'
import { baselineForecasts, ewma, randomWalk } from '../lambdas/forecast/baselines.ts'
import { ORIGIN_GRID } from '../lambdas/forecast/outcomes.ts'
import { countOption, symbolsOption } from './forecasts/backtest-options.ts'
import { readPanel, sampleFiles } from './forecasts/bars-file.ts'
import { readForecasts } from './forecasts/forecasts-file.ts'
import { ratioTable, youngTable } from './forecasts/ratio-table.ts'
import { scoredAgainst, scoreTable } from './forecasts/score-table.ts'

const HELP = `
Backtests the forecasts on a file of daily bars and compares them with the random walk, with EWMA, and with any
forecasts of yours, over the same origins.

  npm run eval:forecasts -- [options]

  --bars FILE                CSV, CSV.gz or Parquet, as for "npm run backtest"; may be given several times
                             (default: the sample that comes with the project)
  --forecasts FILE           score these instead of backtesting
  --ref FILE                 a file of forecasts to compare with; may be given several times
  --symbols-to-score LIST    only these: A,B,C or @FILE (default: all)
  --last N --step N          the grid of origins (default ${ORIGIN_GRID.last} and ${ORIGIN_GRID.step})
  --young                    instead: what the shipped prior is worth to a young lake, on pools of 1 to 20 symbols and
                             1 to 5 years that are cut out of the file at random; with it over without it
  --pools N --seed N         how many pools of one symbol, and of more so many fewer (default 40); another seed draws others

Ratios are of mean scaled losses, below 1 is better; in brackets the 95 % interval of a block bootstrap over dates.

  npm run eval:forecasts
  npm run eval:forecasts -- --bars bars.parquet --ref autoarima.parquet
  npm run eval:forecasts -- --bars bars.parquet --young
`

await runCommand({
  help: HELP,
  options: {
    bars: { type: 'string', multiple: true },
    forecasts: { type: 'string' },
    ref: { type: 'string', multiple: true, default: [] },
    'symbols-to-score': { type: 'string' },
    last: { type: 'string' },
    step: { type: 'string' },
    young: { type: 'boolean', default: false },
    pools: { type: 'string' },
    seed: { type: 'string' },
  },
  async run({ values }) {
    const panel = await readPanel(values.bars ?? sampleFiles())
    if (values.young) {
      const draw = { pools: countOption('--pools', values.pools, 40), seed: countOption('--seed', values.seed, 1) }
      process.stdout.write(`${youngTable(panel, draw)}\n`)
      return undefined
    }
    const scored = symbolsOption(values['symbols-to-score'], panel.symbols)
    const options = backtestOptions(panel, {
      ...(scored && { scored }),
      last: countOption('--last', values.last, ORIGIN_GRID.last),
      step: countOption('--step', values.step, ORIGIN_GRID.step),
    })
    const ours = values.forecasts ? await readForecasts(values.forecasts) : backtest(panel, options)
    const rivals = [
      { name: 'random walk', forecasts: baselineForecasts(panel, options, randomWalk) },
      { name: 'EWMA', forecasts: baselineForecasts(panel, options, ewma) },
    ]
    for (const name of values.ref) rivals.push({ name, forecasts: await readForecasts(name) })
    const { scored: own, missing } = scoredAgainst(panel, options, ours)
    process.stdout.write(`${scoreTable({ scored: own, missing })}\n`)
    if (own.length === 0) return undefined
    for (const rival of rivals) {
      process.stdout.write(
        `\nOver ${rival.name}:\n${ratioTable({ panel, grid: options, scored: own }, rival.forecasts)}\n`,
      )
    }
    return undefined
  },
})
