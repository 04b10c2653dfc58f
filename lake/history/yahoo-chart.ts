/** Yahoo Finance's chart API behind a port: bars, what it says of the session, and how it refuses. */
import YahooFinance from 'yahoo-finance2'
import { TickerlakeError } from '../errors.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'
import { knownZone } from '../time-zone.ts'
import { eventTimeReader } from './event-time.ts'

export interface ChartQuery {
  readonly symbol: string
  readonly interval: Interval
  /** Epoch milliseconds; the end is not included. */
  readonly from: number
  readonly to: number
}

/** A bar as Yahoo gives it: null where it has no value. */
export interface ChartBar {
  /** Epoch milliseconds; of a daily or longer bar its session date at 00:00 UTC. */
  readonly time: number
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly adjClose: number | null
  readonly volume: number | null
}

/** A split or a dividend, from the morning of its day on. */
export type ChartAction = {
  /** When its session opens: epoch milliseconds. */
  readonly time: number
  /** Its session date at 00:00 UTC. */
  readonly day: number
} & (
  | {
      readonly kind: 'split'
      /** New shares for an old one. */
      readonly ratio: number
    }
  | {
      readonly kind: 'dividend'
      /** For a share of today: splits that came later divide it. */
      readonly amount: number
    }
)

export interface ChartAnswer {
  readonly bars: readonly ChartBar[]
  /** The exchange's, in the tz database's words. */
  readonly zone: string
  /** Yahoo's word: EQUITY, ETF, INDEX, CURRENCY, CRYPTOCURRENCY, … */
  readonly kind: string
  /** The current or next session, or the last one: epoch milliseconds. */
  readonly session: { readonly start: number; readonly end: number }
  /** Splits and dividends in the period. */
  readonly actions: readonly ChartAction[]
}

/** Where charts come from. It throws `ChartError`. */
export interface ChartPort {
  chart(query: ChartQuery): Promise<ChartAnswer>
}

/** `refused`: too many requests. `absent`: no such symbol, or no data of it. `unclear`: an outage, or an answer that is none. */
export type ChartFault = 'refused' | 'absent' | 'unclear'

export class ChartError extends TickerlakeError {
  readonly fault: ChartFault

  constructor(fault: ChartFault, message: string, cause?: unknown) {
    super('yahoo', message, { retryable: fault !== 'absent', cause })
    this.name = 'ChartError'
    this.fault = fault
  }
}

export interface YahooProps {
  /** Answers in the web's place. @default fetch */
  readonly fetch?: typeof fetch
  /** Another server that speaks as Yahoo does. @default - Yahoo's */
  readonly endpoint?: string | undefined
  /** A request that takes longer is given up. */
  readonly timeoutMs?: number
  /** Gives up what is under way. @default - nothing does */
  readonly signal?: AbortSignal
}

const TIMEOUT_MS = 20_000
/** The queue of the library would let one request through at a time; who asks bounds that. */
const NO_QUEUE = 1_000

type Library = InstanceType<typeof YahooFinance>

/** The library, quiet: what goes wrong is thrown, and one line of ours says it. */
export function yahooCharts(props: YahooProps = {}): ChartPort {
  const silent = (): void => {}
  const library = new YahooFinance({
    fetch: askingFetch(props),
    queue: { concurrency: NO_QUEUE },
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
    logger: { debug: silent, dir: silent, error: silent, info: silent, warn: silent },
  })
  return { chart: (query) => chartOf(query, library) }
}

async function chartOf({ symbol, interval, from, to }: ChartQuery, library: Library): Promise<ChartAnswer> {
  const period = { period1: new Date(from), period2: new Date(to) }
  const asked = { ...period, interval, includePrePost: false, events: 'div|split', return: 'array' } as const
  const { quotes, meta, events } = await askedOf(symbol, () => library.chart(symbol, asked))
  const timeOf = timeReader(interval, meta.exchangeTimezoneName)
  const { start, end } = meta.currentTradingPeriod.regular
  return {
    bars: quotes.map(({ date, adjclose = null, ...prices }) => ({
      ...prices,
      time: timeOf(date),
      adjClose: adjclose,
    })),
    zone: meta.exchangeTimezoneName,
    kind: meta.instrumentType,
    session: { start: start.getTime(), end: end.getTime() },
    actions: actionsOf(events, timeReader('1d', meta.exchangeTimezoneName)),
  }
}

interface ChartEvents {
  readonly dividends?: readonly { readonly date: Date; readonly amount: number }[]
  readonly splits?: readonly { readonly date: Date; readonly numerator: number; readonly denominator: number }[]
}

/** Those that make no sense (a split of nothing) are none. */
function actionsOf(events: ChartEvents | undefined, dayOf: (date: Date) => number): readonly ChartAction[] {
  const { dividends = [], splits = [] } = events ?? {}
  const at = (date: Date) => ({ time: date.getTime(), day: dayOf(date) })
  const actions: readonly ChartAction[] = [
    ...splits.map(({ date, numerator, denominator }) => {
      return { ...at(date), kind: 'split' as const, ratio: numerator / denominator }
    }),
    ...dividends.map(({ date, amount }) => ({ ...at(date), kind: 'dividend' as const, amount })),
  ]
  return actions.filter((action) => {
    const value = action.kind === 'split' ? action.ratio : action.amount
    return Number.isFinite(value) && value > 0
  })
}

function timeReader(interval: Interval, zone: string): (date: Date) => number {
  if (!isSessionInterval(interval)) return (date) => date.getTime()
  const read = eventTimeReader({ kind: 'instant', zone: knownZone(zone) })
  return (date) => {
    const session = read(date.getTime(), interval)
    return typeof session === 'number' ? session : date.getTime()
  }
}

async function askedOf<T>(symbol: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const { fault, said } = faultOf(error)
    throw new ChartError(fault, `Yahoo Finance gave no bars of ${symbol}: ${said}`, error)
  }
}

function faultOf(error: unknown): { readonly fault: ChartFault; readonly said: string } {
  if (!(error instanceof Error)) return { fault: 'unclear', said: String(error) }
  if (error instanceof Refusal) return { fault: error.fault, said: error.message }
  // The library's own words for what Yahoo says of a symbol that it does not know, or no longer.
  if (/no data found|symbol may be delisted|not found/i.test(error.message)) {
    return { fault: 'absent', said: error.message }
  }
  // `fetch failed` says nothing; why it failed stands in its cause.
  const said = error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
  return { fault: 'unclear', said: said.slice(0, 300) }
}

/** An answer that is no chart, by its status. */
class Refusal extends Error {
  readonly fault: ChartFault

  constructor(fault: ChartFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** `fetch` with a time limit, at an endpoint of one's own, that tells a refusal before the library guesses at it. */
function askingFetch({ fetch: ask = fetch, endpoint, timeoutMs = TIMEOUT_MS, signal }: YahooProps): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const target = endpoint === undefined ? url : new URL(`${url.pathname}${url.search}`, endpoint)
    const ends = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]
    const response = await ask(target, { ...init, signal: AbortSignal.any(ends) })
    if (response.status === 429) throw new Refusal('refused', 'it asks for fewer requests (429)')
    if (response.status >= 500) throw new Refusal('unclear', `its server failed (${response.status})`)
    return response
  }
}
