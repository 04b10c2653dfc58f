/** The market by date, made from the cross-section of the panel itself: its volatility, its falls, its size of moves. */
import { LEAN_FEATURES, MARKET_LEAN, MARKET_MOVES } from './lean-features.ts'
import type { FamilyTarget, OwnState } from './own-features.ts'
import type { Panel } from './panel.ts'
import { clip, runningSums, trailingMean } from './rolling.ts'

/** Of a date, the same for every symbol. */
export const MARKET_FEATURES = 13

/** Fills the last MARKET_FEATURES columns of every date, and of every row `column` with the symbol's level over the market's. */
export function fillMarketFeatures(
  panel: Panel,
  { state, x, width, column, lean, firstDate }: FamilyTarget,
  ofDate: Float32Array,
): void {
  const section = crossSectionOf(panel, state)
  const market = marketByDate(section)
  const dateWidth = ofDate.length / panel.dates.length
  for (let date = firstDate; date < panel.dates.length; date++) {
    const own = market.features.subarray(date * MARKET_FEATURES, (date + 1) * MARKET_FEATURES)
    ofDate.set(own, (date + 1) * dateWidth - MARKET_FEATURES)
  }
  for (let row = 0; row < panel.day.length; row++) {
    const date = panel.dateOf[row] as number
    if (date < firstDate) continue
    for (let j = 0; j < MARKET_MOVES.length; j++) {
      lean[row * LEAN_FEATURES + MARKET_LEAN + j] = market.moves[date * MARKET_MOVES.length + j] as number
    }
    x[row * width + column] = clip((state.v22[row] as number) - (section.level[date] as number), -4, 4)
  }
}

/** Means by date over the symbols that have a bar on it and a month of history before it. */
interface CrossSection {
  readonly level: Float64Array
  /** The day's and the week's variance over the month's, the month's over the quarter's. */
  readonly v1: Float64Array
  readonly v5: Float64Array
  readonly v22: Float64Array
  readonly z: Float64Array
  readonly absZ: Float64Array
  readonly event: Float64Array
}

const MONTH = 22

function crossSectionOf(panel: Panel, state: OwnState): CrossSection {
  const column = () => new Float64Array(panel.dates.length)
  const section = {
    level: column(),
    v1: column(),
    v5: column(),
    v22: column(),
    z: column(),
    absZ: column(),
    event: column(),
  }
  const count = column()
  for (let s = 0; s < panel.symbols.length; s++) {
    const end = panel.starts[s + 1] as number
    for (let row = (panel.starts[s] as number) + MONTH; row < end; row++) {
      const date = panel.dateOf[row] as number
      count[date] = (count[date] as number) + 1
      addRow(section, date, state, row)
    }
  }
  for (const sums of Object.values(section)) {
    for (let d = 0; d < sums.length; d++) sums[d] = (sums[d] as number) / Math.max(1, count[d] as number)
  }
  return section
}

function addRow(section: CrossSection, date: number, state: OwnState, row: number): void {
  const v22 = state.v22[row] as number
  const z = clip(state.z[row] as number, -5, 5)
  section.level[date] = (section.level[date] as number) + v22
  section.v1[date] = (section.v1[date] as number) + (state.v1[row] as number) - v22
  section.v5[date] = (section.v5[date] as number) + (state.v5[row] as number) - v22
  section.v22[date] = (section.v22[date] as number) + v22 - (state.v66[row] as number)
  section.z[date] = (section.z[date] as number) + z
  section.absZ[date] = (section.absZ[date] as number) + Math.abs(z)
  section.event[date] = (section.event[date] as number) + (state.event[row] as number)
}

/** Keeps logs and ratios of a market that did not move finite. */
const STILL = 0.05

function marketByDate({ level, v1, v5, v22, z, absZ, event }: CrossSection) {
  const [moves, sizes, spreads] = [runningSums(z), runningSums(z.map(Math.abs)), runningSums(absZ)]
  const features = new Float64Array(level.length * MARKET_FEATURES)
  const byDate = new Float64Array(level.length * MARKET_MOVES.length)
  for (let d = 0; d < level.length; d++) {
    const usual = trailingMean(sizes, d, 66) + STILL
    const move = (days: number) =>
      clip((trailingMean(moves, d, days) * Math.sqrt(Math.min(days, d + 1))) / usual, -6, 6)
    const size = (days: number) => clip(Math.log((trailingMean(sizes, d, days) + STILL) / usual), -3, 3)
    const [day = 0, week = 0, month = 0, quarter = 0] = MARKET_MOVES.map(move)
    byDate.set([day, week, month, quarter], d * MARKET_MOVES.length)
    let next = d * MARKET_FEATURES
    features[next++] = level[d] === 0 ? 0 : (level[d] as number) + 8
    features[next++] = v1[d] as number
    features[next++] = v5[d] as number
    features[next++] = v22[d] as number
    features[next++] = Math.max(0, -day)
    features[next++] = Math.max(0, day)
    features[next++] = Math.max(0, -week)
    features[next++] = Math.max(0, -month)
    features[next++] = month
    features[next++] = size(5)
    features[next++] = size(22)
    features[next++] = Math.log(trailingMean(spreads, d, 5) + STILL)
    features[next++] = event[d] as number
  }
  return { features, moves: byDate }
}
