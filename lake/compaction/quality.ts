/** What a bar shows of its own quality: facts about the one row, so that they never depend on what else has arrived. */
import type { Bar } from '../tables/bar.ts'

/** The flags in the order in which the column `flags` lists them; docs/queries.md explains each. */
const BAR_FLAGS = ['not_positive', 'outside_range', 'zero_volume', 'flat'] as const
type BarFlag = (typeof BAR_FLAGS)[number]

type Figures = Pick<Bar, 'open' | 'high' | 'low' | 'close' | 'volume'>

const SHOWS: Readonly<Record<BarFlag, (bar: Figures) => boolean>> = {
  not_positive: ({ low, open, close }) => low <= 0 || open <= 0 || close <= 0,
  // Beyond the tolerance of `ohlcFault` it would have been rejected.
  outside_range: ({ open, high, low, close }) => Math.max(open, close) > high || Math.min(open, close) < low,
  zero_volume: ({ volume }) => volume === 0,
  flat: ({ open, high, low, close }) => open === high && high === low && low === close,
}

/** The flags of a bar, comma between them; empty for a bar that shows nothing odd. */
export function flagsOf(bar: Figures): string {
  return BAR_FLAGS.filter((flag) => SHOWS[flag](bar)).join(',')
}
