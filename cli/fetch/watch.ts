/** The deployed fetcher's own step, at home. */
import type { Clock } from '../../lake/clock.ts'
import type { Log } from '../../lake/log.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import { keepFetching } from '../../lambdas/fetcher/keep-fetching.ts'
import { HistoryStore } from './history-store.ts'

export interface WatchOptions {
  readonly symbols: readonly string[]
  readonly interval: Interval
  /** The year of the first daily bar. */
  readonly firstYear: number
  readonly folder: string
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly say: (line: string) => void
  /** Another server that speaks as Yahoo does. @default - Yahoo's */
  readonly endpoint?: string | undefined
}

/** Until it is interrupted. */
export async function watchSymbols(options: WatchOptions): Promise<void> {
  const { symbols, interval, firstYear, folder, signal, clock, say, endpoint } = options
  const years = Math.max(1, new Date(clock.now()).getUTCFullYear() - firstYear)
  const place = { store: new HistoryStore(folder), clock, log: spoken(say), signal, endpoint }
  await keepFetching({ symbols, intervals: [interval], years }, place, ({ asked, bars }) => {
    const time = new Date(clock.now()).toISOString().slice(11, 19)
    if (asked > 0) say(`${time}Z  ${asked} requests, ${bars} bars new or restated`)
  })
}

/** What goes wrong, as lines for people. */
function spoken(say: WatchOptions['say']): Log {
  const quiet = (): void => {}
  return {
    debug: quiet,
    info: quiet,
    warn: (message, fields = {}) => say(`${message}: ${Object.values(fields).join(', ')}`),
    error: (message) => say(message),
  }
}
