/** What somebody holds, from a CSV file: a row a symbol, by quantity, by value or by weight; cash beside it. */
import { printable } from '../../command/text-table.ts'
import { messageOf, UsageError } from '../../lake/errors.ts'
import { DELIMITERS, type Delimiter, decodeCsv, parseCsv } from '../../lake/history/csv.ts'
import { readNamedFile } from './bars-file.ts'

const UNITS = ['quantity', 'value', 'weight'] as const
type Unit = (typeof UNITS)[number]

export interface Holding {
  readonly symbol: string
  /** How much of the unit; negative for what is owed. */
  readonly amount: number
}

export interface Holdings {
  readonly unit: Unit
  readonly holdings: readonly Holding[]
  /** In the unit of money; of the weights, where it is they that are given. */
  readonly cash: number
}

/** The row of money that stands still, in letters of any case. */
const CASH = 'CASH'

export function readHoldings(path: string): Holdings {
  return holdingsOf(path, decodeCsv(readNamedFile(path)))
}

/** Reads `symbol,quantity`, `symbol,value` or `symbol,weight`; `path` names it in refusals. */
export function holdingsOf(path: string, text: string): Holdings {
  const { unit, symbolAt, amountAt, rows } = tableOf(path, text)
  const amounts = new Map<string, number>()
  for (const [i, row] of rows.entries()) {
    const name = (row[symbolAt] ?? '').trim()
    const amount = amountOf(row[amountAt] ?? '', unit)
    if (name === '' || amount === undefined) {
      throw new UsageError(
        `${path}, row ${i + 1}: want a symbol and a ${unit} like 1234.5, at most 1e100, without a currency or marks between thousands; ` +
          `got ${JSON.stringify(row.join(', '))}.`,
      )
    }
    const symbol = name.toUpperCase() === CASH ? CASH : name
    amounts.set(symbol, (amounts.get(symbol) ?? 0) + amount)
  }
  const cash = amounts.get(CASH) ?? 0
  amounts.delete(CASH)
  const holdings = Array.from(amounts, ([symbol, amount]) => ({ symbol, amount })).filter(({ amount }) => amount !== 0)
  if (holdings.length > 0) return { unit, cash, holdings }
  throw new UsageError(`${path}: want rows like AAPL,10; got ${whatIsThere(unit, cash, amounts.size)}.`)
}

/** Of a file in which nothing is held. */
function whatIsThere(unit: Unit, cash: number, symbols: number): string {
  if (cash !== 0) return 'cash alone, which loses nothing'
  return symbols > 0 ? `every ${unit} is 0` : 'no symbol'
}

interface HoldingsTable {
  readonly unit: Unit
  readonly symbolAt: number
  readonly amountAt: number
  readonly rows: readonly (readonly string[])[]
}

/** The rows under the header, cut by the delimiter under which the header has the columns. */
function tableOf(path: string, text: string): HoldingsTable {
  for (const delimiter of DELIMITERS) {
    const [header = [], ...rows] = recordsOf(path, text, delimiter)
    const names = header.map((name) => name.trim().toLowerCase())
    const symbolAt = names.indexOf('symbol')
    const unit = UNITS.find((name) => names.includes(name))
    if (symbolAt >= 0 && unit !== undefined) return { unit, symbolAt, amountAt: names.indexOf(unit), rows }
  }
  const [first = ''] = text.trim().split(/[\r\n]/, 1)
  const got = first === '' ? 'an empty file' : printable(first.slice(0, SHOWN))
  throw new UsageError(`${path}: want the columns symbol and quantity, value or weight; got ${got}.`)
}

function recordsOf(path: string, text: string, delimiter: Delimiter): readonly (readonly string[])[] {
  try {
    return parseCsv(text, delimiter)
  } catch (cause) {
    throw new UsageError(`${path}: ${messageOf(cause)}.`, { cause })
  }
}

/** So much of a line that is no header is shown. */
const SHOWN = 80

/** Squares of amounts are added up: beyond this they are no numbers any more. */
const MOST = 1e100

/** "40%" is a weight of 0.4. */
function amountOf(cell: string, unit: Unit): number | undefined {
  const text = cell.trim()
  const isShare = unit === 'weight' && text.endsWith('%')
  const digits = isShare ? text.slice(0, -1).trim() : text
  const amount = Number(digits) / (isShare ? 100 : 1)
  return digits !== '' && Math.abs(amount) <= MOST ? amount : undefined
}
