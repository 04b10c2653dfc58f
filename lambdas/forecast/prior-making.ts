/** Learns the prior from panels that stand for markets; `npm run prior` writes what it gives beside this file. */
import { FEATURE_COUNT, type Features, featuresOf } from './features.ts'
import { HORIZONS } from './horizons.ts'
import { shapeOf, standardised } from './model.ts'
import { addRows, emptyMoments, type Moments } from './moments.ts'
import { endsAt, type Panel } from './panel.ts'
import type { HorizonPrior, PriorFile, PriorPart } from './prior.ts'
import { fitScale } from './scale-regression.ts'
import { MIN_HISTORY, ridgeOf, scaledReturns, trainingRanges } from './training-rows.ts'

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
  return { moments: triangleOf(stack.moments), horizons }
}

/** The rows of several panels, one panel after the other. */
interface Stack {
  readonly x: Float32Array
  readonly u: readonly Float32Array[]
  readonly ranges: readonly number[][]
  readonly moments: Moments
  readonly dates: number
}

function stacked(panels: readonly Panel[]): Stack {
  const rows = panels.reduce((sum, { day }) => sum + day.length, 0)
  const stack = {
    x: new Float32Array(rows * FEATURE_COUNT),
    u: HORIZONS.map(() => new Float32Array(rows)),
    ranges: HORIZONS.map((): number[] => []),
    moments: emptyMoments(FEATURE_COUNT),
    dates: Math.max(...panels.map(({ dates }) => dates.length)),
  }
  let at = 0
  for (const panel of panels) {
    addPanel(stack, at, { panel, features: featuresOf(panel) })
    at += panel.day.length
  }
  return stack
}

function addPanel(
  stack: Stack,
  at: number,
  { panel, features }: { readonly panel: Panel; readonly features: Features },
) {
  stack.x.set(features.x, at * FEATURE_COUNT)
  const ends = endsAt(panel, panel.dates.length - 1)
  for (const [s, end] of ends.entries()) {
    const from = (panel.starts[s] as number) + MIN_HISTORY
    if (end > from) addRows(stack.moments, features.x, from, end)
  }
  for (const [k, horizon] of HORIZONS.entries()) {
    stack.u[k]?.set(scaledReturns(panel, features.base, horizon), at)
    for (const row of trainingRanges(panel, ends, horizon)) stack.ranges[k]?.push(at + row)
  }
}

function fitted({ x, u, ranges, moments, dates }: Stack, k: number, start: Float64Array) {
  const horizon = HORIZONS[k] as number
  const rows = { x, u: u[k] as Float32Array, ranges: Int32Array.from(ranges[k] ?? []) }
  const ridge = ridgeOf(horizon, { dates, rows: Number.POSITIVE_INFINITY })
  const coefficients = fitScale({ ...rows, moments, ridge, start })
  return { coefficients, ...shapeOf(standardised(coefficients, rows), horizon) }
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
