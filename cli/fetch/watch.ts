/** The deployed fetcher's own step, at home: looks every minute which symbols are due. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../lake/clock.ts'
import { yahooCharts } from '../../lake/history/yahoo-chart.ts'
import type { Log } from '../../lake/log.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import { fetchDue } from '../../lambdas/fetcher/fetcher.ts'
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

const EVERY_MS = 60_000
/** As long as a deployed run may take. */
const RUN_MS = 15 * 60_000
const BUDGET = 500

/** Until it is interrupted. */
export async function watchSymbols(options: WatchOptions): Promise<void> {
  const { symbols, interval, firstYear, folder, signal, clock, say, endpoint } = options
  const store = new HistoryStore(folder)
  const charts = yahooCharts({ endpoint })
  const years = Math.max(1, new Date(clock.now()).getUTCFullYear() - firstYear)
  const settings = { symbols, intervals: [interval], years, budget: BUDGET }
  while (!signal.aborted) {
    const end = clock.now() + RUN_MS
    const effects = { charts, store, clock, random: Math.random, freshId: randomUUID, metrics: { record: () => {} } }
    const { asked, bars } = await fetchDue(settings, {
      ...effects,
      log: spoken(say),
      remainingMs: () => end - clock.now(),
    })
    if (asked > 0)
      say(`${new Date(clock.now()).toISOString().slice(11, 19)}Z  ${asked} requests, ${bars} bars new or restated`)
    await clock.sleep(EVERY_MS, signal).catch(() => undefined)
  }
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
