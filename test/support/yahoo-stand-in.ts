/** A server that speaks the recorded form of Yahoo's chart API (test/golden/yahoo) over a market of its own, and fails as Yahoo does. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const DAY = 86_400_000
const MINUTE = 60_000

export interface StandInSymbol {
  readonly symbol: string
  readonly zone: string
  readonly kind: 'EQUITY' | 'CURRENCY' | 'CRYPTOCURRENCY'
  /** Minutes after midnight in the zone. */
  readonly open: number
  readonly close: number
  /** Days without a session, and days that end early: `2026-11-27`, minutes. */
  readonly holidays?: readonly string[]
  readonly earlyEnds?: Readonly<Record<string, number>>
  readonly actions?: readonly StandInAction[]
  /** The first day of its history. */
  readonly first?: string
}

/** From the morning of its day on. */
export type StandInAction =
  | { readonly day: string; readonly kind: 'split'; readonly ratio: number }
  | { readonly day: string; readonly kind: 'dividend'; readonly amount: number }

export const NEW_YORK: Pick<StandInSymbol, 'zone' | 'kind' | 'open' | 'close'> = {
  zone: 'America/New_York',
  kind: 'EQUITY',
  open: 9.5 * 60,
  close: 16 * 60,
}
export const TOKYO: typeof NEW_YORK = { zone: 'Asia/Tokyo', kind: 'EQUITY', open: 9 * 60, close: 15.5 * 60 }
export const CRYPTO: typeof NEW_YORK = { zone: 'UTC', kind: 'CRYPTOCURRENCY', open: 0, close: 24 * 60 - 1 }

/** One way to answer a request in place of a chart. */
export type StandInFailure = 429 | 503 | 'html' | 'nothing' | 'cut'

export interface StandInProps {
  readonly symbols: readonly StandInSymbol[]
  readonly now: () => number
  /** Relative size of what differs from call to call. */
  readonly wobble?: number
}

interface Row {
  readonly at: number
  readonly values: readonly [open: number, high: number, low: number, close: number, volume: number] | null
}

export class YahooStandIn {
  readonly requests: URL[] = []
  /** How the next requests are answered, one each. */
  readonly failures: StandInFailure[] = []
  readonly #props: StandInProps
  readonly #symbols: Map<string, StandInSymbol>
  #server: Server | undefined

  constructor(props: StandInProps) {
    this.#props = props
    this.#symbols = new Map(props.symbols.map((one) => [one.symbol, one]))
  }

  /** In the web's place. */
  readonly fetch: typeof fetch = async (input) => this.answer(new URL(input instanceof Request ? input.url : input))

  /** Listens on 127.0.0.1; gives its address. */
  async listen(port = 0): Promise<string> {
    const server = createServer(async ({ url }, response) => {
      const answer = this.answer(new URL(url ?? '/', 'http://stand-in'))
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    })
    this.#server = server
    await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined))
  }

  /** A symbol that is no more. */
  delist(symbol: string): void {
    this.#symbols.delete(symbol)
  }

  list(symbol: StandInSymbol): void {
    this.#symbols.set(symbol.symbol, symbol)
  }

  answer(url: URL): Response {
    this.requests.push(url)
    const failure = this.failures.shift()
    if (failure !== undefined) return failed(failure)
    const symbol = this.#symbols.get(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''))
    if (!symbol) return json(404, errorOf('Not Found', 'No data found, symbol may be delisted'))
    return json(200, this.#chart(symbol, url.searchParams))
  }

  #chart(symbol: StandInSymbol, asked: URLSearchParams): unknown {
    const period = { from: Number(asked.get('period1')) * 1_000, to: Number(asked.get('period2')) * 1_000 }
    const interval = asked.get('interval') ?? '1d'
    const now = this.#props.now()
    const rows = interval === '1d' ? dailyRows(symbol, period, now) : minuteRows(symbol, { ...period, interval }, now)
    const wobbling = rows.map(({ at, values }) => ({ at, values: values && this.#wobbled(values) }))
    const result = {
      meta: metaOf(symbol, interval, now),
      ...(rows.length > 0 ? { timestamp: rows.map(({ at }) => Math.floor(at / 1_000)) } : {}),
      ...eventsOf(symbol, period, now),
      indicators: rows.length > 0 ? indicatorsOf(symbol, wobbling, { interval, now }) : { quote: [{}] },
    }
    return { chart: { result: [result], error: null } }
  }

  #wobbled(values: NonNullable<Row['values']>): NonNullable<Row['values']> {
    const { wobble = 0 } = this.#props
    const calls = this.requests.length
    const factor = (i: number): number => 1 + wobble * Math.sin(calls * 12.9898 + i * 78.233)
    const [open, high, low, close, volume] = values
    return [open * factor(1), high * factor(2), low * factor(3), close * factor(4), volume]
  }
}

function failed(failure: StandInFailure): Response {
  switch (failure) {
    case 429:
      return new Response('Too Many Requests\r\n', { status: 429 })
    case 503:
      return new Response('upstream connect error', { status: 503 })
    case 'html':
      return new Response('<!DOCTYPE html><title>Yahoo</title>', { headers: { 'content-type': 'text/html' } })
    case 'nothing':
      return new Response('')
    case 'cut':
      return new Response('{"chart":{"result":[{"meta":{"curr')
  }
}

function json(status: number, body: unknown): Response {
  const headers = { 'content-type': 'application/json', 'set-cookie': 'A3=stand-in; Path=/; Domain=yahoo.com' }
  return new Response(JSON.stringify(body), { status, headers })
}

function errorOf(code: string, description: string): unknown {
  return { chart: { result: null, error: { code, description } } }
}

/** The session of a day, or undefined where there is none. */
export function sessionOf({ zone, kind, open, close, holidays = [], earlyEnds = {} }: StandInSymbol, day: number) {
  const date = isoDay(day)
  const weekday = new Date(day).getUTCDay()
  if (kind !== 'CRYPTOCURRENCY' && (weekday === 0 || weekday === 6 || holidays.includes(date))) return undefined
  return { start: instantOf(zone, day, open), end: instantOf(zone, day, earlyEnds[date] ?? close) }
}

function sessionDays(symbol: StandInSymbol, { from, to }: { from: number; to: number }): readonly number[] {
  const first = Math.max(startOf(from) - DAY, Date.parse(symbol.first ?? '2024-01-01'))
  const days = Array.from({ length: Math.max(0, Math.ceil((to - first) / DAY) + 1) }, (_, i) => first + i * DAY)
  return days.filter((day) => sessionOf(symbol, day) !== undefined)
}

function dailyRows(symbol: StandInSymbol, period: { from: number; to: number }, now: number): readonly Row[] {
  return sessionDays(symbol, period).flatMap((day): Row[] => {
    const session = sessionOf(symbol, day)
    if (!session || session.start > now) return []
    const isOver = session.end <= now
    const at = isOver ? session.start : Math.min(now, session.end)
    if (at < period.from || at >= period.to) return []
    return [{ at, values: dayValues(symbol, day, { isOver, now }) }]
  })
}

/** The final values of a day's bar, as Yahoo states them at `now`: adjusted for the splits up to then. */
export function dayValues(symbol: StandInSymbol, day: number, { isOver, now }: { isOver: boolean; now: number }) {
  const price = priceAt(symbol, day) * splitsAfter(symbol, now)
  const share = isOver ? 1 : 0.5
  const volume = Math.round((10_000 * share) / splitsAfter(symbol, now))
  return [price, price * 1.02, price * 0.98, price * (1 + 0.01 * share), volume] as const
}

interface MinutePeriod {
  readonly from: number
  readonly to: number
  readonly interval: string
}

function minuteRows(symbol: StandInSymbol, period: MinutePeriod, now: number): readonly Row[] {
  return sessionDays(symbol, period).flatMap((day) => minutesOf(symbol, day, { ...period, now }))
}

function minutesOf(
  symbol: StandInSymbol,
  day: number,
  { from, to, interval, now }: MinutePeriod & { now: number },
): Row[] {
  const session = sessionOf(symbol, day)
  if (!session) return []
  const step = interval.endsWith('h') ? 60 * MINUTE : Number.parseInt(interval, 10) * MINUTE
  const end = symbol.kind === 'CRYPTOCURRENCY' ? session.start + DAY : session.end
  const count = Math.ceil((Math.min(end, now + 1) - session.start) / step)
  const times = Array.from({ length: Math.max(0, count) }, (_, i) => session.start + i * step)
  const rows: Row[] = times.map((at) => ({ at, values: minuteValues(symbol, at, { isOver: at + step <= now, now }) }))
  // The row that is stamped with the moment itself.
  const isRunning = now > session.start && now < end && now % step !== 0
  return [...rows, ...(isRunning ? [{ at: now, values: null }] : [])].filter(({ at }) => at >= from && at < to)
}

export function minuteValues(symbol: StandInSymbol, at: number, { isOver, now }: { isOver: boolean; now: number }) {
  const price = (priceAt(symbol, startOf(at)) + ((at / MINUTE) % 60) / 100) * splitsAfter(symbol, now)
  const share = isOver ? 1 : 0.5
  const volume = Math.round((100 * share) / splitsAfter(symbol, now))
  return [price, price * 1.001, price * 0.999, price * (1 + 0.0005 * share), volume] as const
}

/** On the basis of after all splits. */
function priceAt({ symbol }: StandInSymbol, day: number): number {
  const seed = [...symbol].reduce((sum, char) => sum + char.charCodeAt(0), 0)
  return 50 + (seed % 100) + 5 * Math.sin(day / DAY / 9 + seed)
}

/** What prices are multiplied with as long as these splits have not come. */
function splitsAfter({ actions = [] }: StandInSymbol, now: number): number {
  return actions.reduce(
    (all, action) => (action.kind === 'split' && Date.parse(action.day) > now ? all * action.ratio : all),
    1,
  )
}

interface Stated {
  readonly interval: string
  readonly now: number
}

function indicatorsOf(symbol: StandInSymbol, rows: readonly Row[], { interval, now }: Stated): unknown {
  const column = (i: number): readonly (number | null)[] => rows.map(({ values }) => values?.[i] ?? null)
  const quote = [{ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) }]
  if (interval !== '1d') return { quote }
  const adjusted = rows.map(({ at, values }) => values && values[3] * dividendsAfter(symbol, startOf(at), now))
  return { quote, adjclose: [{ adjclose: adjusted }] }
}

/** What the adjusted close of a day has of its close: the dividends that came after it, each against the close before it. */
export function dividendsAfter(symbol: StandInSymbol, day: number, now: number): number {
  return (symbol.actions ?? []).reduce((all, action) => {
    const exDay = Date.parse(action.day)
    if (action.kind !== 'dividend' || exDay > now || exDay <= day) return all
    let before = exDay - DAY
    while (sessionOf(symbol, before) === undefined) before -= DAY
    const [, , , close] = dayValues(symbol, before, { isOver: true, now: exDay })
    return all * (1 - action.amount / close)
  }, 1)
}

function eventsOf(symbol: StandInSymbol, { from, to }: { from: number; to: number }, now: number) {
  const known = (symbol.actions ?? []).flatMap((action) => {
    const at = sessionOf(symbol, Date.parse(action.day))?.start ?? Date.parse(action.day)
    return Date.parse(action.day) <= now && at >= from && at < to ? [{ action, at: at / 1_000 }] : []
  })
  if (known.length === 0) return {}
  const of = (kind: string) => known.filter(({ action }) => action.kind === kind)
  const dividends = of('dividend').map(({ action, at }) => {
    // For a share of today.
    const splits = splitsAfter(symbol, Date.parse(action.day)) / splitsAfter(symbol, now)
    return [at, { amount: 'amount' in action ? action.amount / splits : 0, date: at }]
  })
  const splits = of('split').map(({ action, at }) => {
    const ratio = 'ratio' in action ? action.ratio : 1
    return [at, { date: at, numerator: ratio, denominator: 1, splitRatio: `${ratio}:1` }]
  })
  return { events: { dividends: Object.fromEntries(dividends), splits: Object.fromEntries(splits) } }
}

function metaOf(symbol: StandInSymbol, interval: string, now: number): unknown {
  const session = currentSession(symbol, now)
  const gmtoffset = offsetOf(symbol.zone, now) / 1_000
  const times = { timezone: 'X', start: session.start / 1_000, end: session.end / 1_000, gmtoffset }
  return {
    currency: 'USD',
    symbol: symbol.symbol,
    exchangeName: 'STI',
    fullExchangeName: 'Stand-in',
    instrumentType: symbol.kind,
    firstTradeDate: 345_479_400,
    regularMarketTime: Math.floor(now / 1_000),
    hasPrePostMarketData: false,
    gmtoffset,
    timezone: 'X',
    exchangeTimezoneName: symbol.zone,
    regularMarketPrice: 100,
    priceHint: 2,
    currentTradingPeriod: { pre: times, regular: times, post: times },
    dataGranularity: interval,
    range: '',
    validRanges: ['1d', '5d', 'max'],
  }
}

/** Today's session, or the one that comes next where today has none. */
function currentSession(symbol: StandInSymbol, now: number): { readonly start: number; readonly end: number } {
  const today = startOf(now + offsetOf(symbol.zone, now))
  for (let day = today; day < today + 10 * DAY; day += DAY) {
    const session = sessionOf(symbol, day)
    if (session) return session
  }
  return { start: now, end: now }
}

function startOf(instant: number): number {
  return Math.floor(instant / DAY) * DAY
}

function isoDay(day: number): string {
  return new Date(day).toISOString().slice(0, 10)
}

function instantOf(zone: string, day: number, minutes: number): number {
  const local = day + minutes * MINUTE
  return local - offsetOf(zone, local - offsetOf(zone, local))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** As `GMT-05:00`. */
function offsetOf(zone: string, instant: number): number {
  if (zone === 'UTC') return 0
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d+):(\d+)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE
}
