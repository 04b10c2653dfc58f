/**
 * The one order in which history is replayed: by the time of the bar, then by file, then by row. It is total, so a
 * position in it says what was sent and what is still to come, also when files are added meanwhile.
 */

/** The place of one row. `tsEvent` null: its time could not be read; such rows come first, so that bars added later are still ahead. */
export interface ReplayPosition {
  /** Epoch milliseconds. */
  readonly tsEvent: number | null
  /** Key of the file. */
  readonly file: string
  /** Row within the file, from 0. */
  readonly row: number
}

/** Below 0 where `a` is sent before `b`. */
export function comparePositions(a: ReplayPosition, b: ReplayPosition): number {
  if (a.tsEvent !== b.tsEvent) return instant(a.tsEvent) - instant(b.tsEvent)
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.row - b.row
}

function instant(tsEvent: number | null): number {
  return tsEvent ?? Number.NEGATIVE_INFINITY
}

/**
 * Keeps the `limit` rows that come first of all that are offered, whatever the order they are offered in.
 * It never holds more than twice the limit: that is what bounds the memory of a replay.
 */
export class EarliestRows<Row extends ReplayPosition> {
  readonly #limit: number
  #rows: Row[] = []
  #last: Row | undefined
  #dropped = false
  /** Rows that were there when they were sorted last. */
  #sorted = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  offer(row: Row): void {
    this.#rows.push(row)
    if (this.#rows.length >= 2 * this.#limit) this.trim()
  }

  /** Whether a row of that time, or of any later one, need not be offered: all of the limit come before it. */
  isFullBefore(tsEvent: number | null): boolean {
    const isFull = this.#last !== undefined && instant(this.#last.tsEvent) < instant(tsEvent)
    this.#dropped ||= isFull
    return isFull
  }

  /** The rows in their order, and whether others were left behind. */
  take(): { readonly rows: readonly Row[]; readonly dropped: boolean } {
    this.trim()
    return { rows: this.#rows, dropped: this.#dropped }
  }

  /** Looks which rows come first, where so many have come since the last look that sorting pays. */
  settle(): void {
    if (this.#rows.length - this.#sorted >= this.#limit / 4) this.trim()
  }

  /** Lets go of the rows beyond the limit, as it does by itself at twice the limit. */
  trim(): void {
    this.#rows.sort(comparePositions)
    this.#sorted = Math.min(this.#rows.length, this.#limit)
    if (this.#rows.length < this.#limit) return
    this.#dropped ||= this.#rows.length > this.#limit
    this.#rows.length = this.#limit
    this.#last = this.#rows.at(-1)
  }
}
