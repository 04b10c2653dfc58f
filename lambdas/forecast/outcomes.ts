/** What came true after every origin of a backtest, and the yardsticks that make losses of symbols comparable. */
import { HORIZONS, LONGEST_HORIZON } from './horizons.ts'
import type { Panel } from './panel.ts'

/** Which origins are scored: every `step` bars over the last `last` bars that have an outcome at every horizon. */
export interface OriginGrid {
  readonly last: number
  readonly step: number
}

export const ORIGIN_GRID: OriginGrid = { last: 500, step: 5 }

/** No origin before a symbol's 61st bar: a quarter is the least that its own yardstick needs. */
const FIRST_ORIGIN = 60

/** The rows of symbol s that are origins, in order of time. */
export function originsOf(panel: Panel, s: number, { last, step }: OriginGrid): number[] {
  const start = panel.starts[s] as number
  const bars = (panel.starts[s + 1] as number) - start
  const first = Math.max(bars - LONGEST_HORIZON - last, FIRST_ORIGIN)
  const rows: number[] = []
  for (let bar = bars - 1 - LONGEST_HORIZON; bar >= first; bar -= step) rows.push(start + bar)
  return rows.reverse()
}

/** A forecast's place: from row `row`, which is one of symbol s. */
export interface OriginAt {
  readonly s: number
  readonly row: number
  readonly horizon: number
}

export interface Outcome {
  readonly symbol: string
  readonly originDay: number
  /** The bar h bars after the origin. */
  readonly targetDay: number
  readonly horizon: number
  /** Log return from the origin to the target. */
  readonly y: number
  readonly originPrice: number
  readonly targetPrice: number
  /** Sum of squared daily log returns from origin to target. */
  readonly realisedVariance: number
  /** √h times the mean absolute daily log return before the symbol's first origin: losses are divided by it. */
  readonly scale: number
  /** Mean absolute daily price change before the first origin: what MASE divides by. */
  readonly naiveError: number
  /** Third of the symbol's origins by volatility of the last 20 days: 0 calm, 1, 2 stormy; null for a single origin. */
  readonly tercile: 0 | 1 | 2 | null
}

/** The outcomes of every origin and horizon of symbol s; none where its price had not moved before, or there was none. */
export function outcomesOf(panel: Panel, s: number, grid: OriginGrid = ORIGIN_GRID): Outcome[] {
  const origins = originsOf(panel, s, grid)
  const [first] = origins
  if (first === undefined) return []
  const start = panel.starts[s] as number
  const yardsticks = yardsticksOf(panel.logPrice, start, first)
  if (!(yardsticks.absReturn > 0)) return []
  const terciles = tercilesOf(origins.map((row) => trailingDeviation(panel.logPrice, row)))
  return origins.flatMap((row, i) =>
    HORIZONS.map((horizon) => outcomeAt(panel, { s, row, horizon }, { ...yardsticks, tercile: terciles[i] ?? null })),
  )
}

/** What came true of one forecast, measured by what the symbol did before it. */
export function liveOutcome(panel: Panel, at: OriginAt): Outcome {
  return outcomeAt(panel, at, { ...yardsticksOf(panel.logPrice, panel.starts[at.s] as number, at.row), tercile: null })
}

function outcomeAt({ symbols, day, logPrice }: Panel, { s, row, horizon }: OriginAt, by: Yardsticks): Outcome {
  const target = row + horizon
  return {
    symbol: symbols[s] as string,
    originDay: day[row] as number,
    targetDay: day[target] as number,
    horizon,
    y: (logPrice[target] as number) - (logPrice[row] as number),
    originPrice: Math.exp(logPrice[row] as number),
    targetPrice: Math.exp(logPrice[target] as number),
    realisedVariance: squaredReturns(logPrice, row, target),
    scale: by.absReturn * Math.sqrt(horizon),
    naiveError: by.absChange,
    tercile: by.tercile,
  }
}

interface Yardsticks {
  readonly absReturn: number
  readonly absChange: number
  readonly tercile: Outcome['tercile']
}

function yardsticksOf(logPrice: Float64Array, start: number, first: number) {
  let absReturn = 0
  let absChange = 0
  let moves = 0
  for (let row = start + 1; row <= first; row++) {
    const [before, after] = [logPrice[row - 1] as number, logPrice[row] as number]
    if (Number.isNaN(before)) continue
    moves++
    absReturn += Math.abs(after - before)
    absChange += Math.abs(Math.exp(after) - Math.exp(before))
  }
  return { absReturn: absReturn / moves, absChange: absChange / moves }
}

/** Sum of squared daily returns after row `from`, up to and with row `to`. */
function squaredReturns(logPrice: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let row = from + 1; row <= to; row++) sum += ((logPrice[row] as number) - (logPrice[row - 1] as number)) ** 2
  return sum
}

const MONTH = 20

function trailingDeviation(logPrice: Float64Array, row: number): number {
  const mean = ((logPrice[row] as number) - (logPrice[row - MONTH] as number)) / MONTH
  const squares = squaredReturns(logPrice, row - MONTH, row)
  return Math.sqrt(Math.max(0, squares - MONTH * mean * mean) / (MONTH - 1))
}

/** Thirds by rank; equal values share their mean rank. */
function tercilesOf(values: readonly number[]): (0 | 1 | 2)[] {
  const sorted = Float64Array.from(values).sort()
  return values.map((value) => {
    const below = sorted.findIndex((other) => other >= value)
    const above = sorted.findLastIndex((other) => other <= value)
    const share = ((below + above) / 2 + 1) / values.length
    if (share <= 1 / 3) return 0
    return share <= 2 / 3 ? 1 : 2
  })
}
