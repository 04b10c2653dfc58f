/** Which days a chart shows. Pure. */
import type { Fan } from './fan.ts'
import { DAY_MS } from './format.ts'

export const RANGES = { '1m': 31, '6m': 183, '1y': 366, '5y': 1827, max: Number.POSITIVE_INFINITY } as const
export type Range = keyof typeof RANGES

export interface RangeProps {
  /** Of the bars, oldest first. */
  readonly times: readonly number[]
  readonly range: Range
  readonly fan: Pick<Fan, 'sessions'> | undefined
  /** Whether one has gone back to the day of an earlier forecast. */
  readonly isEarlier: boolean
}

/** Back from the last bar, with the forecast's days after it; around an earlier forecast, to its last day. */
export function daysShown({ times, range, fan, isEarlier }: RangeProps): readonly [number, number] | undefined {
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const fanEnd = fan?.sessions.at(-1) ?? last
  const end = isEarlier ? fanEnd : Math.max(fanEnd, last)
  return range === 'max'
    ? [first, Math.max(end, last)]
    : [Math.max(first, Math.min(last, end) - RANGES[range] * DAY_MS), end]
}
