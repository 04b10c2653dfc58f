import type { Clock } from '../../lake/clock.ts'
import { messageOf } from '../../lake/errors.ts'
import { type FetchState, fetchStates, NEW_STATE, type SeriesState, seriesId } from '../../lake/fetch/fetch-state.ts'
import type { Series } from '../../lake/fetch/fetched-file.ts'
import { isBehindCalendar } from '../../lake/fetch/trading-hours.ts'
import type { ChartPort } from '../../lake/history/yahoo-chart.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { toIso } from '../../lake/instant.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import type { Metrics } from '../../lake/metrics.ts'
import type { JsonVersion } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import { isSessionInterval } from '../../lake/tables/session.ts'
import { fetchSeries, PricesJumpError } from './fetch-series.ts'
import { PoliteCharts } from './polite-charts.ts'
import { readSymbols, type SymbolList } from './symbol-list.ts'

export interface FetchSettings {
  readonly symbols: SymbolList
  readonly intervals: readonly Interval[]
  /** How far back a daily history begins. */
  readonly years: number
  /** Nothing before it is asked for: epoch milliseconds. @default - as `years` says */
  readonly firstDay?: number
  /** Requests of one run. */
  readonly budget: number
}

export interface FetchEffects {
  readonly charts: ChartPort
  readonly store: Pick<ObjectStore, 'get' | 'put'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly freshId: () => string
  readonly log: Log
  readonly metrics: Metrics
  /** Milliseconds until the run is ended from outside. */
  readonly remainingMs: () => number
  /** Ends the run early: what is due is left for the next. @default - nothing does */
  readonly signal?: AbortSignal
}

export interface FetchAnswer {
  /** Requests to Yahoo. */
  readonly asked: number
  /** Bars that are new or restated in history. */
  readonly bars: number
  readonly failed: number
  /** Series that were due and are left for the next run. */
  readonly left: number
  /** Symbols that Yahoo no longer has, or never had: those that this run found out. */
  readonly gone: readonly string[]
  /** Until when Yahoo is left alone, which asked for fewer requests; ISO 8601. */
  readonly pausedUntil: string | null
  /** When the next series is due; ISO 8601; null where there is none. */
  readonly next: string | null
}

/** Requests at once: what a browser opens to one host. */
const AT_ONCE = 4
/** Kept of the invocation's time for the request and the write that may be under way. */
const RESERVE_MS = 30_000
const PAUSE_MS = 15 * 60_000
const WRITE_EVERY_MS = 15_000
const LONGEST_WAIT_MINUTES = 360
/** A series that should have been asked for this long ago is behind. */
const BEHIND_MS = 3_600_000
const CONFLICTS = 5

/** Whether a series was not asked for in time, or its answers leave out a session. A symbol that is gone was said once. */
function isBehind({ interval }: Series, known: SeriesState | undefined, now: number): boolean {
  if (!known || known.gone) return false
  if (known.due < now - BEHIND_MS) return true
  const { hours, last } = known
  return isSessionInterval(interval) && hours !== undefined && last !== null && isBehindCalendar(hours, last, now)
}

/** Asks for what is due, the longest overdue first, until the budget or the time is up. */
export async function fetchDue(settings: FetchSettings, effects: FetchEffects): Promise<FetchAnswer> {
  return new FetchRun(settings, effects).run()
}

class FetchRun {
  readonly #settings: FetchSettings
  readonly #effects: FetchEffects
  readonly #charts: PoliteCharts
  readonly #updates = new Map<string, SeriesState>()
  #wanted: readonly Series[] = []
  #state: JsonVersion<FetchState> | undefined
  #pausedUntil = 0
  #written: number
  #bars = 0
  #failed = 0
  #gone: string[] = []

  constructor(settings: FetchSettings, effects: FetchEffects) {
    this.#settings = settings
    this.#effects = effects
    this.#written = effects.clock.now()
    const deadline = this.#written + effects.remainingMs() - RESERVE_MS
    this.#charts = new PoliteCharts({ budget: settings.budget, deadline }, effects)
  }

  async run(): Promise<FetchAnswer> {
    const { store, log, clock } = this.#effects
    this.#state = await this.#states.read(LAYOUT.fetchState)
    this.#pausedUntil = this.#state?.value.pausedUntil ?? 0
    const symbols = await readSymbols(this.#settings.symbols, store, log)
    this.#wanted = symbols.flatMap((symbol) => this.#settings.intervals.map((interval) => ({ symbol, interval })))
    const due = this.#pausedUntil > clock.now() ? [] : this.#due(clock.now())
    let left = 0
    await inParallel(due, AT_ONCE, async (series) => {
      if (this.#charts.mayAsk) await this.#take(series)
      else left += 1
    })
    if (this.#charts.isRefused) this.#pause()
    if (this.#updates.size > 0 || this.#charts.isRefused) await this.#write()
    return this.#answer(left)
  }

  get #states() {
    return fetchStates(this.#effects.store, this.#effects.freshId)
  }

  #known({ symbol, interval }: Series): SeriesState | undefined {
    const id = seriesId(symbol, interval)
    return this.#updates.get(id) ?? this.#state?.value.series[id]
  }

  #due(now: number): readonly Series[] {
    const dueOf = (series: Series): number => this.#known(series)?.due ?? 0
    return this.#wanted.filter((series) => dueOf(series) <= now).toSorted((a, b) => dueOf(a) - dueOf(b))
  }

  /** Asks for one series. Whatever happens to it, the others are asked for too. */
  async #take(series: Series): Promise<void> {
    const { clock, store, log } = this.#effects
    const before = this.#known(series)
    try {
      const { years, firstDay } = this.#settings
      const effects = { charts: this.#charts, store, now: clock.now(), years, firstDay }
      const { state, news } = await fetchSeries(series, before, effects)
      this.#bars += news
      if (state.gone && !before?.gone) this.#sayGone(series, state.gone.reason)
      else if (before?.gone && !state.gone) log.info('symbol is back', { ...series })
      this.#note(series, state)
    } catch (error) {
      this.#failed += 1
      log.warn('symbol not fetched', { ...series, error: messageOf(error) })
      this.#note(series, this.#afterFailure(before, error))
    }
    if (clock.now() >= this.#written + WRITE_EVERY_MS) await this.#write()
  }

  #sayGone({ symbol, interval }: Series, reason: string): void {
    this.#gone.push(symbol)
    this.#effects.log.warn('symbol gone', { symbol, interval, reason })
  }

  #note({ symbol, interval }: Series, state: SeriesState): void {
    this.#updates.set(seriesId(symbol, interval), state)
  }

  /** One minute, then two, four …, up to six hours, give or take, so that not all come back at once. */
  #afterFailure(before: SeriesState | undefined, error: unknown): SeriesState {
    const failures = (before?.failures ?? 0) + 1
    const jumps = (before?.jumps ?? 0) + (error instanceof PricesJumpError ? 1 : 0)
    const minutes = Math.min(LONGEST_WAIT_MINUTES, 2 ** (failures - 1)) * (0.75 + this.#effects.random() / 2)
    return { last: null, ...before, failures, jumps, due: this.#effects.clock.now() + minutes * 60_000 }
  }

  #pause(): void {
    this.#pausedUntil = this.#effects.clock.now() + PAUSE_MS
    this.#effects.log.warn('Yahoo asks for fewer requests: it is left alone', { minutes: PAUSE_MS / 60_000 })
  }

  /** What another run wrote meanwhile of other series stays; of the same series the later word counts. */
  async #write(): Promise<void> {
    this.#written = this.#effects.clock.now()
    for (let attempt = 1; attempt <= CONFLICTS; attempt++) {
      const outcome = await this.#states.replace(LAYOUT.fetchState, this.#newState(), this.#state?.etag)
      if (outcome.kind === 'written') {
        this.#state = outcome.version
        return
      }
      this.#state = await this.#states.read(LAYOUT.fetchState)
    }
    this.#effects.log.warn('the state of the fetcher is written by others: what was asked for now is asked for again')
  }

  #newState(): FetchState {
    const known = this.#state?.value ?? NEW_STATE
    const series = this.#wanted.flatMap((one) => {
      const id = seriesId(one.symbol, one.interval)
      const state = this.#updates.get(id) ?? known.series[id]
      return state ? [[id, state] as const] : []
    })
    return { series: Object.fromEntries(series), pausedUntil: this.#pausedUntil, nonce: '' }
  }

  #next(): string | null {
    if (this.#wanted.length === 0) return null
    const due = this.#wanted.reduce(
      (first, series) => Math.min(first, this.#known(series)?.due ?? 0),
      Number.POSITIVE_INFINITY,
    )
    return toIso(Math.max(this.#pausedUntil, due))
  }

  #answer(left: number): FetchAnswer {
    const { clock, metrics, log } = this.#effects
    const now = clock.now()
    const behind = this.#wanted.filter((one) => isBehind(one, this.#known(one), now)).length
    metrics.record('ChartRequests', this.#charts.asked, 'Count')
    metrics.record('BarsFetched', this.#bars, 'Count')
    metrics.record('FetchFailures', this.#failed, 'Count')
    metrics.record('SymbolsGone', this.#gone.length, 'Count')
    metrics.record('SymbolsBehind', behind, 'Count')
    const answer = {
      asked: this.#charts.asked,
      bars: this.#bars,
      failed: this.#failed,
      left,
      gone: this.#gone,
      pausedUntil: this.#pausedUntil > now ? toIso(this.#pausedUntil) : null,
      next: this.#next(),
    }
    log.info('fetched', { ...answer, behind })
    return answer
  }
}
