/**
 * What a symbol's own past says of its coming volatility: means of variance over several windows (HAR, Corsi 2009),
 * leverage (falls raise volatility, Black 1976), volume and jumps. All are logs or ratios and bounded; the means are
 * relative to `base`, the level that the regression starts from.
 */
import { type CleanSeries, cleanSeriesOf, VARIANCE_FLOOR } from './clean-series.ts'
import type { DailyMoves } from './daily-variance.ts'
import { LEAN_FEATURES, OWN_MOVES } from './lean-features.ts'
import type { Panel } from './panel.ts'
import { clip, runningSums, trailingMean } from './rolling.ts'

export const OWN_FEATURES = 30

/** Per row, what the other features and the regression build on. */
export interface OwnState {
  /** ln of the daily variance that the scale regression corrects: the mean of `v22` and `v66`. */
  readonly base: Float64Array
  /** ln of the mean variance over 1 (smoothed), 5, 22 and 66 days. */
  readonly v1: Float64Array
  readonly v5: Float64Array
  readonly v22: Float64Array
  readonly v66: Float64Array
  /** The day's return in units of the volatility known the day before. */
  readonly z: Float64Array
  /** How much the day looks like news: ln of its range over the quarter's times its volume's spike; 0 if ordinary. */
  readonly event: Float64Array
}

export function emptyOwnState(rows: number): OwnState {
  const column = () => new Float64Array(rows)
  return { base: column(), v1: column(), v5: column(), v22: column(), v66: column(), z: column(), event: column() }
}

/** Where the features go: `x` is row-major with `width` columns, `state` has an entry a row. */
export interface FeatureTarget {
  readonly state: OwnState
  readonly x: Float32Array
  readonly width: number
  /** Row-major with LEAN_FEATURES columns. */
  readonly lean: Float32Array
  /** Rows of earlier dates have a state, but no features. */
  readonly firstDate: number
}

/** Where the features of a family begin. */
export interface FamilyTarget extends FeatureTarget {
  readonly column: number
}

/** Fills the first OWN_FEATURES columns and the state for the rows of symbol s, but for its first bar. */
export function fillOwnFeatures(panel: Panel, s: number, moves: DailyMoves, target: FeatureTarget): void {
  const series = cleanSeriesOf(panel, s, moves)
  const sums = sumsOf(series)
  const first = (panel.starts[s] as number) + 1
  for (let i = 0; i < series.v.length; i++) {
    const here = { series, sums, i, row: first + i }
    fillState(target.state, here)
    if ((panel.dateOf[here.row] as number) < target.firstDate) continue
    let column = here.row * target.width
    column = fillLevels(target, column, here)
    column = fillLeverage(target, column, here)
    fillActivity(target, column, here)
  }
}

type SeriesSums = { readonly [K in 'v' | 'logV' | 'w' | 'a' | 'r' | 'overnight' | 'volume']: Float64Array }

function sumsOf(series: CleanSeries): SeriesSums {
  return {
    v: runningSums(series.v),
    logV: runningSums(series.logV),
    w: runningSums(series.w),
    a: runningSums(series.a),
    r: runningSums(series.r),
    overnight: runningSums(series.overnight),
    volume: runningSums(series.volume),
  }
}

interface Here {
  readonly series: CleanSeries
  readonly sums: SeriesSums
  /** Index into the series. */
  readonly i: number
  /** Row of the panel. */
  readonly row: number
}

function logVariance(mean: number): number {
  return Math.log(mean + VARIANCE_FLOOR)
}

function fillState(state: OwnState, { series, sums, i, row }: Here): void {
  const month = trailingMean(sums.v, i, 22)
  const [v1, v22] = [logVariance(0.9 * (series.v[i] as number) + 0.1 * month), logVariance(month)]
  const v66 = logVariance(trailingMean(sums.v, i, 66))
  state.v1[row] = v1
  state.v5[row] = logVariance(trailingMean(sums.v, i, 5))
  state.v22[row] = v22
  state.v66[row] = v66
  state.base[row] = 0.5 * (v22 + v66)
  state.z[row] = series.z[i] as number
  state.event[row] = clip(0.5 * (v1 - v66) + Math.log(volumeSpike(series, sums, i) / 2), 0, 3)
}

/** The day's volume over the mean of the 22 days before; 1 where there is no volume. */
function volumeSpike({ volume }: CleanSeries, sums: SeriesSums, i: number): number {
  const usual = trailingMean(sums.volume, Math.max(0, i - 1), 22)
  return usual > 0 && (volume[i] as number) > 0 ? clip((volume[i] as number) / usual, 0.2, 8) : 1
}

/** The level (8 brings its mean near 0), then each window's mean over it. Returns the next free column. */
function fillLevels({ state, x }: FeatureTarget, column: number, { sums, i, row }: Here): number {
  const base = state.base[row] as number
  const relative = (log: number) => clip(log - base, -4, 4)
  const means = (of: Float64Array, window: number) => relative(logVariance(trailingMean(of, i, window)))
  const squaredMean = (of: Float64Array, window: number) => relative(logVariance(trailingMean(of, i, window) ** 2))
  const logMean = (window: number) => relative(trailingMean(sums.logV, i, window))
  let next = column
  x[next++] = base + 8
  x[next++] = relative(state.v1[row] as number)
  x[next++] = relative(state.v5[row] as number)
  x[next++] = means(sums.v, 10)
  x[next++] = relative(state.v22[row] as number)
  x[next++] = means(sums.v, 250)
  x[next++] = means(sums.w, 5)
  x[next++] = means(sums.w, 22)
  x[next++] = means(sums.w, 66)
  x[next++] = means(sums.w, 250)
  x[next++] = squaredMean(sums.a, 22)
  x[next++] = squaredMean(sums.a, 66)
  x[next++] = squaredMean(sums.a, 250)
  x[next++] = means(sums.overnight, 5)
  x[next++] = means(sums.overnight, 22)
  // The mean of logs is less ruled by single days than the log of the mean.
  x[next++] = logMean(5)
  x[next++] = logMean(22)
  x[next++] = logMean(66)
  x[next++] = logMean(250)
  return next
}

/** Moves of 1, 5, 22 and 66 days in units of their usual size, and what of them is a fall. */
function fillLeverage({ state, x, lean }: FeatureTarget, column: number, { sums, i, row }: Here): number {
  const sigma = Math.exp(0.5 * (state.base[row] as number))
  const move = (window: number) =>
    clip((trailingMean(sums.r, i, window) * Math.sqrt(Math.min(window, i + 1))) / sigma, -5, 5)
  const at = row * LEAN_FEATURES
  for (let i = 0; i < OWN_MOVES.length; i++) lean[at + i] = move(OWN_MOVES[i] as number)
  const [day, week] = [lean[at] as number, lean[at + 1] as number]
  const [month, quarter] = [lean[at + 2] as number, lean[at + 3] as number]
  let next = column
  x[next++] = Math.max(0, -day)
  x[next++] = Math.max(0, day)
  x[next++] = Math.max(0, -week)
  x[next++] = week
  x[next++] = month
  x[next++] = Math.max(0, -month)
  x[next++] = quarter
  return next
}

function fillActivity({ state, x }: FeatureTarget, column: number, { series, sums, i, row }: Here): void {
  const week = trailingMean(sums.volume, i, 5)
  let next = column
  x[next++] = logRatio(series.volume[i] as number, trailingMean(sums.volume, i, 22))
  x[next++] = logRatio(week, trailingMean(sums.volume, i, 66))
  x[next++] = Math.log(1 + (series.jumpAge[i] as number))
  x[next++] = state.event[row] as number
}

/** 0 where there is no volume to compare. */
function logRatio(volume: number, usual: number): number {
  return volume > 0 ? clip(Math.log(volume / usual), -3, 3) : 0
}
