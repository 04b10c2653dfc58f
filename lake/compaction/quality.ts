/** What a bar shows of its own quality: facts about the one row, so that they never depend on what else has arrived. */
import type { Bar } from '../tables/bar.ts'

/** The flags in the order in which the column `flags` lists them; docs/queries.md explains each. */
const BAR_FLAGS = ['not_positive', 'outside_range', 'zero_volume', 'flat'] as const

type Figures = Pick<Bar, 'open' | 'high' | 'low' | 'close' | 'volume'>

/** The text of each set of flags, by its bits: comma between them; empty for a bar that shows nothing odd. */
export const FLAG_TEXTS: readonly string[] = Array.from({ length: 1 << BAR_FLAGS.length }, (_, bits) =>
  BAR_FLAGS.filter((_flag, at) => (bits >> at) & 1).join(','),
)

/** The flags of a bar, a bit each in their order. Written out: it runs once a row of a month. */
export function flagBitsOf({ open, high, low, close, volume }: Figures): number {
  const notPositive = low <= 0 || open <= 0 || close <= 0 ? 1 : 0
  // Beyond the tolerance of `ohlcFault` it would have been rejected.
  const outsideRange = open > high || close > high || open < low || close < low ? 2 : 0
  const zeroVolume = volume === 0 ? 4 : 0
  const flat = open === high && high === low && low === close ? 8 : 0
  return notPositive | outsideRange | zeroVolume | flat
}
