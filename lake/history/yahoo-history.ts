/** A symbol's history from Yahoo Finance, in the columns of its own export. */
import { DAY_MS, toIso } from '../instant.ts'
import { isSessionInterval } from '../tables/session.ts'
import type { HistoryCell, HistoryRows } from './history-writer.ts'
import type { ChartPort, ChartQuery } from './yahoo-chart.ts'

/** Asks for one symbol's bars, the last day included. Cells that Yahoo has no value for stay empty. */
export async function fetchHistory(query: ChartQuery, charts: ChartPort): Promise<HistoryRows> {
  const { bars } = await charts.chart({ ...query, to: query.to + DAY_MS })
  const isDaily = isSessionInterval(query.interval)
  const timeOf = (time: number): HistoryCell => (isDaily ? toIso(time).slice(0, 10) : new Date(time))
  return {
    columns: [isDaily ? 'Date' : 'Datetime', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'],
    rows: bars.map(({ time, open, high, low, close, adjClose, volume }) => [
      ...[timeOf(time), open, high, low, close, adjClose, volume],
    ]),
  }
}
