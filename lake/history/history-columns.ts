/** Which column of a history file holds what. Exports of Yahoo Finance agree on the words, not on their spelling. */

/** The cells of a bar that a file can hold, beside the time of the bar and what it is a bar of. */
export const CELL_FIELDS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const
export type CellField = (typeof CELL_FIELDS)[number]
export type HistoryField = CellField | 'date' | 'symbol' | 'interval'

/** The spelling of Yahoo's own export, which the files that we write have. */
export const YAHOO_NAMES: Readonly<Record<HistoryField, string>> = {
  date: 'Date',
  symbol: 'Symbol',
  interval: 'Interval',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjClose: 'Adj Close',
  volume: 'Volume',
}

/** Names in lower case, letters and digits only. `__index_level_0__` is what pandas calls an index that has no name. */
const FIELD_BY_NAME: ReadonlyMap<string, HistoryField> = new Map([
  ['date', 'date'],
  ['datetime', 'date'],
  ['timestamp', 'date'],
  ['time', 'date'],
  ['tsevent', 'date'],
  ['indexlevel0', 'date'],
  ['symbol', 'symbol'],
  ['ticker', 'symbol'],
  ['interval', 'interval'],
  ['open', 'open'],
  ['high', 'high'],
  ['low', 'low'],
  ['close', 'close'],
  ['adjclose', 'adjClose'],
  ['adjustedclose', 'adjClose'],
  ['volume', 'volume'],
])

/** The field that a column's name means, or undefined: `Adj Close`, `adj_close`, `adjClose`, `Adj Close**` are one. */
export function fieldOf(columnName: string): HistoryField | undefined {
  return FIELD_BY_NAME.get(columnName.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
}

/** The column of each field; of two columns that mean the same the first one counts. */
export function mapColumns(columnNames: readonly string[]): ReadonlyMap<HistoryField, string> {
  const columns = new Map<HistoryField, string>()
  for (const name of columnNames) {
    const field = fieldOf(name)
    if (field && !columns.has(field)) columns.set(field, name)
  }
  return columns
}

/**
 * A table with two lines of column names, as Python's yfinance makes it for one symbol or many: `to_csv` writes the
 * lines `Price,Close,Close,…`, `Ticker,AAPL,MSFT,…` and `Date,,…`, and a row has the bars of all symbols.
 */

/** The records of such a CSV text with a symbol in each row, and all others as they are. */
export function longRecords(records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [prices, tickers, index, ...rows] = records
  if (prices?.[0] !== 'Price' || tickers?.[0] !== 'Ticker' || !index?.[0]) return records
  const symbols = [...new Set(tickers.slice(1))]
  const fields = [...new Set(prices.slice(1))]
  const places = symbols.map((symbol) => ({
    symbol,
    columns: fields.map((field) => prices.findIndex((name, i) => i > 0 && name === field && tickers[i] === symbol)),
  }))
  const bars = rows.flatMap((row) =>
    places
      .map(({ symbol, columns }) => [row[0] ?? '', symbol, ...columns.map((column) => row[column] ?? '')])
      // Where the symbols trade on different days, the row of one leaves the other's cells empty.
      .filter((bar) => symbols.length === 1 || bar.slice(2).some((cell) => cell !== '')),
  )
  return [[index[0], 'Symbol', ...fields], ...bars]
}

/** A column of a Parquet file that is named by both lines, `('Close', 'AAPL')`, or undefined. */
export function leveledName(columnNames: readonly string[]): string | undefined {
  return columnNames.find((name) => /^\('(Open|High|Low|Close|Adj Close|Volume)', '.*'\)$/.test(name))
}
