/**
 * How strongly a portfolio moves now for what the scales of its symbols say. Scales tell how far each symbol goes, not how
 * tightly the symbols are tied, and that comes and goes: in 2017 stocks moved apart from each other, and four years that
 * weigh alike said losses that were half as large again. So the portfolio's changes over one bar, scales taken out, get a decayed
 * variance of their own, and each past date is a scenario in units of the level known then, times today's (volatility-
 * weighted historical simulation, Hull & White 1998, on top of the symbols' own filter).
 */

/** Half of the weight lies on the last 23 dates. */
const DECAY = 0.97
/** A day counts up to 25 times the mean square (5 sigma): one crash must not rule the months after it. */
const CAP = 25

/** Of each date of `daily`, and last of today: the decayed mean square known before it. */
export function levelsOf(daily: Float64Array): Float64Array {
  const mean = daily.reduce((sum, change) => sum + change * change, 0) / daily.length
  const levels = new Float64Array(daily.length + 1)
  levels[0] = mean
  for (let d = 0; d < daily.length; d++) {
    const square = Math.min((daily[d] as number) ** 2, CAP * mean)
    levels[d + 1] = DECAY * (levels[d] as number) + (1 - DECAY) * square
  }
  return levels
}

/** What each of the changes would have been at today's level; `first` is the place of the first one among the levels. */
export function atTodaysLevel(changes: Float64Array, levels: Float64Array, first: number): Float64Array {
  const today = levels.at(-1) as number
  return changes.map((change, d) => {
    const then = levels[Math.max(0, Math.min(levels.length - 1, first + d))] as number
    return then > 0 ? change * Math.sqrt(today / then) : change
  })
}
