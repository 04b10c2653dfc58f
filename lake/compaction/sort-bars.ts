/**
 * The order of rows, by permutation: by symbol without comparing rows, then within each symbol by the runs that are sorted
 * already. Bars arrive mostly in the order of their time, so a symbol has few runs, and those that do not overlap are one.
 */
import { type BarColumns, type Bars, compareBars, compareVersions } from './bar-columns.ts'

/** From one instant up to, not including, another; epoch milliseconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The rows of a span of time by bar, and the versions of one bar from the oldest on. */
export function sortedBars(bars: Bars, span: Span): Uint32Array {
  const { order, ends } = bySymbol(bars, span)
  const sorter = new RunSorter(bars.columns, order)
  let from = 0
  for (const to of ends) {
    sorter.sort(from, to)
    from = to
  }
  return order
}

/** The rows of each symbol together, in the order in which they came; where each symbol ends. Counted first, for a list of millions of rows is all the memory that it takes. */
function bySymbol({ columns, rows }: Bars, { from, to }: Span) {
  const { codes, words } = columns.symbol
  const times = columns.ts_event
  const rankOf = ranksOf(words)
  const ends = new Uint32Array(words.length)
  for (let row = 0; row < rows; row++) {
    const time = times[row] as number
    if (!(time >= from && time < to)) continue
    const rank = rankOf[codes[row] as number] as number
    ends[rank] = (ends[rank] as number) + 1
  }
  for (let rank = 1; rank < ends.length; rank++) ends[rank] = (ends[rank] as number) + (ends[rank - 1] as number)
  const places = Uint32Array.from(ends, (_, rank) => (rank === 0 ? 0 : (ends[rank - 1] as number)))
  const order = new Uint32Array(ends.at(-1) ?? 0)
  for (let row = 0; row < rows; row++) {
    const time = times[row] as number
    if (!(time >= from && time < to)) continue
    const rank = rankOf[codes[row] as number] as number
    const place = places[rank] as number
    order[place] = row
    places[rank] = place + 1
  }
  return { order, ends }
}

/** The places of words among each other. */
function ranksOf(words: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(words.length)
  const sorted = words.map((word, number) => ({ word, number })).sort((a, b) => (a.word < b.word ? -1 : 1))
  for (const [rank, { number }] of sorted.entries()) ranks[number] = rank
  return ranks
}

/** A natural merge sort of rows of one symbol. */
class RunSorter {
  readonly #columns: BarColumns
  readonly #order: Uint32Array
  #spare = new Uint32Array()

  constructor(columns: BarColumns, order: Uint32Array) {
    this.#columns = columns
    this.#order = order
  }

  sort(from: number, to: number): void {
    let ends = this.#runs(from, to)
    while (ends.length > 1) {
      const merged: number[] = []
      let start = from
      for (let i = 0; i < ends.length; i += 2) {
        const end = ends[i + 1] ?? (ends[i] as number)
        this.#merge(start, ends[i] as number, end)
        merged.push(end)
        start = end
      }
      ends = merged
    }
  }

  /** Where the sorted runs end. */
  #runs(from: number, to: number): number[] {
    const ends: number[] = []
    for (let i = from + 1; i < to; i++) if (this.#compare(this.#rowAt(i - 1), this.#rowAt(i)) > 0) ends.push(i)
    if (to > from) ends.push(to)
    return ends
  }

  /** Two neighbouring runs into one. */
  #merge(from: number, middle: number, to: number): void {
    if (middle === to || this.#compare(this.#rowAt(middle - 1), this.#rowAt(middle)) <= 0) return
    const size = middle - from
    if (this.#spare.length < size) this.#spare = new Uint32Array(size * 2)
    this.#spare.set(this.#order.subarray(from, middle))
    let [left, right, at] = [0, middle, from]
    while (left < size) {
      const row = this.#spare[left] as number
      const isLeft = right === to || this.#compare(row, this.#rowAt(right)) <= 0
      this.#order[at++] = isLeft ? row : this.#rowAt(right)
      if (isLeft) left++
      else right++
    }
  }

  #rowAt(i: number): number {
    return this.#order[i] as number
  }

  #compare(a: number, b: number): number {
    return compareBars(this.#columns, a, this.#columns, b) || compareVersions(this.#columns, a, this.#columns, b)
  }
}
