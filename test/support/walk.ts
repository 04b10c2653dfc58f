/** Daily bars of symbols that never were: volatility comes and goes, news comes every quarter. */
import { seededRandom } from '../../lambdas/forecast/block-bootstrap.ts'
import { type BarColumns, type Panel, panelOf } from '../../lambdas/forecast/panel.ts'

export interface WalkBar {
  readonly symbol: string
  /** Days since 1970-01-01. */
  readonly day: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly adjClose: number
  readonly volume: number
}

/** 2015-01-05, a Monday. */
export const FIRST_DAY = 16_440

/** The n-th weekday from FIRST_DAY on. */
export function weekday(n: number): number {
  return FIRST_DAY + Math.floor(n / 5) * 7 + (n % 5)
}

/** `bars` bars of one symbol; the same seed gives the same bars. */
export function walk(symbol: string, bars: number, seed: number): WalkBar[] {
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let price = 100
  let variance = 1e-4
  return Array.from({ length: bars }, (_, n) => {
    const isNews = n % 65 === 20
    const r = normal() * Math.sqrt(variance) * (isNews ? 4 : 1)
    variance = 5e-6 + 0.1 * r * r + 0.85 * variance
    const open = price * Math.exp(normal() * Math.sqrt(variance) * 0.3)
    price *= Math.exp(r)
    const high = Math.max(open, price) * (1 + Math.abs(normal()) * 0.003)
    const low = Math.min(open, price) * (1 - Math.abs(normal()) * 0.003)
    const volume = Math.round(1e6 * (isNews ? 4 : 1) * (1 + random()))
    return { symbol, day: weekday(n), open, high, low, close: price, adjClose: price, volume }
  })
}

/** Bars as columns, as a file gives them. */
export function columnsOf(bars: readonly WalkBar[]): BarColumns {
  const column = (name: Exclude<keyof WalkBar, 'symbol' | 'day'>) => Float64Array.from(bars, (bar) => bar[name])
  return {
    symbol: bars.map(({ symbol }) => symbol),
    day: Int32Array.from(bars, ({ day }) => day),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjClose: column('adjClose'),
    volume: column('volume'),
  }
}

/** The bars of several symbols, A, B, C …, each with its own seed. */
export function walks(symbols: number, bars: number): WalkBar[] {
  return Array.from({ length: symbols }, (_, s) => walk(String.fromCharCode(65 + s), bars, s + 1)).flat()
}

export function walkPanel(symbols: number, bars: number): Panel {
  return panelOf(columnsOf(walks(symbols, bars)))
}
