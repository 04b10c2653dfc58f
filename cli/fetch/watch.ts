/** The deployed fetcher's own step, at home. */
import type { Clock } from '../../lake/clock.ts'
import type { Log } from '../../lake/log.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import { keepFetching } from '../../lambdas/fetcher/keep-fetching.ts'
import { HistoryStore } from './history-store.ts'

export interface WatchOptions {
  readonly symbols: readonly string[]
  readonly interval: Interval
  /** Nothing before it is fetched: epoch milliseconds. */
  readonly firstDay: number
  readonly folder: string
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly say: (line: string) => void
  /** Another server that speaks as Yahoo does. @default - Yahoo's */
  readonly endpoint?: string | undefined
}

/** Until it is interrupted. */
export async function watchSymbols(options: WatchOptions): Promise<void> {
  const { symbols, interval, firstDay, folder, signal, clock, say, endpoint } = options
  say(`Watching ${symbols.join(', ')} at ${interval}; bars go to ${folder}/yahoo. Ctrl-C ends it.`)
  const place = { store: new HistoryStore(folder), clock, log: spoken(say), signal, endpoint }
  await keepFetching({ symbols, intervals: [interval], years: 1, firstDay }, place, ({ asked, bars, next }) => {
    const time = new Date(clock.now()).toISOString().slice(11, 19)
    const then = next === null ? '' : `; asks again at ${next.slice(0, 16)}Z`
    if (asked > 0) say(`${time}Z  ${asked} requests, ${bars} bars new or restated${then}`)
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
