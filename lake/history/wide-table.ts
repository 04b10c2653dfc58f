/**
 * A table with two lines of column names, as yfinance makes it for one symbol or many: one line has `Close`, the other
 * `AAPL`, in either order; a third may name the index. A row has the bars of all symbols.
 */
import { numberOf } from './history-cell.ts'
import { fieldOf, plainName, YAHOO_NAMES } from './history-columns.ts'

type Record = readonly string[]

interface Levels {
  readonly symbols: Record
  readonly fields: Record
  /** Lines of column names. */
  readonly lines: 2 | 3
  readonly index: string
}

/** What the first lines say of such a table, or undefined of any other. */
export function levelsOf([a = [], b = [], c]: readonly Record[]): Levels | undefined {
  if (a.length < 2 || a.length !== b.length) return undefined
  if ([a, b].some(([first = '']) => fieldOf(first) === 'date')) return undefined
  const [fields, symbols] = isFields(a) && isSymbols(b) ? [a, b] : [b, a]
  if (!isFields(fields) || !isSymbols(symbols)) return undefined
  const index = c?.slice(1).every((cell) => cell === '') ? c[0] : undefined
  return { symbols, fields, lines: index === undefined ? 2 : 3, index: index || YAHOO_NAMES.date }
}

function isFields(record: Record): boolean {
  return record.slice(1).every((name) => LEVEL_FIELDS.has(plainName(name)))
}

function isSymbols(record: Record): boolean {
  return record.slice(1).every((name) => name !== '' && numberOf(name) === undefined)
}

/** The columns of yfinance's tables. */
const LEVEL_FIELDS: ReadonlySet<string> = new Set([
  ...Object.values(YAHOO_NAMES).slice(3).map(plainName),
  ...['dividends', 'stocksplits', 'capitalgains', 'repaired'],
])

/** The records of such a table with a symbol in each row, and all others as they are. */
export function longRecords(records: readonly Record[]): readonly Record[] {
  const levels = levelsOf(records)
  if (!levels) return records
  const symbols = [...new Set(levels.symbols.slice(1))]
  const fields = [...new Set(levels.fields.slice(1))]
  const placeOf = new Map<string, number>()
  for (let i = levels.fields.length - 1; i > 0; i--) placeOf.set(`${levels.fields[i]} ${levels.symbols[i]}`, i)
  const places = symbols.map((symbol) => ({
    symbol,
    columns: fields.map((field) => placeOf.get(`${field} ${symbol}`) ?? -1),
  }))
  const bars = records.slice(levels.lines).flatMap((row) =>
    places
      .map(({ symbol, columns }) => [row[0] ?? '', symbol, ...columns.map((column) => row[column] ?? '')])
      // Where the symbols trade on different days, the row of one leaves the other's cells empty.
      .filter((bar) => symbols.length === 1 || bar.slice(2).some((cell) => cell !== '')),
  )
  return [[levels.index, YAHOO_NAMES.symbol, ...fields], ...bars]
}
