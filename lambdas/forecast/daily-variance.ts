/**
 * How much a symbol moved in a day, from its bar: the squared overnight return plus the Garman-Klass estimate of
 * the session's variance (Garman & Klass 1980). The overnight return is the total return less the session's, so a
 * split or dividend, which changes close but not the adjusted return, never enters.
 */
import type { Panel } from './panel.ts'

const GARMAN_KLASS = 2 * Math.LN2 - 1

export interface DailyMoves {
  /** Log return of the adjusted close; 0 for a symbol's first bar. */
  readonly r: Float64Array
  /** Variance of the day; r² where open, high or low are missing or contradict each other. */
  readonly v: Float64Array
  /** Squared overnight return; r² where there is no open. */
  readonly overnight: Float64Array
}

export function dailyMoves(panel: Panel): DailyMoves {
  const rows = panel.day.length
  const moves = { r: new Float64Array(rows), v: new Float64Array(rows), overnight: new Float64Array(rows) }
  for (let s = 0; s < panel.symbols.length; s++) {
    const end = panel.starts[s + 1] as number
    for (let row = (panel.starts[s] as number) + 1; row < end; row++) fillMove(moves, panel, row)
  }
  return moves
}

function fillMove({ r, v, overnight }: DailyMoves, panel: Panel, row: number): void {
  const change = (panel.logPrice[row] as number) - (panel.logPrice[row - 1] as number)
  const total = Number.isFinite(change) ? change : 0
  r[row] = total
  v[row] = total * total
  overnight[row] = total * total
  if (!hasRange(panel, row)) return
  const session = Math.log((panel.close[row] as number) / (panel.open[row] as number))
  const range = Math.log((panel.high[row] as number) / (panel.low[row] as number))
  overnight[row] = (total - session) ** 2
  v[row] = (overnight[row] as number) + Math.max(0, 0.5 * range * range - GARMAN_KLASS * session * session)
}

/** Prices rounded apart from each other may leave the range by a hair; more than a percent is a broken bar. */
const SLACK = 1.01

function hasRange(panel: Panel, row: number): boolean {
  const open = panel.open[row] as number
  const high = panel.high[row] as number
  const low = panel.low[row] as number
  const close = panel.close[row] as number
  const finite = open > 0 && low > 0 && close > 0 && high >= low && high < Number.POSITIVE_INFINITY
  return finite && Math.max(open, close) <= high * SLACK && Math.min(open, close) * SLACK >= low
}
