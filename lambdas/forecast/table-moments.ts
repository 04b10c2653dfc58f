/** Second moments of a table's features: own columns row by row, what has to do with a date's columns once a date. */
import { DATE_COLUMNS, FEATURE_COUNT, type FeatureTable, ROW_COLUMNS } from './feature-table.ts'
import { addRows, emptyMoments, type Moments } from './moments.ts'
import type { RowRanges } from './scale-regression.ts'

const ROW_SIZE = ROW_COLUMNS.length
const DATE_SIZE = DATE_COLUMNS.length

export interface TableMoments {
  /** Of the rows' own columns. */
  readonly own: Moments
  /** Of a date's columns with the rows' own: ROW_SIZE a column of the date. */
  readonly mixed: Float64Array
  /** Of a date's columns among themselves: DATE_SIZE a column. */
  readonly ofDate: Float64Array
}

export function emptyTableMoments(): TableMoments {
  return {
    own: emptyMoments(ROW_SIZE),
    mixed: new Float64Array(DATE_SIZE * ROW_SIZE),
    ofDate: new Float64Array(DATE_SIZE * DATE_SIZE),
  }
}

/** Adds the rows of some ranges, which lie on the dates from `from` up to, not including, `to`. */
export function addTableRows(
  moments: TableMoments,
  x: FeatureTable,
  ranges: RowRanges,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const sums = new Float64Array(Math.max(0, to - from) * ROW_SIZE)
  const counts = new Int32Array(Math.max(0, to - from))
  for (let range = 0; range < ranges.length; range += 2) {
    const [first, end] = [ranges[range] as number, ranges[range + 1] as number]
    addRows(moments.own, x.ofRow, first, end)
    for (let row = first; row < end; row++) {
      const date = (x.dateOf[row] as number) - from
      counts[date] = (counts[date] as number) + 1
      addTo(sums, date * ROW_SIZE, x.ofRow, row * ROW_SIZE)
    }
  }
  for (const [date, count] of counts.entries()) {
    if (count > 0) addDate(moments, x.ofDate.subarray((from + date) * DATE_SIZE), { sums, at: date * ROW_SIZE, count })
  }
}

function addTo(sums: Float64Array, at: number, x: Float32Array, from: number): void {
  for (let j = 0; j < ROW_SIZE; j++) sums[at + j] = (sums[at + j] as number) + (x[from + j] as number)
}

interface RowsOfDate {
  /** Of the own columns, from `at` on. */
  readonly sums: Float64Array
  readonly at: number
  readonly count: number
}

function addDate({ mixed, ofDate }: TableMoments, x: Float32Array, { sums, at, count }: RowsOfDate): void {
  for (let i = 0; i < DATE_SIZE; i++) {
    const xi = x[i] as number
    for (let j = 0; j < ROW_SIZE; j++) {
      mixed[i * ROW_SIZE + j] = (mixed[i * ROW_SIZE + j] as number) + xi * (sums[at + j] as number)
    }
    for (let j = 0; j <= i; j++) {
      ofDate[i * DATE_SIZE + j] = (ofDate[i * DATE_SIZE + j] as number) + count * xi * (x[j] as number)
    }
  }
}

/** All of them in the order of the coefficients. */
export function wholeMoments({ own, mixed, ofDate }: TableMoments): Moments {
  const { sums } = emptyMoments(FEATURE_COUNT)
  const put = (a: number, b: number, sum: number | undefined) => {
    sums[Math.max(a, b) * FEATURE_COUNT + Math.min(a, b)] = sum as number
  }
  for (const [i, column] of ROW_COLUMNS.entries()) {
    for (let j = 0; j <= i; j++) put(column, ROW_COLUMNS[j] as number, own.sums[i * ROW_SIZE + j])
  }
  for (const [i, column] of DATE_COLUMNS.entries()) {
    for (const [j, other] of ROW_COLUMNS.entries()) put(column, other, mixed[i * ROW_SIZE + j])
    for (let j = 0; j <= i; j++) put(column, DATE_COLUMNS[j] as number, ofDate[i * DATE_SIZE + j])
  }
  return { size: FEATURE_COUNT, sums, rows: own.rows }
}
