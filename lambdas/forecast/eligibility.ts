/** Which symbols are not forecast, and why: a history that is too short or broken gives a number, but no forecast. */
import type { Panel } from './panel.ts'
import { isoDay } from './weekdays.ts'

/** A quarter: below it a symbol's own volatility is not known. */
const MIN_BARS = 60
/** The longest that an exchange closes in ordinary times is a week of holidays. */
const STALE_DAYS = 10
/** A month: what the level of the forecast rests on. */
const RECENT_BARS = 22
/** ln of a factor of 2.7: no index member moves so in a day; an unadjusted split or a wrong price does. */
const BREAK = 1

/** Why symbol s is not forecast as of a day, as `code: detail`; undefined where it can be. */
export function skipReasonOf(panel: Panel, s: number, asOf: number): string | undefined {
  const start = panel.starts[s] as number
  const end = panel.starts[s + 1] as number
  const last = panel.day[end - 1] as number
  if (end - start < MIN_BARS) return `short_history: ${end - start} bars, ${MIN_BARS} are needed`
  if (asOf - last > STALE_DAYS) return `stale: the last bar is of ${isoDay(last)}`
  if (!Number.isFinite(panel.logPrice[end - MIN_BARS])) return 'no_price: neither adj_close nor close is a price'
  return brokenReason(panel, end)
}

function brokenReason({ logPrice, day }: Panel, end: number): string | undefined {
  let moved = false
  for (let row = end - RECENT_BARS; row < end; row++) {
    const move = (logPrice[row] as number) - (logPrice[row - 1] as number)
    if (Math.abs(move) > BREAK) {
      return `broken: adj_close moved by a factor of ${Math.exp(move).toPrecision(2)} on ${isoDay(day[row] as number)}`
    }
    moved ||= move !== 0
  }
  return moved ? undefined : `still: adj_close has not moved for ${RECENT_BARS} bars`
}
