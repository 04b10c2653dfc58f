/** Everything the regression sees of a bar, made from that bar and earlier ones only. */
import { dailyMoves } from './daily-variance.ts'
import { EVENT_FEATURES, fillEventFeatures } from './event-features.ts'
import { DATE_COLUMNS, type FeatureTable, ROW_COLUMNS } from './feature-table.ts'
import { fillSessionLean, LEAN_FEATURES } from './lean-features.ts'
import { fillMarketFeatures } from './market-features.ts'
import { emptyOwnState, fillOwnFeatures, OWN_FEATURES } from './own-features.ts'
import type { Panel } from './panel.ts'
import { weekdayOf } from './weekdays.ts'

export interface Features {
  readonly x: FeatureTable
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
    x: new Float32Array(rows * ROW_COLUMNS.length),
    width: ROW_COLUMNS.length,
    lean: new Float32Array(rows * LEAN_FEATURES),
    firstDate,
  }
  const moves = dailyMoves(panel)
  for (let s = 0; s < panel.symbols.length; s++) fillOwnFeatures(panel, s, moves, target)
  fillEventFeatures(panel, { ...target, column: OWN_FEATURES })
  const ofDate = calendarFeaturesOf(panel.dates)
  fillMarketFeatures(panel, { ...target, column: OWN_FEATURES + EVENT_FEATURES }, ofDate)
  fillSessionLean(panel, target)
  return { x: { ofRow: target.x, ofDate, dateOf: panel.dateOf }, base: target.state.base, lean: target.lean }
}

/** Gives back the room of features that nobody will look at again. */
export function discardFeatures({ x, lean }: Features): void {
  for (const { buffer } of [x.ofRow, lean]) if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** Its next bar lies three days ahead. */
const FRIDAY = 5

/** The features of dates, with room for those of the market. */
function calendarFeaturesOf(dates: Int32Array): Float32Array {
  const ofDate = new Float32Array(dates.length * DATE_COLUMNS.length)
  for (const [date, day] of dates.entries()) {
    ofDate[date * DATE_COLUMNS.length] = 1
    ofDate[date * DATE_COLUMNS.length + 1] = weekdayOf(day) === FRIDAY ? 1 : 0
  }
  return ofDate
}
