/** Merging versions of bars: the newest of each (symbol, interval, ts_event) stays, whatever the order they come in. */
import type { TextCells } from '../tables/cells.ts'
import { MOST_PICKS, type Picks } from './bar-buffer.ts'
import { type BarColumns, type Bars, compareBars, compareVersions, type MergeColumns } from './bar-columns.ts'
import { type Span, sortedBars } from './sort-bars.ts'

export interface NewestVersions {
  readonly order: Uint32Array
  /** Versions that follow one of another source. */
  readonly crossed: number
}

/** The rows of a span of time in the order of a month, the newest version of each bar only. */
export function newestVersions(bars: Bars, span: Span): NewestVersions {
  return lastOfEachBar(bars.columns, sortedBars(bars, span))
}

function lastOfEachBar(columns: BarColumns, order: Uint32Array): NewestVersions {
  let kept = 0
  let crossed = 0
  for (let i = 0; i < order.length; i++) {
    const row = order[i] ?? 0
    const next = order[i + 1]
    if (next === undefined || compareBars(columns, row, columns, next) !== 0) order[kept++] = row
    else if (isOtherSource(columns.source, row, columns.source, next)) crossed++
  }
  return { order: order.subarray(0, kept), crossed }
}

export interface MergeCount {
  /** Bars that were not in the month before. */
  added: number
  /** Bars whose version changed. */
  replaced: number
  /** Of those, bars that another source said before: a file and the fetcher, or two files. */
  crossed: number
}

/**
 * Merges the fresh rows of a month into what stands there, which is given row group by row group in order, in the words
 * of the fresh rows. Each row of the outcome is picked once, in order; the picks given are used again for the next.
 */
export class MonthMerge<Columns extends MergeColumns> {
  readonly count: MergeCount = { added: 0, replaced: 0, crossed: 0 }
  readonly #fresh: Columns
  readonly #order: Uint32Array
  readonly #picks: Int32Array
  #picked = 0
  #standing: Columns
  #at = 0

  constructor(fresh: Columns, order: Uint32Array) {
    this.#fresh = fresh
    this.#order = order
    this.#standing = fresh
    this.#picks = new Int32Array(MOST_PICKS)
  }

  /** Whether any bar so far is new, or of a newer version. */
  get hasNews(): boolean {
    return this.count.added + this.count.replaced > 0
  }

  /** Whether fresh rows are left. */
  get hasRest(): boolean {
    return this.#at < this.#order.length
  }

  /** The next rows that stand in the month. */
  *standing({ columns, rows }: { readonly columns: Columns; readonly rows: number }): Generator<Picks<Columns>> {
    this.#standing = columns
    for (let row = 0; row < rows; ) {
      row = this.#pickFrom(row, rows)
      yield this.#taken()
    }
  }

  /** What is left of the fresh rows, after all that stand. */
  *rest(): Generator<Picks<Columns>> {
    this.count.added += this.#order.length - this.#at
    while (this.hasRest) {
      while (this.hasRest && this.#picked < MOST_PICKS) this.#takeFresh()
      yield this.#taken()
    }
  }

  /** Goes on from a standing row until all are merged, or as many rows are picked as may be at once. */
  #pickFrom(from: number, rows: number): number {
    let row = from
    while (row < rows && this.#picked < MOST_PICKS) {
      const side = this.#compareNext(row)
      if (side < 0) {
        this.#takeFresh()
        this.count.added++
        continue
      }
      if (side === 0) this.#takeNewer(row)
      else this.#take(~row)
      row++
    }
    return row
  }

  #compareNext(row: number): number {
    const next = this.#order[this.#at]
    return next === undefined ? 1 : compareBars(this.#fresh, next, this.#standing, row)
  }

  #takeNewer(row: number): void {
    const next = this.#order[this.#at] ?? 0
    if (compareVersions(this.#fresh, next, this.#standing, row) > 0) {
      if (isOtherSource(this.#standing.source, row, this.#fresh.source, next)) this.count.crossed++
      this.#takeFresh()
      this.count.replaced++
      return
    }
    this.#at++
    this.#take(~row)
  }

  #takeFresh(): void {
    this.#take(this.#order[this.#at++] as number)
  }

  #take(pick: number): void {
    this.#picks[this.#picked++] = pick
  }

  #taken(): Picks<Columns> {
    const picks = this.#picks.subarray(0, this.#picked)
    this.#picked = 0
    return { picks, fresh: this.#fresh, standing: this.#standing }
  }
}

function isOtherSource(a: TextCells, i: number, b: TextCells, j: number): boolean {
  return a.codes[i] !== b.codes[j] && sourceAt(a, i) !== sourceAt(b, j)
}

/** Who says so, whatever splits it takes out: `yahoo` of `yahoo@2020-08-31`. */
function sourceAt({ codes, words }: TextCells, row: number): string {
  return (words[codes[row] as number] ?? '').split('@', 1)[0] ?? ''
}

/** Where the month `2013-03` begins and ends, epoch milliseconds. */
export function monthSpan(month: string): Span {
  const year = Number(month.slice(0, 4))
  const monthIndex = Number(month.slice(5)) - 1
  return { from: Date.UTC(year, monthIndex), to: Date.UTC(year, monthIndex + 1) }
}
