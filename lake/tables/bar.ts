/** The record everything turns on: one OHLCV bar of one symbol over one interval. */

/** Yahoo Finance's interval names (its chart API). */
export const INTERVALS = ['1m', '2m', '5m', '15m', '30m', '60m', '90m', '1h', '1d', '5d', '1wk', '1mo', '3mo'] as const
export type Interval = (typeof INTERVALS)[number]

export interface Bar {
  readonly symbol: string
  readonly interval: Interval
  /** The bar's own time, epoch milliseconds; of a daily bar its session date at 00:00 UTC. */
  readonly tsEvent: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Close adjusted for splits and dividends; null where the source has none. */
  readonly adjClose: number | null
  /** A safe integer, never negative. */
  readonly volume: number
}

/** Upper case, digits and Yahoo's marks: BRK-B, ^GSPC, BF.B, EURUSD=X, M&M.NS. 32 is double the longest known. */
const SYMBOL = /^[A-Z0-9^][A-Z0-9.\-=^&_]{0,31}$/

export function isSymbol(text: string): boolean {
  return SYMBOL.test(text)
}

const INTERVAL_SET: ReadonlySet<string> = new Set(INTERVALS)

export function isInterval(text: string): text is Interval {
  return INTERVAL_SET.has(text)
}

/**
 * How far open and close may lie outside [low, high], as a share of the high. Yahoo rounds the four prices
 * apart from each other and adjusts them with rounded factors; a tenth of a percent (a cent at 10 USD) covers both.
 */
const OHLC_TOLERANCE = 0.001

export type OhlcFault = 'high_below_low' | 'open_outside' | 'close_outside'

/** The first way in which four prices contradict each other, or undefined. */
export function ohlcFault({
  open,
  high,
  low,
  close,
}: Pick<Bar, 'open' | 'high' | 'low' | 'close'>): OhlcFault | undefined {
  if (high < low) return 'high_below_low'
  const slack = Math.abs(high) * OHLC_TOLERANCE
  if (open > high + slack || open < low - slack) return 'open_outside'
  if (close > high + slack || close < low - slack) return 'close_outside'
  return undefined
}
