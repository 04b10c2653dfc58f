/** What may say which way a price leans: signed moves of the symbol and of the market, and where the session closed. */
import type { Panel } from './panel.ts'
import { clip } from './rolling.ts'

/** The symbol's moves over 1, 5, 22, 66 and 250 bars; the market's over 1, 5, 22 and 66; the day; the session twice. */
export const OWN_MOVES = [1, 5, 22, 66, 250] as const
export const MARKET_MOVES = [1, 5, 22, 66] as const
export const LEAN_FEATURES = OWN_MOVES.length + MARKET_MOVES.length + 3
/** Where the market's moves begin. */
export const MARKET_LEAN = OWN_MOVES.length

/** Moves beyond five sigma say no more than five. */
const FURTHEST = 5

interface Yardsticks {
  /** The day's return in units of the volatility known before. */
  readonly z: Float64Array
  /** ln of the daily variance. */
  readonly base: Float64Array
}

interface SessionTarget {
  readonly state: Yardsticks
  readonly lean: Float32Array
  /** Rows of earlier dates are left as they are. */
  readonly firstDate: number
}

/** Fills what comes after the moves: the day's return, and the session's, in sigma, and its close between low and high. */
export function fillSessionLean(panel: Panel, { state: { z, base }, lean, firstDate }: SessionTarget): void {
  const { open, high, low, close } = panel
  for (let row = 0; row < panel.day.length; row++) {
    if ((panel.dateOf[row] as number) < firstDate) continue
    const [o, h, l, c] = [open[row] as number, high[row] as number, low[row] as number, close[row] as number]
    const session = Math.log(c / o) / Math.exp(0.5 * (base[row] as number))
    const place = (2 * c - h - l) / (h - l)
    let next = row * LEAN_FEATURES + MARKET_LEAN + MARKET_MOVES.length
    lean[next++] = clip(z[row] as number, -FURTHEST, FURTHEST)
    lean[next++] = Number.isFinite(session) ? clip(session, -FURTHEST, FURTHEST) : 0
    lean[next++] = Number.isFinite(place) ? clip(place, -1, 1) : 0
  }
}
