/** Which column of a history file holds what. Exports agree on the words, not on their spelling. */

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

/**
 * The names of each field in lower case, letters only: first the plain ones, then those that are taken where no plain
 * one is there. `indexlevel` is what pandas calls an index that has no name, `closelast` is Nasdaq's word, `windowstart`
 * Polygon's, `tic` FinRL's.
 */
const NAMES: Readonly<Record<HistoryField, readonly (readonly string[])[]>> = {
  date: [
    ['date', 'datetime', 'timestamp', 'tsevent'],
    ['time', 'indexlevel', 'tradedate', 'tradingdate', 'pricedate', 'gmttime', 'localtime', 'opentime', 'windowstart'],
    ['unix', 'unixtime', 'unixtimestamp', 'epoch'],
  ],
  symbol: [
    ['symbol', 'ticker'],
    ['tic', 'tickersymbol', 'stocksymbol', 'actsymbol'],
  ],
  interval: [['interval']],
  open: [['open'], ['openprice', 'o']],
  high: [['high'], ['highprice', 'h']],
  low: [['low'], ['lowprice', 'l']],
  close: [['close'], ['closelast', 'closeprice'], ['price', 'last', 'c']],
  adjClose: [
    ['adjclose', 'adjustedclose'],
    ['closeadj', 'adjcloseprice'],
  ],
  volume: [['volume'], ['vol', 'totalvolume', 'v']],
}

interface Meaning {
  readonly field: HistoryField
  /** Of several columns that mean the same, the one of the least rank counts. */
  readonly rank: number
}

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(NAMES).flatMap(([field, ranks]) =>
    ranks.flatMap((names, rank) => names.map((name) => [name, { field: field as HistoryField, rank }] as const)),
  ),
)

/** `Adj Close`, `adj_close`, `adjClose`, `Adj Close**`, `5. adjusted close` and `<CLOSE>` differ in nothing that counts. */
export function plainName(columnName: string): string {
  return columnName.toLowerCase().replaceAll(/[^a-z]/g, '')
}

/** The field that a column's name means, or undefined. */
export function fieldOf(columnName: string): HistoryField | undefined {
  return MEANINGS.get(plainName(columnName))?.field
}

/** The column of each field: of several that mean it the one of the least rank, then the first. */
export function mapColumns(columnNames: readonly string[]): ReadonlyMap<HistoryField, string> {
  const columns = new Map<HistoryField, { readonly name: string; readonly rank: number }>()
  for (const name of columnNames) {
    const meaning = meaningOf(name)
    const standing = meaning && columns.get(meaning.field)
    if (meaning && (!standing || meaning.rank < standing.rank)) columns.set(meaning.field, { name, rank: meaning.rank })
  }
  return new Map([...columns].map(([field, { name }]) => [field, name]))
}

/** A number in it makes a name second to the same one without: beside `close`, `close_1` is another day's or another's. */
function meaningOf(name: string): Meaning | undefined {
  const meaning = MEANINGS.get(plainName(name))
  return meaning && { ...meaning, rank: meaning.rank * 2 + (/\d/.test(name) ? 1 : 0) }
}

/** Throws where a field has two columns of one name: nothing says which of them is meant. */
export function refuseTwins(columnNames: readonly string[]): void {
  for (const [field, column] of mapColumns(columnNames)) {
    const rank = meaningOf(column)?.rank
    const twins = columnNames.filter((name) => plainName(name) === plainName(column) && meaningOf(name)?.rank === rank)
    if (twins.length > 1)
      throw new Error(
        `it has ${twins.length} columns that may be ${YAHOO_NAMES[field]}: ${twins.join(', ')}; keep one of them`,
      )
  }
}

/** A date and a time of day that stand in two columns, or undefined: a day alone would make one bar of all of its bars. */
export function splitTime(
  columnNames: readonly string[],
): { readonly date: string; readonly time: string } | undefined {
  const date = columnNames.find((name) => plainName(name) === 'date')
  const time = columnNames.find((name) => plainName(name) === 'time')
  return date === undefined || time === undefined ? undefined : { date, time }
}

/** A column of a Parquet file that pandas named by two lines, `('Close', 'AAPL')`, or undefined. */
export function leveledName(columnNames: readonly string[]): string | undefined {
  return columnNames.find((name) => levelsOfName(name) !== undefined)
}

/** Both names of such a column. */
export function levelsOfName(columnName: string): readonly [string, string] | undefined {
  const [, first, second] = /^\('([^']*)', '([^']*)'\)$/.exec(columnName) ?? []
  return first === undefined || second === undefined ? undefined : [first, second]
}
