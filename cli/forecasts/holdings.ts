/** What somebody holds, from a CSV file: a row a symbol, by quantity, by value or by weight; cash beside it. */
import { readFileSync } from 'node:fs'
import { UsageError } from '../../lake/errors.ts'
import { decodeCsv, parseCsv } from '../../lake/history/csv.ts'

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

/** The row of money that stands still. */
const CASH = 'CASH'

export function readHoldings(path: string): Holdings {
  return holdingsOf(path, readText(path))
}

function readText(path: string): string {
  try {
    return decodeCsv(readFileSync(path))
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** Reads `symbol,quantity`, `symbol,value` or `symbol,weight`; `path` names it in refusals. */
export function holdingsOf(path: string, text: string): Holdings {
  const [header = [], ...rows] = parseCsv(text)
  const names = header.map((name) => name.trim().toLowerCase())
  const symbolAt = names.indexOf('symbol')
  const unit = UNITS.find((name) => names.includes(name))
  if (symbolAt < 0 || unit === undefined) {
    throw new UsageError(`${path}: want the columns symbol and quantity, value or weight; got ${names.join(', ')}.`)
  }
  const amounts = new Map<string, number>()
  for (const [i, row] of rows.entries()) {
    const symbol = (row[symbolAt] ?? '').trim()
    const amount = amountOf(row[names.indexOf(unit)] ?? '')
    if (symbol === '' || amount === undefined) {
      throw new UsageError(`${path}, row ${i + 1}: want a symbol and a ${unit} like 12.5; got "${row.join(',')}".`)
    }
    amounts.set(symbol, (amounts.get(symbol) ?? 0) + amount)
  }
  const cash = amounts.get(CASH) ?? 0
  amounts.delete(CASH)
  if (amounts.size === 0) throw new UsageError(`${path} holds no symbol; want rows like AAPL,10.`)
  return { unit, cash, holdings: Array.from(amounts, ([symbol, amount]) => ({ symbol, amount })) }
}

function amountOf(text: string): number | undefined {
  const amount = Number(text.trim())
  return text.trim() !== '' && Number.isFinite(amount) ? amount : undefined
}
