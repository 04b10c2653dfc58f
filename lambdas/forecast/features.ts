/** Everything the regression sees of a bar, made from that bar and earlier ones only. */
import { dailyMoves } from './daily-variance.ts'
import { EVENT_FEATURES, fillEventFeatures } from './event-features.ts'
import { fillSessionLean, LEAN_FEATURES } from './lean-features.ts'
import { fillMarketFeatures, MARKET_FEATURES } from './market-features.ts'
import { emptyOwnState, fillOwnFeatures, OWN_FEATURES } from './own-features.ts'
import type { Panel } from './panel.ts'

export const FEATURE_COUNT = OWN_FEATURES + EVENT_FEATURES + MARKET_FEATURES

export interface Features {
  /** Row-major, FEATURE_COUNT columns a row. */
  readonly x: Float32Array
  /** ln of the daily variance that the regression starts from. */
  readonly base: Float64Array
  /** What may say which way the price leans: row-major, LEAN_FEATURES columns a row. */
  readonly lean: Float32Array
}

/** The features of every row, or only of those from a date on (an index); the others are 0 then. */
export function featuresOf(panel: Panel, firstDate = 0): Features {
  const rows = panel.day.length
  const target = {
    state: emptyOwnState(rows),
    x: new Float32Array(rows * FEATURE_COUNT),
    width: FEATURE_COUNT,
    lean: new Float32Array(rows * LEAN_FEATURES),
    firstDate,
  }
  const moves = dailyMoves(panel)
  for (let s = 0; s < panel.symbols.length; s++) fillOwnFeatures(panel, s, moves, target)
  fillEventFeatures(panel, { ...target, column: OWN_FEATURES })
  fillMarketFeatures(panel, { ...target, column: OWN_FEATURES + EVENT_FEATURES })
  fillSessionLean(panel, target)
  return { x: target.x, base: target.state.base, lean: target.lean }
}
