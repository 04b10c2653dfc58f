/** The fetcher's settings, as its function's environment gives them. */
import { type Environment, integerOr, required } from '../../lake/environment.ts'
import { UsageError } from '../../lake/errors.ts'
import { FETCHED_INTERVALS } from '../../lake/fetch/periods.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import type { FetchSettings } from './fetcher.ts'
import { parseSymbolList } from './symbol-list.ts'

export function fetchSettings(env: Environment): FetchSettings {
  return {
    symbols: parseSymbolList(required(env, 'SYMBOLS')),
    intervals: intervalsOf(env['INTERVALS'] || '1d'),
    years: integerOr(env, 'FETCH_YEARS', { fallback: 10, min: 1, max: 60 }),
    budget: integerOr(env, 'FETCH_BUDGET', { fallback: 500, min: 1, max: 100_000 }),
  }
}

function intervalsOf(text: string): readonly Interval[] {
  return text.split(',').map((word) => {
    const interval = FETCHED_INTERVALS.find((known) => known === word.trim())
    if (interval) return interval
    throw new UsageError(`INTERVALS takes ${FETCHED_INTERVALS.join(', ')}, commas between; got "${word}".`)
  })
}
