/** History from Yahoo Finance's chart API, in the columns of its own export. */

import YahooFinance from 'yahoo-finance2'
import { TickerlakeError } from '../errors.ts'
import { DAY_MS, toIso } from '../instant.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'
import { eventTimeReader, knownZone } from './event-time.ts'
import type { HistoryCell, HistoryRows } from './history-writer.ts'

export interface ChartQuery {
  readonly symbol: string
  readonly interval: Interval
  /** Epoch milliseconds: the first and the last day, both included. */
  readonly from: number
  readonly to: number
}

export type ChartSource = InstanceType<typeof YahooFinance>

/** The library, quiet: what goes wrong is thrown, and one line of ours says it. `fetch` answers in the web's place. */
export function yahooFinance(fetchAnswer: typeof fetch = fetch): ChartSource {
  const silent = (): void => {}
  return new YahooFinance({
    fetch: fetchAnswer,
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
    logger: { debug: silent, dir: silent, error: silent, info: silent, warn: silent },
  })
}

/** Asks for one symbol's bars. Cells that Yahoo has no value for stay empty. */
export async function fetchHistory(
  { symbol, interval, from, to }: ChartQuery,
  yahoo: ChartSource,
): Promise<HistoryRows> {
  const period = { period1: new Date(from), period2: new Date(to + DAY_MS) }
  const { quotes, meta } = await chartOf(symbol, () =>
    yahoo.chart(symbol, { ...period, interval, includePrePost: false, events: '', return: 'array' }),
  )
  const isDaily = isSessionInterval(interval)
  const timeOf = eventTimeReader({ kind: 'instant', zone: knownZone(meta.exchangeTimezoneName) })
  const dateOf = (date: Date): HistoryCell => {
    const session = timeOf(date.getTime(), interval)
    return typeof session === 'number' ? toIso(session).slice(0, 10) : session
  }
  return {
    columns: [isDaily ? 'Date' : 'Datetime', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'],
    rows: quotes.map(({ date, open, high, low, close, adjclose = null, volume }) => [
      ...[isDaily ? dateOf(date) : date, open, high, low, close, adjclose, volume],
    ]),
  }
}

async function chartOf<T>(symbol: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw new TickerlakeError('yahoo', `Yahoo Finance gave no bars of ${symbol}: ${saidBy(cause)}`, { cause })
  }
}

/** `fetch failed` says nothing; why it failed stands in its cause. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
