/** One symbol's moves with the worst taken out: a bad print or an unadjusted split must not rule the year after it. */
import type { DailyMoves } from './daily-variance.ts'
import type { Panel } from './panel.ts'
import { clip } from './rolling.ts'

/** Variance of one basis point a day: quieter than any price that trades. */
export const VARIANCE_FLOOR = 1e-8

/** Every series starts at the symbol's second bar; the first one has no return. */
export interface CleanSeries {
  /** Daily variance, capped. */
  readonly v: Float64Array
  /** ln of `v`, from a hundredth of the quarter's mean on: a day without a move counts as a calm one. */
  readonly logV: Float64Array
  /** Squared return, capped much lower. */
  readonly w: Float64Array
  /** Absolute return and return, capped like `v`. */
  readonly a: Float64Array
  readonly r: Float64Array
  /** Squared overnight return, capped like `w`. */
  readonly overnight: Float64Array
  /** 0 where there is none. */
  readonly volume: Float64Array
  /** Return in units of the volatility known the day before. */
  readonly z: Float64Array
  /** Days since |z| was last above 3, at most 250. */
  readonly jumpAge: Float64Array
}

/** A day's variance counts up to 64 times the quarter's mean (an 8-sigma day), in `w` and `overnight` up to 9 times. */
const V_CAP = 64
const W_CAP = 9
const QUARTER = 66
const LEAST_SHARE = 0.01
/** From the sixth return on the mean says something; before, nothing is capped. */
const KNOWN_FROM = 5
const JUMP = 3
const OLDEST_JUMP = 250

export function cleanSeriesOf(panel: Panel, s: number, moves: DailyMoves): CleanSeries {
  const from = (panel.starts[s] as number) + 1
  const series = emptySeries(Math.max(0, (panel.starts[s + 1] as number) - from))
  let mean = 0
  for (let i = 0; i < series.v.length; i++) {
    const row = from + i
    const limit = i >= KNOWN_FROM ? mean + VARIANCE_FLOOR : Number.POSITIVE_INFINITY
    const r = moves.r[row] as number
    const furthest = Math.sqrt(V_CAP * limit)
    series.z[i] = clip(r / Math.sqrt(limit), -10, 10)
    series.r[i] = clip(r, -furthest, furthest)
    series.a[i] = Math.abs(series.r[i] as number)
    series.v[i] = Math.min(moves.v[row] as number, V_CAP * limit)
    const usual = i >= KNOWN_FROM ? limit : (series.v[i] as number) + VARIANCE_FLOOR
    series.logV[i] = Math.log((series.v[i] as number) + LEAST_SHARE * usual)
    series.w[i] = Math.min(r * r, W_CAP * limit)
    series.overnight[i] = Math.min(moves.overnight[row] as number, W_CAP * limit)
    series.volume[i] = volumeOf(panel.volume[row] as number)
    series.jumpAge[i] = Math.abs(series.z[i] as number) > JUMP ? 0 : ageOf(series.jumpAge, i)
    const leaving = i >= QUARTER ? (series.v[i - QUARTER] as number) : mean
    mean = Math.max(0, mean + ((series.v[i] as number) - leaving) / Math.min(i + 1, QUARTER))
  }
  return series
}

function emptySeries(length: number) {
  const column = () => new Float64Array(length)
  return {
    v: column(),
    logV: column(),
    w: column(),
    a: column(),
    r: column(),
    overnight: column(),
    volume: column(),
    z: column(),
    jumpAge: column(),
  }
}

function volumeOf(volume: number): number {
  return volume > 0 && volume < Number.POSITIVE_INFINITY ? volume : 0
}

function ageOf(ages: Float64Array, i: number): number {
  return i === 0 ? OLDEST_JUMP : Math.min((ages[i - 1] as number) + 1, OLDEST_JUMP)
}
