/**
 * News that comes by the calendar: companies report every quarter, mostly on the same weekday 13 weeks later. So the
 * days that looked like news 13, 26, 39 and 52 weeks before the days to come say when the next news is due, without
 * any calendar of earnings. Windows are in calendar days, so that holidays do not shift them.
 */
import type { FamilyTarget } from './own-features.ts'
import type { Panel } from './panel.ts'
import { weekdayOf } from './weekdays.ts'

/** Quarters in days; each a multiple of a week. */
const QUARTER = 91
/** Of 1 quarter ago, of 2 and 3, of 4; and where 1 and 2 ago agree. */
const ECHOES = 4
/** (−7, 0], (0, next bar], (next bar, 7], (7, 14] and (14, 28] days from the origin. */
const WINDOWS = 5

export const EVENT_FEATURES = WINDOWS * ECHOES

/** Fills EVENT_FEATURES columns from `column` on: ECHOES a window. */
export function fillEventFeatures(panel: Panel, { state: { event }, x, width, column, firstDate }: FamilyTarget): void {
  const edges = new Int32Array(WINDOWS + 1)
  for (let s = 0; s < panel.symbols.length; s++) {
    const [from, to] = [panel.starts[s] as number, panel.starts[s + 1] as number]
    const totals = dayTotalsOf(panel.day, event, from, to)
    for (let row = from; row < to; row++) {
      if ((panel.dateOf[row] as number) < firstDate) continue
      setEdges(edges, panel.day[row] as number)
      let next = row * width + column
      for (let w = 0; w < WINDOWS; w++) {
        const ago = (quarters: number) =>
          echo(totals, (edges[w] as number) - quarters * QUARTER, (edges[w + 1] as number) - quarters * QUARTER)
        const [one, two] = [ago(1), ago(2)]
        x[next++] = one
        x[next++] = 0.5 * (two + ago(3))
        x[next++] = ago(4)
        x[next++] = Math.sqrt(one * two)
      }
    }
  }
}

/** Days to the next bar, from Sunday to Saturday, holidays left out of account. */
const TO_NEXT_BAR = [1, 1, 1, 1, 1, 3, 2] as const

function setEdges(edges: Int32Array, day: number): void {
  edges[0] = day - 7
  edges[1] = day
  edges[2] = day + (TO_NEXT_BAR[weekdayOf(day)] ?? 1)
  edges[3] = day + 7
  edges[4] = day + 14
  edges[5] = day + 28
}

/** Running sums of a score on the calendar's axis, so that the sum over any days is one subtraction. */
interface DayTotals {
  readonly firstDay: number
  readonly sums: Float64Array
}

function dayTotalsOf(day: Int32Array, score: Float64Array, from: number, to: number): DayTotals {
  const firstDay = day[from] as number
  const sums = new Float64Array((day[to - 1] as number) - firstDay + 2)
  for (let row = from; row < to; row++) sums[(day[row] as number) - firstDay + 1] = score[row] as number
  for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] as number) + (sums[i - 1] as number)
  return { firstDay, sums }
}

/** Sum over the days in (after, until]; days outside the series count nothing. */
function echo({ firstDay, sums }: DayTotals, after: number, until: number): number {
  const last = sums.length - 1
  const a = Math.min(last, Math.max(0, after - firstDay + 1))
  const b = Math.min(last, Math.max(0, until - firstDay + 1))
  return (sums[b] as number) - (sums[a] as number)
}
