import { writeFileSync } from 'node:fs'
import { runCommand } from '../command/command.ts'
import { TickerlakeError, UsageError } from '../lake/errors.ts'
import { symbolSeries } from '../lake/parquet/symbol-series.ts'
import { isInterval, isSymbol } from '../lake/tables/bar.ts'
import type { BarRow } from '../lake/tables/tables.ts'
import { seriesFile, seriesFormatOf } from './export/series-file.ts'
import { openLake } from './lake/open-lake.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Gets one symbol's clean series out of the lake, straight from the month files: no query, no wait, no charge per scan.

  npm run -s export -- --symbol AAPL > aapl.csv
  npm run export -- --symbol AAPL --format parquet --out aapl.parquet
  npm run export -- --symbol ^GSPC --from 2012-01 --to 2012-12 --format arrow --out sp500.arrow

Options
  --symbol NAME                Yahoo symbol (needed)
  --format csv|parquet|arrow   the file's format (default: csv); arrow is an IPC file, what Feather 2 is
  --interval NAME              length of the bars (default: 1d)
  --from, --to                 months like 2012-01, both included (default: all)
  --out FILE                   where to (default: stdout)
  --stage NAME                 the deployed stage (default: the local engine if one runs, else dev)
`

await runCommand({
  help: HELP,
  options: {
    symbol: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    interval: { type: 'string', default: '1d' },
    from: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
    out: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const format = seriesFormatOf(values.format)
    const request = { symbol: symbolOf(values.symbol), interval: values.interval, from: values.from, to: values.to }
    if (!isInterval(request.interval)) throw new UsageError(`--interval takes 1d, 1h, 1m …; got "${request.interval}".`)
    for (const month of [request.from, request.to]) checkMonth(month)
    const { store } = await openLake(targetOf(process.env, values.stage))
    const bars: BarRow[] = []
    for await (const month of symbolSeries(request, store)) bars.push(...month)
    if (bars.length === 0) {
      const message = `There is no bar of ${request.symbol} (${request.interval}) in this period; "npm run query -- --name latest-bars" lists what there is.`
      throw new TickerlakeError('no-bars', message)
    }
    const file = seriesFile(bars, format)
    if (values.out === undefined) process.stdout.write(file)
    else writeFileSync(values.out, file)
    process.stderr.write(`${bars.length} bars of ${request.symbol}, ${file.length} bytes\n`)
    return 0
  },
})

function symbolOf(text: string | undefined): string {
  if (text !== undefined && isSymbol(text)) return text
  throw new UsageError(`export needs --symbol, a Yahoo symbol such as AAPL or ^GSPC; got "${text ?? ''}". See --help.`)
}

function checkMonth(text: string): void {
  if (text !== '' && !/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw new UsageError(`--from and --to take months like 2012-01; got "${text}".`)
  }
}
