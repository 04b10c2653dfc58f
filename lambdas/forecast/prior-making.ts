/** Learns the prior from panels that stand for markets; `npm run prior` writes what it gives beside this file. */
import { DATE_COLUMNS, FEATURE_COUNT, type FeatureTable, ROW_COLUMNS } from './feature-table.ts'
import { type Features, featuresOf } from './features.ts'
import { HORIZONS } from './horizons.ts'
import { shapeOf } from './model.ts'
import type { Moments } from './moments.ts'
import { endsAt, type Panel } from './panel.ts'
import type { HorizonPrior, PriorFile, PriorPart } from './prior.ts'
import { fitScale, gradientAt } from './scale-regression.ts'
import { addTableRows, emptyTableMoments, type TableMoments, wholeMoments } from './table-moments.ts'
import { ridgeOf, rowsIn, scaledReturns, trainingRanges } from './training-rows.ts'

/** The prior of these panels' rows, `alone` a panel a symbol; rounded so that its file is the same on every machine. */
export function priorFileOf(alone: readonly Panel[], together: Panel): PriorFile {
  return { alone: partOf(alone), together: partOf([together]) }
}

function partOf(panels: readonly Panel[]): PriorPart {
  const stack = stacked(panels)
  let start: Float64Array = new Float64Array(FEATURE_COUNT)
  const horizons = HORIZONS.map((_, k): HorizonPrior => {
    const { coefficients, ...shape } = fitted(stack, k, start)
    start = coefficients
    return {
      coefficients: Array.from(coefficients, rounded),
      z: shape.z.map(rounded),
      deviation: rounded(shape.deviation),
    }
  })
  return { moments: triangleOf(wholeMoments(stack.moments)), horizons }
}

/** The rows and dates of several panels, one panel after the other. */
interface Stack {
  readonly x: FeatureTable
  readonly u: readonly Float32Array[]
  readonly ranges: readonly number[][]
  readonly moments: TableMoments
  readonly dates: number
}

function stacked(panels: readonly Panel[]): Stack {
  const rows = panels.reduce((sum, { day }) => sum + day.length, 0)
  const allDates = panels.reduce((sum, { dates }) => sum + dates.length, 0)
  const stack = {
    x: {
      ofRow: new Float32Array(rows * ROW_COLUMNS.length),
      ofDate: new Float32Array(allDates * DATE_COLUMNS.length),
      dateOf: new Int32Array(rows),
    },
    u: HORIZONS.map(() => new Float32Array(rows)),
    ranges: HORIZONS.map((): number[] => []),
    moments: emptyTableMoments(),
    dates: Math.max(...panels.map(({ dates }) => dates.length)),
  }
  let [row, date] = [0, 0]
  for (const panel of panels) {
    addPanel(stack, { row, date }, { panel, features: featuresOf(panel) })
    row += panel.day.length
    date += panel.dates.length
  }
  return stack
}

function addPanel(
  stack: Stack,
  at: { readonly row: number; readonly date: number },
  { panel, features }: { readonly panel: Panel; readonly features: Features },
) {
  const { ofRow, ofDate, dateOf } = features.x
  stack.x.ofRow.set(ofRow, at.row * ROW_COLUMNS.length)
  stack.x.ofDate.set(ofDate, at.date * DATE_COLUMNS.length)
  stack.x.dateOf.set(
    dateOf.map((date) => at.date + date),
    at.row,
  )
  const ends = endsAt(panel, panel.dates.length - 1)
  addTableRows(stack.moments, features.x, trainingRanges(panel, ends, 0), { from: 0, to: panel.dates.length })
  for (const [k, horizon] of HORIZONS.entries()) {
    stack.u[k]?.set(scaledReturns(panel, features.base, horizon), at.row)
    for (const row of trainingRanges(panel, ends, horizon)) stack.ranges[k]?.push(at.row + row)
  }
}

function fitted({ x, u, ranges, moments: parts, dates }: Stack, k: number, start: Float64Array) {
  const horizon = HORIZONS[k] as number
  const rows = { x, u: u[k] as Float32Array, ranges: Int32Array.from(ranges[k] ?? []) }
  const ridge = ridgeOf(horizon, { dates, rows: Number.POSITIVE_INFINITY })
  const coefficients = fitScale({ ...rows, moments: wholeMoments(parts), ridge, start })
  const z = new Float32Array(rowsIn(rows.ranges))
  gradientAt(coefficients, rows, z)
  return { coefficients, ...shapeOf(z, horizon) }
}

function triangleOf({ size, sums, rows }: Moments): number[] {
  const triangle: number[] = []
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) triangle.push(rounded((sums[i * size + j] as number) / rows))
  }
  return triangle
}

/** Four significant digits: the fifth is below what ten years of five symbols know. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
