/**
 * The bars of many symbols side by side: flat columns, one slice of rows a symbol, each slice by date.
 * Hot loops of this room read typed arrays as `x[i] as number`: the index is known to be inside, and a shared
 * accessor would see every kind of array and lose V8's inlining.
 */

/** Bars as they were read: any order, gaps as NaN. */
export interface BarColumns {
  readonly symbol: readonly string[]
  /** Days since 1970-01-01. */
  readonly day: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Where a symbol has none at all, its close stands in. */
  readonly adjClose: Float64Array
  readonly volume: Float64Array
}

/** Those of the bars whose day is wanted. */
export function barsOn(bars: BarColumns, isWanted: (day: number) => boolean): BarColumns {
  const keep = (_: unknown, row: number): boolean => isWanted(bars.day[row] as number)
  return {
    symbol: bars.symbol.filter(keep),
    day: bars.day.filter(keep),
    open: bars.open.filter(keep),
    high: bars.high.filter(keep),
    low: bars.low.filter(keep),
    close: bars.close.filter(keep),
    adjClose: bars.adjClose.filter(keep),
    volume: bars.volume.filter(keep),
  }
}

export interface Panel {
  /** In alphabetical order. */
  readonly symbols: readonly string[]
  /** Rows of symbol s are `starts[s]` up to, not including, `starts[s + 1]`. */
  readonly starts: Int32Array
  readonly day: Int32Array
  /** ln of the adjusted close; a bar without one carries the last one on (its return is 0). */
  readonly logPrice: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** Every day that has a bar, ascending; `dateOf[row]` is the row's index in it. */
  readonly dates: Int32Array
  readonly dateOf: Int32Array
}

/** Sorts bars by symbol and day. Of two rows of one (symbol, day) the first one read stays. */
export function panelOf(bars: BarColumns): Panel {
  const { symbols, order, starts } = sortedRows(bars)
  const day = pick(bars.day, order)
  const close = pick(bars.close, order)
  const dates = Int32Array.from(new Set(day)).sort()
  return {
    symbols,
    starts,
    day,
    logPrice: logPrices(pick(bars.adjClose, order), close, starts),
    open: pick(bars.open, order),
    high: pick(bars.high, order),
    low: pick(bars.low, order),
    close,
    volume: pick(bars.volume, order),
    dates,
    dateOf: indexesIn(dates, day),
  }
}

interface SortedRows {
  readonly symbols: readonly string[]
  /** Rows of the input in the panel's order, doubles left out. */
  readonly order: Int32Array
  readonly starts: Int32Array
}

function sortedRows({ symbol, day }: BarColumns): SortedRows {
  const counts = new Map<string, number>()
  for (const name of symbol) counts.set(name, (counts.get(name) ?? 0) + 1)
  const symbols = [...counts.keys()].sort()
  const rows = rowsBySymbol(symbol, symbols, counts)
  const starts = new Int32Array(symbols.length + 1)
  let [from, kept] = [0, 0]
  for (const [s, name] of symbols.entries()) {
    const own = rows.subarray(from, from + (counts.get(name) ?? 0))
    own.sort((a, b) => (day[a] as number) - (day[b] as number) || a - b)
    let last = Number.NaN
    for (const row of own) {
      if (day[row] === last) continue
      last = day[row] as number
      rows[kept++] = row
    }
    from += own.length
    starts[s + 1] = kept
  }
  return { symbols, order: rows.subarray(0, kept), starts }
}

/** The rows of one symbol after those of the other, each symbol's as they were read. */
function rowsBySymbol(
  symbol: readonly string[],
  symbols: readonly string[],
  counts: ReadonlyMap<string, number>,
): Int32Array {
  const next = new Map<string, number>()
  let at = 0
  for (const name of symbols) {
    next.set(name, at)
    at += counts.get(name) ?? 0
  }
  const rows = new Int32Array(symbol.length)
  for (let row = 0; row < symbol.length; row++) {
    const name = symbol[row] as string
    const place = next.get(name) ?? 0
    rows[place] = row
    next.set(name, place + 1)
  }
  return rows
}

function pick<Numbers extends Float64Array | Int32Array>(values: Numbers, rows: Int32Array): Numbers {
  const picked = values.slice(0, rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number
  return picked as Numbers
}

function indexesIn(dates: Int32Array, day: Int32Array): Int32Array {
  const indexOf = new Map<number, number>()
  for (let i = 0; i < dates.length; i++) indexOf.set(dates[i] as number, i)
  return day.map((value) => indexOf.get(value) ?? 0)
}

function logPrices(adjClose: Float64Array, close: Float64Array, starts: Int32Array): Float64Array {
  const logs = new Float64Array(adjClose.length)
  for (let s = 0; s + 1 < starts.length; s++) {
    const [from, to] = [starts[s] as number, starts[s + 1] as number]
    const prices = adjClose.subarray(from, to).some(isPrice) ? adjClose : close
    let last = Number.NaN
    for (let row = from; row < to; row++) {
      if (isPrice(prices[row] as number)) last = Math.log(prices[row] as number)
      logs[row] = last
    }
  }
  return logs
}

function isPrice(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}

/** The rows of a panel in the order of their dates, and each row's symbol. */
export interface DateIndex {
  /** Rows of date d are `rows[starts[d]]` up to, not including, `rows[starts[d + 1]]`. */
  readonly rows: Int32Array
  readonly starts: Int32Array
  readonly symbolOf: Int32Array
}

export function dateIndexOf({ symbols, starts: symbolStarts, dates, dateOf }: Panel): DateIndex {
  const starts = new Int32Array(dates.length + 1)
  for (const date of dateOf) starts[date + 1] = (starts[date + 1] as number) + 1
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number)
  const next = starts.slice()
  const rows = new Int32Array(dateOf.length)
  const symbolOf = new Int32Array(dateOf.length)
  for (let s = 0; s < symbols.length; s++) {
    for (let row = symbolStarts[s] as number; row < (symbolStarts[s + 1] as number); row++) {
      const date = dateOf[row] as number
      rows[next[date] as number] = row
      next[date] = (next[date] as number) + 1
      symbolOf[row] = s
    }
  }
  return { rows, starts, symbolOf }
}

/** Per symbol, the row after its last one on or before a date. */
export function endsAt({ symbols, starts, dateOf }: Panel, lastDate: number): Int32Array {
  const ends = new Int32Array(symbols.length)
  for (let s = 0; s < symbols.length; s++) {
    let low = starts[s] as number
    let high = starts[s + 1] as number
    while (low < high) {
      const middle = (low + high) >> 1
      if ((dateOf[middle] as number) <= lastDate) low = middle + 1
      else high = middle
    }
    ends[s] = low
  }
  return ends
}
