import { runCommand } from '../command/command.ts'
import { progressOn, say } from '../command/progress.ts'
import { refuseOut, writeResult } from '../command/result-file.ts'
import { TickerlakeError, UsageError } from '../lake/errors.ts'
import { DAY_MS, parseIso } from '../lake/instant.ts'
import { type SeriesRequest, symbolSeries } from '../lake/parquet/symbol-series.ts'
import type { ObjectStore } from '../lake/store/object-store.ts'
import { isInterval, isSymbol } from '../lake/tables/bar.ts'
import type { BarRow } from '../lake/tables/tables.ts'
import { seriesFile, seriesFormatOf } from './export/series-file.ts'
import { asOfOf, openLakeAsOf } from './lake/as-of.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Gets clean series out of the lake, straight from its files: no query, no
wait, no charge per scan. By symbol, then by time.

  npm run -s export -- --symbol AAPL > aapl.csv
  npm run export -- --symbol AAPL,MSFT --out two.parquet
  npm run export -- --symbol ^GSPC --from 2012-01-15 --to 2012-12 --out sp500.arrow

Options
  --symbol A,B                 Yahoo symbols (needed)
  --out FILE                   where to (default: stdout); its suffix says the
                               format: .csv, .parquet, .arrow (.feather)
  --format csv|parquet|arrow   the format of a file of another name, or of
                               stdout (default: csv); arrow is an IPC file
  --interval NAME              length of the bars (default: 1d)
  --from, --to                 days like 2012-01-15 or months like 2012-01,
                               both included (default: all)
  --as-of TIME|SNAPSHOT        bars as they were then, as far back as snapshots
                               are kept ("npm run lake -- snapshots")
  --stage NAME                 the deployed stage (default: the local engine if
                               one runs, else dev)
`

await runCommand({
  help: HELP,
  options: {
    symbol: { type: 'string' },
    format: { type: 'string' },
    interval: { type: 'string', default: '1d' },
    from: { type: 'string' },
    to: { type: 'string' },
    out: { type: 'string' },
    'as-of': { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values }) {
    const { out, interval } = values
    const format = seriesFormatOf(values.format, out)
    if (!isInterval(interval)) throw new UsageError(`--interval takes 1d, 1h, 1m …; got "${interval}".`)
    if (out !== undefined) refuseOut(out)
    const symbols = symbolsOf(values.symbol)
    const request = { symbols, interval, from: firstMs('--from', values.from), to: endMs('--to', values.to) }
    if (request.from >= request.to)
      throw new UsageError(`--from has to come before --to; got ${values.from} and ${values.to}.`)
    if (out === undefined && format !== 'csv' && process.stdout.isTTY) {
      throw new UsageError(`${format} is no text for a terminal; give --out FILE, or send it on with > or |.`)
    }
    const asOf = asOfOf(values['as-of'])
    const { store, snapshot } = await openLakeAsOf(targetOf(process.env, values.stage), asOf)
    const bars = await read(request, store)
    const file = seriesFile(bars, format)
    if (out === undefined) process.stdout.write(file)
    else writeResult(out, file)
    const of = snapshot ? `, as of snapshot ${snapshot['snapshot-id']}` : ''
    say(`${bars.length} bars of ${symbols.join(', ')}, ${file.length} bytes of ${format}${of}`)
    return 0
  },
})

/** All bars, by symbol in the order asked for, then by time. Symbols without a bar are said. */
async function read(request: SeriesRequest, store: ObjectStore): Promise<readonly BarRow[]> {
  const progress = progressOn(process.stderr)
  const bySymbol = new Map<string, BarRow[]>(request.symbols.map((symbol) => [symbol, []]))
  let count = 0
  for await (const bars of symbolSeries(request, store)) {
    for (const bar of bars) bySymbol.get(bar.symbol)?.push(bar)
    count += bars.length
    progress.doing(`${count} bars read …`)
  }
  progress.close()
  const without = request.symbols.filter((symbol) => bySymbol.get(symbol)?.length === 0)
  if (without.length > 0) {
    const what = `${without.join(', ')} (${request.interval})`
    say(`There is no bar of ${what} in this period; "npm run query -- --name latest-bars" lists what there is.`)
  }
  if (count === 0) throw new TickerlakeError('no-bars', 'Nothing was exported.')
  return [...bySymbol.values()].flat()
}

function symbolsOf(text: string | undefined): readonly string[] {
  const symbols = [...new Set((text ?? '').split(',').map((symbol) => symbol.trim()))]
  if (symbols.every(isSymbol)) return symbols
  throw new UsageError(
    `export needs --symbol, Yahoo symbols such as AAPL or AAPL,^GSPC; got "${text ?? ''}". See --help.`,
  )
}

function firstMs(option: string, text: string | undefined): number {
  return text === undefined ? Number.NEGATIVE_INFINITY : dayOrMonth(option, text).first
}

/** Behind the whole of the last day or month. */
function endMs(option: string, text: string | undefined): number {
  return text === undefined ? Number.POSITIVE_INFINITY : dayOrMonth(option, text).end
}

function dayOrMonth(option: string, text: string): { readonly first: number; readonly end: number } {
  const day = text.length === 10 ? parseIso(text) : undefined
  if (day !== undefined) return { first: day, end: day + DAY_MS }
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (year === undefined)
    throw new UsageError(`${option} takes a day like 2012-01-15 or a month like 2012-01; got "${text}".`)
  return { first: Date.UTC(Number(year), Number(month) - 1), end: Date.UTC(Number(year), Number(month)) }
}
