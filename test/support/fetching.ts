import { ParquetHistory } from '../../lake/history/history-window.ts'
import { yahooCharts } from '../../lake/history/yahoo-chart.ts'
import type { LogFields } from '../../lake/log.ts'
import { EVERYTHING } from '../../lake/replay/replay-request.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { type FetchAnswer, type FetchSettings, fetchDue } from '../../lambdas/fetcher/fetcher.ts'
import { MemoryObjectStore } from './memory-object-store.ts'
import { VirtualClock } from './virtual-clock.ts'
import { type StandInSymbol, YahooStandIn } from './yahoo-stand-in.ts'

export interface FetchingOptions {
  readonly symbols: readonly StandInSymbol[]
  readonly start: number
  readonly settings?: Partial<FetchSettings>
  readonly store?: ObjectStore
  readonly clock?: VirtualClock
  readonly wobble?: number
}

/** A fetcher over a lake in memory and the stand-in of Yahoo, on a clock that only the test moves. */
export function aFetcher({ symbols, start, settings = {}, wobble = 3e-7, ...given }: FetchingOptions) {
  const clock = given.clock ?? new VirtualClock(start)
  const store = given.store ?? new MemoryObjectStore()
  const yahoo = new YahooStandIn({ symbols, now: () => clock.now(), wobble })
  const logged: { level: string; message: string; fields: LogFields | undefined }[] = []
  const measured: { name: string; value: number }[] = []
  const keep = (level: string) => (message: string, fields?: LogFields) => void logged.push({ level, message, fields })
  let ids = 0
  const run = (remainingMs = 900_000, signal?: AbortSignal): Promise<FetchAnswer> => {
    const end = clock.now() + remainingMs
    const all = { symbols: symbols.map(({ symbol }) => symbol), intervals: ['1d'] as const, years: 1, budget: 10_000 }
    return fetchDue(
      { ...all, ...settings },
      {
        charts: yahooCharts({ fetch: yahoo.fetch }),
        store,
        clock,
        random: () => 0.5,
        freshId: () => `id-${ids++}`,
        log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
        metrics: { record: (name, value) => void measured.push({ name, value }) },
        remainingMs: () => end - clock.now(),
        ...(signal ? { signal } : {}),
      },
    )
  }
  /** Symbol, interval, time and close of all bars of the history. */
  const history = async (): Promise<readonly string[]> => {
    const source = new ParquetHistory(store, 'history/')
    const { rows } = await source.read({ selection: EVERYTHING, after: null, limit: 100_000 })
    return rows.map(({ bar }) => {
      const time = new Date(Number(bar.tsEvent)).toISOString()
      return `${bar.symbol} ${bar.interval} ${time.slice(0, 16)} ${Number(bar.close).toFixed(3)}`
    })
  }
  return { clock, store, yahoo, logged, measured, run, history }
}
