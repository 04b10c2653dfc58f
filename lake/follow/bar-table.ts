/** Rows of bars as numbers, by series and time, each bar once: what a file holds, or what was sent of it. */

export interface BarTable {
  /** In order; each names what its bars are of: `seriesName`. */
  readonly series: readonly string[]
  /** Up to where the rows of each series reach, not included. */
  readonly ends: Uint32Array
  /** Ascending within a series: epoch milliseconds; of a row whose time cannot be read a number far below them. */
  readonly times: Float64Array
  /** Open, high, low, close, adjusted close, volume; NaN where a cell is no number. */
  readonly cells: readonly Float32Array[]
  /** A hash of the cells of a row that are neither numbers nor empty; 0 where all are. */
  readonly odd: Uint32Array
}

/** Cells of a row, beside its time. */
const CELLS = 6

/**
 * A relative change up to this is none: Yahoo computes a value again with every call, and its seventh digit differs from call
 * to call (yfinance 1871, quantmod 416). A cent of 10,000 is as much.
 */
const TOLERANCE = 1e-6

export const NO_ROWS: BarTable = emptyTable([], new Uint32Array(0), 0)

/** Names a series; no symbol and no interval has a tab in it that matters. */
export function seriesName(symbol: string, interval: string): string {
  return `${symbol}\t${interval}`
}

export function emptyTable(series: readonly string[], ends: Uint32Array, rows: number): BarTable {
  return {
    series,
    ends,
    times: new Float64Array(rows),
    cells: Array.from({ length: CELLS }, () => new Float32Array(rows)),
    odd: new Uint32Array(rows),
  }
}

/** What a file says that was not sent so: the rows to send, and how many bars it no longer has. */
export interface Changes {
  /** Row numbers of the table. */
  readonly rows: readonly number[]
  readonly vanished: number
}

export function changesBetween(sent: BarTable, now: BarTable): Changes {
  const rows: number[] = []
  let vanished = 0
  walk(sent, now, (old, row) => {
    if (row === undefined) vanished += 1
    else if (old === undefined || isChanged(sent, old, { now, row })) rows.push(row)
  })
  return { rows, vanished }
}

/**
 * What was sent, after those rows of `now` were sent too. An unchanged bar keeps the values that were sent, so that small
 * changes do not add up to a large one unseen. Bars that the file lost are remembered while they are no more than the others.
 */
export function afterSending(sent: BarTable, now: BarTable, rows: readonly number[]): BarTable {
  const isSent = new Uint8Array(now.times.length)
  for (const row of rows) isSent[row] = 1
  const { vanished } = changesBetween(sent, now)
  const keepsVanished = vanished <= now.times.length
  const picks: Pick[] = []
  walk(sent, now, (old, row, series) => {
    if (row !== undefined && isSent[row]) picks.push({ from: now, row, series })
    else if (old !== undefined && (row !== undefined || keepsVanished)) picks.push({ from: sent, row: old, series })
  })
  return gathered(picks)
}

/** The rows of a table whose time is such. */
export function rowsWhere(table: BarTable, isWanted: (time: number) => boolean): BarTable {
  const picks: Pick[] = []
  walk(NO_ROWS, table, (_, row, series) => {
    if (row !== undefined && isWanted(table.times[row] ?? 0)) picks.push({ from: table, row, series })
  })
  return gathered(picks)
}

/** Whether two numbers are one value; what is no number is like nothing but itself. */
export function isSameValue(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
}

function isChanged(sent: BarTable, old: number, { now, row }: { readonly now: BarTable; readonly row: number }) {
  if (sent.odd[old] !== now.odd[row]) return true
  return now.cells.some((cells, i) => !isSameValue(sent.cells[i]?.[old] ?? Number.NaN, cells[row] ?? Number.NaN))
}

type Meet = (sent: number | undefined, now: number | undefined, series: string) => void

/** Meets every bar of either table once, by series and time. */
function walk(sent: BarTable, now: BarTable, meet: Meet): void {
  let i = 0
  let j = 0
  while (i < sent.series.length || j < now.series.length) {
    const a = sent.series[i]
    const b = now.series[j]
    const name = b === undefined || (a !== undefined && a < b) ? (a ?? '') : b
    const old = a === name ? spanOf(sent, i++) : NOTHING
    const own = b === name ? spanOf(now, j++) : NOTHING
    walkSeries({ table: sent, ...old }, { table: now, ...own }, (x, y) => meet(x, y, name))
  }
}

const NOTHING = { start: 0, end: 0 }

function spanOf({ ends }: BarTable, series: number): { readonly start: number; readonly end: number } {
  return { start: ends[series - 1] ?? 0, end: ends[series] ?? 0 }
}

interface Span {
  readonly table: BarTable
  readonly start: number
  readonly end: number
}

function walkSeries(sent: Span, now: Span, meet: (sent: number | undefined, now: number | undefined) => void): void {
  let i = sent.start
  let j = now.start
  while (i < sent.end || j < now.end) {
    const a = timeIn(sent, i)
    const b = timeIn(now, j)
    meet(a <= b ? i : undefined, b <= a ? j : undefined)
    if (a <= b) i += 1
    if (b <= a) j += 1
  }
}

/** Behind its end a span has no time: everything else comes first. */
function timeIn({ table, end }: Span, row: number): number {
  return row < end ? (table.times[row] ?? 0) : Number.POSITIVE_INFINITY
}

interface Pick {
  readonly from: BarTable
  readonly row: number
  readonly series: string
}

function gathered(picks: readonly Pick[]): BarTable {
  const series: string[] = []
  const ends: number[] = []
  picks.forEach((pick, i) => {
    if (series.at(-1) !== pick.series) series.push(pick.series)
    ends[series.length - 1] = i + 1
  })
  const table = emptyTable(series, Uint32Array.from(ends), picks.length)
  picks.forEach(({ from, row }, i) => {
    copyRow(from, row, { table, at: i })
  })
  return table
}

export function copyRow(from: BarTable, row: number, { table, at }: { readonly table: BarTable; readonly at: number }) {
  table.times[at] = from.times[row] ?? 0
  table.odd[at] = from.odd[row] ?? 0
  for (let c = 0; c < CELLS; c++) {
    const cells = table.cells[c]
    if (cells) cells[at] = from.cells[c]?.[row] ?? Number.NaN
  }
}
