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
