/** The correction of ln scale that coefficients give a row: the hot loops of a fit, and the bounds of a forecast. */
import { DATE_COLUMNS, type FeatureTable, ROW_COLUMNS } from './feature-table.ts'

/** Coefficients as rows meet them: those of a row's own columns, and what the others come to on each date. */
export interface Effects {
  readonly ofRow: Float64Array
  readonly ofDate: Float64Array
}

/** Of all dates, or of so many first ones. */
export function effectsOf(
  b: Float64Array,
  { ofDate }: Pick<FeatureTable, 'ofDate'>,
  dates: number = ofDate.length / DATE_COLUMNS.length,
): Effects {
  const shared = picked(b, DATE_COLUMNS)
  const byDate = new Float64Array(dates)
  for (let date = 0; date < byDate.length; date++) byDate[date] = dot(shared, ofDate, date)
  return { ofRow: picked(b, ROW_COLUMNS), ofDate: byDate }
}

/** The coefficients of some columns. */
function picked(b: Float64Array, columns: readonly number[]): Float64Array {
  return Float64Array.from(columns, (column) => b[column] as number)
}

function dot(b: Float64Array, x: Float32Array, row: number): number {
  const offset = row * b.length
  let sum = 0
  for (let j = 0; j < b.length; j++) sum += (b[j] as number) * (x[offset + j] as number)
  return sum
}

/** x'b of one row. */
export function etaOf({ ofRow, ofDate }: Effects, x: FeatureTable, row: number): number {
  return (ofDate[x.dateOf[row] as number] as number) + dot(ofRow, x.ofRow, row)
}

/** x'b of four rows, each summed in the order of `etaOf`: four sums at a time do not wait for each other. */
export function fourEtas(
  eta: Float64Array,
  { ofRow: b, ofDate }: Effects,
  { ofRow: x, dateOf }: FeatureTable,
  row: number,
): void {
  const size = b.length
  const at = row * size
  let [ea, eb, ec, ed] = [0, 0, 0, 0]
  for (let j = 0; j < size; j++) {
    const bj = b[j] as number
    ea += bj * (x[at + j] as number)
    eb += bj * (x[at + size + j] as number)
    ec += bj * (x[at + 2 * size + j] as number)
    ed += bj * (x[at + 3 * size + j] as number)
  }
  eta[0] = (ofDate[dateOf[row] as number] as number) + ea
  eta[1] = (ofDate[dateOf[row + 1] as number] as number) + eb
  eta[2] = (ofDate[dateOf[row + 2] as number] as number) + ec
  eta[3] = (ofDate[dateOf[row + 3] as number] as number) + ed
}

/** A forecast is never more than 4.5 times as wide, or as narrow, as the symbol's own level: beyond is an accident. */
const FURTHEST = 1.5

export function bounded(eta: number): number {
  return Math.max(-FURTHEST, Math.min(FURTHEST, eta))
}

export function isBounded(eta: number): boolean {
  return eta >= -FURTHEST && eta <= FURTHEST
}

/** x'b for one row: the correction of ln s, within bounds. */
export function correctionOf(effects: Effects, x: FeatureTable, row: number): number {
  return bounded(etaOf(effects, x, row))
}

/** Of the four horizons. */
export type FourEffects = readonly [Effects, Effects, Effects, Effects]

/** The corrections of one row by four models, each as `correctionOf` gives it. */
export function fourCorrections(
  corrections: Float64Array,
  [one, two, three, four]: FourEffects,
  x: FeatureTable,
  row: number,
): void {
  const [a, b, c, d] = [one.ofRow, two.ofRow, three.ofRow, four.ofRow]
  const offset = row * a.length
  let [ea, eb, ec, ed] = [0, 0, 0, 0]
  for (let j = 0; j < a.length; j++) {
    const xj = x.ofRow[offset + j] as number
    ea += (a[j] as number) * xj
    eb += (b[j] as number) * xj
    ec += (c[j] as number) * xj
    ed += (d[j] as number) * xj
  }
  const date = x.dateOf[row] as number
  corrections[0] = bounded((one.ofDate[date] as number) + ea)
  corrections[1] = bounded((two.ofDate[date] as number) + eb)
  corrections[2] = bounded((three.ofDate[date] as number) + ec)
  corrections[3] = bounded((four.ofDate[date] as number) + ed)
}
