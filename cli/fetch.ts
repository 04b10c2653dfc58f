import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../command/command.ts'
import { makeFolder } from '../command/folder.ts'
import { dayOf, needed, oneOf } from '../command/option-values.ts'
import { say } from '../command/progress.ts'
import { useProxyOf } from '../command/proxy.ts'
import { systemClock } from '../lake/clock.ts'
import { TickerlakeError, UsageError } from '../lake/errors.ts'
import { FETCHED_INTERVALS } from '../lake/fetch/periods.ts'
import { historyFile } from '../lake/history/history-writer.ts'
import { type ChartPort, type ChartQuery, yahooCharts } from '../lake/history/yahoo-chart.ts'
import { fetchHistory } from '../lake/history/yahoo-history.ts'
import { startOfDay } from '../lake/instant.ts'
import { INTERVALS, isSymbol } from '../lake/tables/bar.ts'
import { watchSymbols } from './fetch/watch.ts'

const HELP = `
Fetches history from Yahoo Finance into Parquet files, one a symbol, in the columns of Yahoo's own export.
The values are Yahoo's, for personal use (https://legal.yahoo.com); the last bar may still be forming.

  npm run fetch -- AAPL MSFT --from 2015-01-01
  npm run fetch -- ^GSPC BTC-USD --from 2020-01-01 --to 2020-12-31 --out my-history
  npm run fetch -- AAPL --from 2026-11-02 --interval 1h
  npm run fetch -- AAPL BTC-USD --from 2026-01-01 --watch
  npm run local -- --history history

Options
  --from DATE       the first day (needed), such as 2015-01-01
  --to DATE         the last day (default: today)
  --interval NAME   ${INTERVALS.join(', ')} (default: 1d; Yahoo keeps short ones for some weeks only)
  --out DIR         where the files go (default: history); files of the same name are replaced
  --watch           goes on until Ctrl-C: asks again after each session (1d) or while it lasts, and keeps
                    bars that are over, in DIR/yahoo; with the last bars asked for again until they are final
`

await runCommand({
  help: HELP,
  words: true,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    interval: { type: 'string', default: '1d' },
    out: { type: 'string', default: 'history' },
    watch: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, interrupted) {
    const signal = interrupted()
    const symbols = symbolsOf(positionals)
    const query = { ...periodOf(values.from, values.to), interval: oneOf(INTERVALS, '--interval', values.interval) }
    if (values.watch && values.to !== undefined) throw new UsageError('--watch goes on until Ctrl-C; leave --to out.')
    useProxyOf(process.env)
    if (values.watch) return watch({ ...query, symbols, folder: values.out, signal })
    makeFolder(values.out)
    const yahoo = yahooCharts({ endpoint: process.env['YAHOO_ENDPOINT'] })
    let failed = 0
    for (const symbol of symbols) {
      signal.throwIfAborted()
      failed += (await fetchOne({ symbol, ...query }, values.out, yahoo)) ? 0 : 1
    }
    return failed === 0 ? 0 : 1
  },
})

interface Watch extends Omit<ChartQuery, 'symbol'> {
  readonly symbols: readonly string[]
  readonly folder: string
  readonly signal: AbortSignal
}

async function watch({ interval, from, ...where }: Watch): Promise<number> {
  await watchSymbols({
    ...where,
    interval: oneOf(FETCHED_INTERVALS, '--interval', interval),
    firstDay: from,
    clock: systemClock,
    say,
    endpoint: process.env['YAHOO_ENDPOINT'],
  })
  return 0
}

/** Says on stdout which file was written; a symbol that fails is told and does not stop the others. */
async function fetchOne(query: ChartQuery, folder: string, yahoo: ChartPort): Promise<boolean> {
  const { symbol, interval } = query
  try {
    const history = await fetchHistory(query, yahoo)
    const path = join(folder, interval === '1d' ? `${symbol}.parquet` : `${symbol}-${interval}.parquet`)
    await writeFile(`${path}.new`, historyFile(history))
    await rename(`${path}.new`, path)
    process.stdout.write(`${path}\n`)
    say(`${symbol}: ${history.rows.length} bars`)
    return true
  } catch (error) {
    if (!(error instanceof TickerlakeError)) throw error
    say(error.message)
    return false
  }
}

function symbolsOf(positionals: readonly string[]): readonly string[] {
  const symbols = positionals.map((symbol) => symbol.toUpperCase())
  const wrong = symbols.find((symbol) => !isSymbol(symbol))
  if (wrong !== undefined) throw new UsageError(`"${wrong}" is no Yahoo symbol; want one such as AAPL, BRK-B or ^GSPC.`)
  if (symbols.length === 0) throw new UsageError('fetch takes symbols: npm run fetch -- AAPL MSFT --from 2015-01-01')
  return symbols
}

function periodOf(from: string | undefined, to: string | undefined): { readonly from: number; readonly to: number } {
  const first = needed(from, '--from DAY')
  const period = { from: dayOf('--from', first), to: to === undefined ? startOfDay(Date.now()) : dayOf('--to', to) }
  if (period.from > period.to)
    throw new UsageError(`--from has to come before --to; got ${first} and ${to ?? 'today'}.`)
  return period
}
