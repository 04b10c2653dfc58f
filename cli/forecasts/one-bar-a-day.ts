/** The forecasts take one bar a symbol and day: a file that repeats a day, or holds the bars within it, is refused. */
import { UsageError } from '../../lake/errors.ts'
import type { BarColumns } from '../../lambdas/forecast/panel.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'

/** The bars as they are, or the sentence that says which day comes twice or which symbol has no price. */
export function oneBarADay(bars: BarColumns): BarColumns {
  const rowsOf = new Map<string, number>()
  const priced = new Map<string, boolean>()
  let repeated: { readonly row: number; readonly rows: number } | undefined
  for (const [row, symbol] of bars.symbol.entries()) {
    const bar = `${symbol} ${bars.day[row]}`
    const rows = (rowsOf.get(bar) ?? 0) + 1
    rowsOf.set(bar, rows)
    if (rows > (repeated?.rows ?? 1)) repeated = { row, rows }
    priced.set(symbol, priced.get(symbol) === true || isPrice(bars.adjClose[row]) || isPrice(bars.close[row]))
  }
  if (repeated) throw new UsageError(repeatedText(bars, repeated))
  const unpriced = [...priced].filter(([, has]) => !has).map(([symbol]) => symbol)
  if (unpriced.length === 0) return bars
  const names = unpriced.length > 5 ? `${unpriced.slice(0, 5).join(', ')}, …` : unpriced.join(', ')
  throw new UsageError(
    `The bars of ${names} have no price in any row; want close or adj_close as numbers above 0, like 1234.5.`,
  )
}

function isPrice(value: number | undefined): boolean {
  return value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY
}

function repeatedText({ symbol, day }: BarColumns, { row, rows }: { readonly row: number; readonly rows: number }) {
  return (
    `The bars have ${rows} rows of ${symbol[row]} on ${isoDay(day[row] as number)}; want one bar a symbol and day. ` +
    'Bars of hours or minutes must be made daily ones first, and a day that stands in two files be given once.'
  )
}
