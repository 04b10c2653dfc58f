import { answerFormatOf } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { needed } from '../command/option-values.ts'
import { readBarsFiles } from './forecasts/bars-file.ts'
import { fanText } from './forecasts/fan.ts'
import { fanFromBars, fanFromLake } from './forecasts/fan-source.ts'
import { oneBarADay } from './forecasts/one-bar-a-day.ts'
import { openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Prints the forecast of one symbol: where its price may stand after 1, 5, 10 and 20 bars, and what such forecasts were
worth in the past. The lake's forecaster makes the forecasts; with --bars they are made here, from a file.

  npm run forecast -- --symbol AAPL
  npm run forecast -- --symbol AAPL --as-of 2013-03-01
  npm run forecast -- --symbol AAPL --bars bars.csv

Options
  --symbol SYMBOL           Yahoo's symbol: AAPL, BRK-B, ^GSPC
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
    'as-of': { type: 'string' },
    bars: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const symbol = needed(values.symbol, '--symbol SYMBOL')
    const format = answerFormatOf(values.format)
    const asked = { symbol, asOf: values['as-of'] }
    const fan =
      values.bars.length > 0
        ? fanFromBars(oneBarADay(await readBarsFiles(values.bars)), asked)
        : await fanFromLake((await openLake(targetOf(process.env, values.stage))).store, asked)
    process.stdout.write(`${fanText(fan, format)}\n`)
    return fan.skipReason === null ? 0 : 1
  },
})
