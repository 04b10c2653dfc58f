import { answerFormatOf } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { UsageError } from '../lake/errors.ts'
import type { ObjectStore } from '../lake/store/object-store.ts'
import type { BarColumns } from '../lambdas/forecast/panel.ts'
import { readBarsFiles } from './forecasts/bars-file.ts'
import { fanText } from './forecasts/fan.ts'
import { fanFromBars, fanFromLake } from './forecasts/fan-source.ts'
import { runForecaster } from './forecasts/forecast-run.ts'
import { readHoldings } from './forecasts/holdings.ts'
import { oneBarADay } from './forecasts/one-bar-a-day.ts'
import { portfolioFromBars, portfolioFromLake } from './forecasts/portfolio-source.ts'
import { portfolioText, remarksOf } from './forecasts/portfolio-text.ts'
import { targetToChange } from './lake/lake-to-change.ts'
import { openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Prints the forecast of one symbol: where its price may stand after 1, 5, 10 and 20 bars, and what such forecasts were
worth in the past; or what a portfolio may lose over the same bars, and which holding brings how much of it.
The lake's forecaster makes the forecasts; with --bars they are made here, from a file.

  npm run forecast -- --symbol AAPL
  npm run forecast -- --symbol AAPL --as-of 2013-03-01
  npm run forecast -- --symbol AAPL --bars bars.csv
  npm run forecast -- --portfolio holdings.csv
  npm run forecast -- --run --as-of 2013-03-01

Options
  --symbol SYMBOL           Yahoo's symbol: AAPL, BRK-B, ^GSPC
  --portfolio FILE          CSV with the columns symbol and quantity, value or weight (the first that it has);
                            negative for what is owed; a row CASH is money; 40% is a weight of 0.4
  --run                     run the deployed forecaster now, as of --as-of or of the newest day
  --as-of DAY               the run to show (default: the newest); with --bars, no bar after this day is used
  --bars FILE               daily bars as for "npm run backtest"; all of its symbols are learnt from
  --format table|csv|json   how the forecast is printed (default: table, with the words)
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

Prices are those of the last close, before dividends to come. How wide is forecast; the direction only where it held.
`

await runCommand({
  help: HELP,
  options: {
    symbol: { type: 'string' },
    portfolio: { type: 'string' },
    run: { type: 'boolean', default: false },
    'as-of': { type: 'string' },
    bars: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const format = answerFormatOf(values.format)
    const asOf = values['as-of']
    if (values.run) return makeRun(values)
    if (values.portfolio !== undefined) return showPortfolio(values.portfolio, values)
    const asked = { symbol: needed(values.symbol, '--symbol SYMBOL, or --portfolio FILE,'), asOf }
    const bars = await barsGiven(values)
    const fan = bars ? fanFromBars(bars, asked) : await fanFromLake(await lakeStore(values), asked)
    process.stdout.write(`${fanText(fan, format)}\n`)
    return fan.skipReason === null ? 0 : 1
  },
})

interface Asked {
  readonly symbol?: string | undefined
  readonly portfolio?: string | undefined
  readonly 'as-of'?: string | undefined
  readonly bars: readonly string[]
  readonly format?: string | undefined
  readonly stage?: string | undefined
}

async function barsGiven({ bars }: Asked): Promise<BarColumns | undefined> {
  return bars.length > 0 ? oneBarADay(await readBarsFiles(bars)) : undefined
}

async function lakeStore({ stage }: Asked): Promise<ObjectStore> {
  return (await openLake(targetOf(process.env, stage))).store
}

/** `--portfolio`: the words of a table stand below it; beside rows for programs they go to stderr. */
async function showPortfolio(path: string, asked: Asked): Promise<number> {
  if (asked.symbol !== undefined) throw new UsageError('Give either --symbol or --portfolio.')
  const format = answerFormatOf(asked.format)
  const holdings = readHoldings(path)
  const bars = await barsGiven(asked)
  const report = bars
    ? portfolioFromBars(bars, holdings, asked['as-of'])
    : await portfolioFromLake(await lakeStore(asked), holdings, asked['as-of'])
  process.stdout.write(`${portfolioText(report, format)}\n`)
  if (format !== 'table') for (const remark of remarksOf(report)) say(remark)
  return report.left.length === 0 ? 0 : 1
}

/** `--run`: has the deployed forecaster make the forecasts of a day; prints its report. */
async function makeRun({ symbol, portfolio, stage, 'as-of': asOf }: Asked): Promise<number> {
  if (symbol ?? portfolio) throw new UsageError('--run makes forecasts; ask for one of them afterwards.')
  const { target } = await targetToChange(process.env, stage)
  process.stdout.write(`${await runForecaster(target, asOf)}\n`)
  return 0
}
