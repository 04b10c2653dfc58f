/**
 * How tightly a portfolio's symbols are tied, measured over one bar. A thousand dates hold a thousand outcomes of one bar,
 * but only fifty of twenty bars that do not overlap: how far symbols go together over twenty bars is chance of those
 * fifty to a good part. So the spread of a portfolio over a longer horizon is what the ties of single bars make of the
 * spreads of its symbols over that horizon.
 */
import { type Position, type Scenarios, spreadOf, weightedSum } from './scenarios.ts'

/** The portfolio's spread over the horizon by the ties of single bars, over that of the scenarios themselves. */
export function tieOf(over: Scenarios, daily: Scenarios, positions: readonly Position[]): number {
  if (over === daily) return 1
  const seen = positions.map(({ s, value }) => ({ weight: value, values: over.of(s).calm }))
  const tied = positions.map(({ s, value }) => {
    const own = daily.of(s)
    return { weight: (value * over.of(s).deviation) / own.deviation, values: own.calm }
  })
  const [spread, byDay] = [
    spreadOf(weightedSum(seen, over.history.dates)).deviation,
    spreadOf(weightedSum(tied, daily.history.dates)).deviation,
  ]
  return spread > 0 && Number.isFinite(byDay) ? byDay / spread : 1
}
