/** Which day a lake stands at: the newest that several of the going symbols of one calendar traded on. */
import { weekdaysTraded } from '../forecast/weekdays.ts'

export interface TradedDay {
  readonly symbol: string
  /** Since 1970-01-01. */
  readonly day: number
}

/** A symbol is going where it has so many bars in so many days, up to and with the day in question. */
const GOING_BARS = 3
const GOING_DAYS = 10

/** So many of a calendar's going symbols make a session, and at least this share. */
const QUORUM = 2
const QUORUM_SHARE = 0.01

/**
 * The newest day with a quorum of the going symbols of one calendar (all of them, where there are fewer); undefined where
 * no day has one. A coin among thousands of shares has its weekends and holidays.
 */
export function quorumDay(bars: readonly TradedDay[]): number | undefined {
  const coins = symbolsOfEveryDay(bars)
  const calendars = Map.groupBy(bars, ({ symbol }) => coins.has(symbol))
  const days = [...calendars.values()].flatMap((own) => quorumDayOf(own) ?? [])
  return days.length > 0 ? Math.max(...days) : undefined
}

/** Symbols that trade on Saturdays and on Sundays. */
function symbolsOfEveryDay(bars: readonly TradedDay[]): ReadonlySet<string> {
  const own = [...Map.groupBy(bars, ({ symbol }) => symbol)]
  const isEveryDay = (days: readonly TradedDay[]): boolean => {
    const weekdays = weekdaysTraded(Int32Array.from(days, ({ day }) => day).sort())
    return weekdays.has(0) && weekdays.has(6)
  }
  return new Set(own.filter(([, days]) => isEveryDay(days)).map(([symbol]) => symbol))
}

/** As if all were of one calendar. */
function quorumDayOf(bars: readonly TradedDay[]): number | undefined {
  const symbolsOf = new Map<number, Set<string>>()
  for (const { symbol, day } of bars) {
    const symbols = symbolsOf.get(day)
    if (symbols) symbols.add(symbol)
    else symbolsOf.set(day, new Set([symbol]))
  }
  const newestFirst = [...symbolsOf.keys()].sort((a, b) => b - a)
  return newestFirst.find((day) => {
    const going = goingSymbols(symbolsOf, day)
    const present = [...going].filter((symbol) => symbolsOf.get(day)?.has(symbol)).length
    return present >= Math.max(1, Math.min(going.size, Math.max(QUORUM, Math.ceil(QUORUM_SHARE * going.size))))
  })
}

function goingSymbols(symbolsOf: ReadonlyMap<number, ReadonlySet<string>>, day: number): ReadonlySet<string> {
  const bars = new Map<string, number>()
  for (let before = day; before > day - GOING_DAYS; before--) {
    for (const symbol of symbolsOf.get(before) ?? []) bars.set(symbol, (bars.get(symbol) ?? 0) + 1)
  }
  return new Set([...bars].filter(([, count]) => count >= GOING_BARS).map(([symbol]) => symbol))
}
