/** The routes of the page Market: symbols, bars, findings, and the forecast fan. */
import { UsageError } from '../../lake/errors.ts'
import { BARS } from '../../lake/tables/tables.ts'
import type { BarsAnswer, SymbolEntry } from '../api.ts'
import { adjusted, foldedBy, foldedTo, MOST_BARS } from './fold.ts'
import type { Answer } from './handler.ts'
import { dayOf, intervalOf, symbolOf, wordOf } from './parameters.ts'
import type { Reader } from './reader.ts'
import type { SeriesRow } from './symbol-bars.ts'

/** Every series of bars and of what landed since. */
export async function symbolsAnswer(reader: Reader): Promise<Answer> {
  const version = await reader.version([BARS])
  const clean = await reader.kept.of('symbols', version, async () => {
    const rows = await reader.ask(
      'SELECT symbol, interval, count(*), to_unixtime(min(ts_event)), to_unixtime(max(ts_event)) FROM bars GROUP BY symbol, interval ORDER BY symbol, interval',
    )
    return rows.map(([symbol, interval, bars, first, last]): SymbolEntry => {
      const [from, to] = [Number(first) * 1000, Number(last) * 1000]
      return { symbol: symbol ?? '', interval: interval ?? '', bars: Number(bars), first: from, last: to }
    })
  })
  const known = new Set(clean.map(({ symbol, interval }) => `${symbol} ${interval}`))
  const landed = reader.overlay.series().filter(({ symbol, interval }) => !known.has(`${symbol} ${interval}`))
  const bars = landed.reduce((sum, entry) => sum + entry.bars, 0)
  return { data: [...clean, ...landed], version: `${version}-${bars}` }
}

export async function barsAnswer(url: URL, reader: Reader): Promise<Answer> {
  const [symbol, interval] = [symbolOf(url), intervalOf(url)]
  const step = wordOf(url, 'step', ['1d', '1wk', '1mo'])
  const basis = wordOf(url, 'basis', ['adjusted', 'traded'])
  const [from, to] = [dayOf(url, 'from') ?? Number.NEGATIVE_INFINITY, dayOf(url, 'to') ?? Number.POSITIVE_INFINITY]
  const { rows, version } = await reader.series(symbol, interval)
  const wanted = rows.filter(({ ts_event: t }) => t >= from && t <= to)
  if (rows.length === 0)
    throw new UsageError(`The lake has no bars of ${symbol} at ${interval}; the search (/) lists what it has.`)
  const bars =
    basis === 'adjusted'
      ? adjusted(
          arraysOf(wanted),
          wanted.map((row) => row.adj_close),
        )
      : arraysOf(wanted)
  const { bars: sent, each } = foldedTo(MOST_BARS, interval === '1d' ? foldedBy(step, bars) : bars)
  const data: BarsAnswer = {
    symbol,
    interval,
    step: interval === '1d' ? step : interval,
    basis,
    found: wanted.length,
    each,
    bars: sent,
  }
  return { data, version }
}

function arraysOf(rows: readonly SeriesRow[]) {
  return {
    t: rows.map(({ ts_event }) => ts_event),
    o: rows.map(({ open }) => open),
    h: rows.map(({ high }) => high),
    l: rows.map(({ low }) => low),
    c: rows.map(({ close }) => close),
    v: rows.map(({ volume }) => volume),
  }
}

/** What looks wrong about a symbol's daily bars. */
export async function findingsAnswer(url: URL, reader: Reader): Promise<Answer> {
  const symbol = symbolOf(url)
  const { rows, version } = await reader.clean(symbol, '1d')
  const data = await reader.kept.of(`findings ${symbol}`, version, () => reader.findings.of(symbol, version, rows))
  return { data, version }
}
