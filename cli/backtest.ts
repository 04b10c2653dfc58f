import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { refuseOut } from '../command/result-file.ts'
import { UsageError } from '../lake/errors.ts'
import { backtest, backtestOptions, REFIT_EVERY } from '../lambdas/forecast/backtest.ts'
import { ORIGIN_GRID } from '../lambdas/forecast/outcomes.ts'
import { countOption, symbolsOption } from './forecasts/backtest-options.ts'
import { readPanel } from './forecasts/bars-file.ts'
import { writeForecasts } from './forecasts/forecasts-file.ts'
import { scoredAgainst, scoreTable } from './forecasts/score-table.ts'

const HELP = `
Forecasts the past of any file of daily bars, walk-forward: every forecast uses bars up to its origin only.

  npm run backtest -- --bars FILE --out FILE [options]

  --bars FILE                CSV, CSV.gz or Parquet with symbol, date, close or adj_close, and, if there are any, open,
                             high, low, volume. May be given several times. Every symbol is learnt from.
  --out FILE                 where the forecasts go, .csv or .parquet: symbol, origin_date, h, nine quantiles of the log
                             return over h bars, its sigma, and point (the median)
  --symbols-to-score LIST    only these: A,B,C or @FILE with one symbol a line (default: all)
  --last N                   origins lie in the last N bars of a symbol that have all outcomes (default ${ORIGIN_GRID.last})
  --step N                   bars from one origin to the next (default ${ORIGIN_GRID.step})
  --refit-every N            dates from one fit to the next (default ${REFIT_EVERY})

Prints the scores of what it wrote; "npm run eval:forecasts" compares them with other models.

  npm run backtest -- --bars bars.parquet --out forecasts.csv
  npm run backtest -- --bars sp500.csv --symbols-to-score AAPL,MSFT --out forecasts.parquet
`

await runCommand({
  help: HELP,
  options: {
    bars: { type: 'string', multiple: true },
    out: { type: 'string' },
    'symbols-to-score': { type: 'string' },
    last: { type: 'string' },
    step: { type: 'string' },
    'refit-every': { type: 'string' },
  },
  async run({ values }) {
    const bars = needed(values.bars, '--bars FILE')
    const out = needed(values.out, '--out FILE')
    refuseOut(out)
    if (!/\.(?:csv|parquet)$/i.test(out)) throw new UsageError(`--out takes FILE.csv or FILE.parquet, got ${out}.`)
    const panel = await readPanel(bars)
    const scored = symbolsOption(values['symbols-to-score'], panel.symbols)
    const options = backtestOptions(panel, {
      ...(scored && { scored }),
      last: countOption('--last', values.last, ORIGIN_GRID.last),
      step: countOption('--step', values.step, ORIGIN_GRID.step),
      refitEvery: countOption('--refit-every', values['refit-every'], REFIT_EVERY),
    })
    say(`${panel.day.length} bars of ${panel.symbols.length} symbols; ${options.scored.size} to score.`)
    const forecasts = backtest(panel, options)
    writeForecasts(out, forecasts)
    process.stdout.write(`${scoreTable(scoredAgainst(panel, options, forecasts))}\n`)
    say(`${forecasts.length} forecasts written to ${out}.`)
    return undefined
  },
})
