/**
 * Five weeks of a market for the stand-in of Yahoo: stocks of two zones and a currency of none, over the end of summer
 * time (2 November), holidays, a half day, two dividends and a split of four for one; and what a lake holds at its end.
 */
import {
  CRYPTO,
  dayValues,
  dividendsAfter,
  minuteValues,
  NEW_YORK,
  type StandInSymbol,
  sessionOf,
  TOKYO,
} from './yahoo-stand-in.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

export const MARKET_START = Date.parse('2025-10-29T12:00:00Z')
export const MARKET_END = Date.parse('2025-12-02T00:00:00Z')

const first = '2025-06-02'

export const MARKET: readonly StandInSymbol[] = [
  {
    ...NEW_YORK,
    symbol: 'AAPL',
    first,
    holidays: ['2025-06-19', '2025-07-04', '2025-09-01', '2025-11-27'],
    earlyEnds: { '2025-07-03': 13 * 60, '2025-11-28': 13 * 60 },
    actions: [
      { day: '2025-11-10', kind: 'dividend', amount: 1 },
      { day: '2025-11-18', kind: 'split', ratio: 4 },
      { day: '2025-11-25', kind: 'dividend', amount: 0.3 },
    ],
  },
  { ...TOKYO, symbol: '6758.T', first, holidays: ['2025-11-03', '2025-11-24'] },
  { ...CRYPTO, symbol: 'BTC-USD', first },
]

/** What of a bar tells whether it is the right one. */
export interface StoredBar {
  readonly symbol: string
  readonly interval: string
  /** Epoch milliseconds. */
  readonly ts_event: number
  readonly close: number
  readonly volume: number | bigint
}

type MarketInterval = '1d' | '1h'

/** What is missing, wrong or too many in a lake that has followed the market to its end. */
export function differencesFromMarket(bars: readonly StoredBar[], interval: MarketInterval): readonly string[] {
  const stored = bars.filter((bar) => bar.interval === interval)
  const byName = new Map(stored.map((bar) => [nameOf(bar), bar]))
  const expected = new Map(expectedBars(interval).map((bar) => [nameOf(bar), bar]))
  return [
    ...[...expected.values()].filter((bar) => !isAlike(byName.get(nameOf(bar)), bar)).map(said('wrong or missing')),
    ...[...byName.values()].filter((bar) => !expected.has(nameOf(bar))).map(said('not of the market')),
    ...(byName.size === stored.length ? [] : [`${stored.length - byName.size} bars twice`]),
  ]
}

const said = (fault: string) => (bar: StoredBar) => `${fault}: ${nameOf(bar)}`

function nameOf({ symbol, ts_event }: StoredBar): string {
  return `${symbol} ${new Date(ts_event).toISOString()}`
}

function isAlike(stored: StoredBar | undefined, { close, volume }: StoredBar): boolean {
  return stored !== undefined && Math.abs(stored.close / close - 1) < 2e-6 && Number(stored.volume) === volume
}

/** The bars that are over at the end, as Yahoo states them then. */
function expectedBars(interval: MarketInterval): readonly StoredBar[] {
  const from = Date.parse(first)
  const days = Array.from({ length: (MARKET_END - from) / DAY + 1 }, (_, i) => from + i * DAY)
  return MARKET.flatMap((symbol) =>
    days.flatMap((day) => (interval === '1d' ? dayBars(symbol, day) : hourBars(symbol, day))),
  )
}

const OVER = { isOver: true, now: MARKET_END }

function dayBars(symbol: StandInSymbol, day: number): readonly StoredBar[] {
  const session = sessionOf(symbol, day)
  if (!session || session.end + 20 * MINUTE > MARKET_END) return []
  const [, , , close, volume] = dayValues(symbol, day, OVER)
  return [{ symbol: symbol.symbol, interval: '1d', ts_event: day, close, volume }]
}

function hourBars(symbol: StandInSymbol, day: number): readonly StoredBar[] {
  const session = sessionOf(symbol, day)
  if (!session) return []
  const count = Math.ceil((session.end - session.start) / (60 * MINUTE))
  const hours = Array.from({ length: count }, (_, i) => session.start + i * 60 * MINUTE)
  return hours
    .filter((at) => at + 61 * MINUTE <= MARKET_END)
    .map((at) => {
      const [, , , close, volume] = minuteValues(symbol, at, OVER)
      return { symbol: symbol.symbol, interval: '1h', ts_event: at, close, volume }
    })
}

/** One of several forms in which a bar was sent. */
export interface BarVersion extends StoredBar {
  /** When it was sent: epoch milliseconds. */
  readonly known_from: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly adj_close: number | null
}

/** Bars that were sent again without a change that counts. */
export function repeatedVersions(versions: readonly BarVersion[]): readonly string[] {
  const sent = versions.toSorted((a, b) => a.known_from - b.known_from)
  return [...Map.groupBy(sent, (bar) => `${bar.interval} ${nameOf(bar)}`)].flatMap(([name, forms]) =>
    forms.some((form, i) => i > 0 && isUnchanged(form, forms[i - 1] as BarVersion)) ? [name] : [],
  )
}

const VALUES = ['open', 'high', 'low', 'close', 'adj_close', 'volume'] as const

function isUnchanged(a: BarVersion, b: BarVersion): boolean {
  return VALUES.every((name) => {
    const [x, y] = [Number(a[name] ?? 0), Number(b[name] ?? 0)]
    return Math.abs(x - y) <= 1e-6 * Math.max(Math.abs(x), Math.abs(y))
  })
}

/** A bar's closes as they were traded, without the splits since, and without the dividends since too. */
export interface Closes {
  readonly traded: number
  readonly split: number
  readonly total: number
}

/** The three bases of a bar that is over, as they stood at `now`. */
export function closesOf(symbol: StandInSymbol, { interval, ts_event }: StoredBar, now: number): Closes {
  const day = Math.floor(ts_event / DAY) * DAY
  const closeAt = (at: number): number =>
    interval === '1d'
      ? dayValues(symbol, day, { isOver: true, now: at })[3]
      : minuteValues(symbol, ts_event, { isOver: true, now: at })[3]
  const split = closeAt(now)
  return { traded: closeAt(day), split, total: split * dividendsAfter(symbol, day, now) }
}
