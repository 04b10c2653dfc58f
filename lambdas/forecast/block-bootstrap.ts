/**
 * How sure a ratio of mean losses is: a block bootstrap over origin dates (Künsch 1989). Symbols of one date move
 * together, and so do dates near each other; blocks of four origins hold 20 trading days.
 */

import { sortedQuantiles } from './empirical-quantiles.ts'
import type { ScoredForecast } from './scores.ts'

export interface LossRatio {
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly n: number
}

export interface LossPair {
  readonly day: number
  readonly ours: number
  readonly theirs: number
}

const BLOCK = 4
const RESAMPLES = 1000

/** Pairs the losses of two models over the forecasts that both made. */
export function pairLosses(
  ours: readonly ScoredForecast[],
  theirs: readonly ScoredForecast[],
  loss: (one: ScoredForecast) => number,
): LossPair[] {
  const key = ({ outcome }: ScoredForecast) => `${outcome.symbol} ${outcome.originDay} ${outcome.horizon}`
  const other = new Map(theirs.map((one) => [key(one), one]))
  return ours.flatMap((one) => {
    const rival = other.get(key(one))
    return rival ? [{ day: one.outcome.originDay, ours: loss(one), theirs: loss(rival) }] : []
  })
}

/** Ratio of summed losses with its 95 % interval; `random` gives numbers in [0, 1). */
export function lossRatio(pairs: readonly LossPair[], random: () => number): LossRatio {
  const days = [...new Set(pairs.map(({ day }) => day))].sort((a, b) => a - b)
  const indexOf = new Map(days.map((day, i) => [day, i]))
  const ours = new Float64Array(days.length)
  const theirs = new Float64Array(days.length)
  for (const pair of pairs) {
    const i = indexOf.get(pair.day) ?? 0
    ours[i] = (ours[i] as number) + pair.ours
    theirs[i] = (theirs[i] as number) + pair.theirs
  }
  const ratios = Float32Array.from({ length: RESAMPLES }, () => resampledRatio(ours, theirs, random)).sort()
  const [low = Number.NaN, high = Number.NaN] = sortedQuantiles(ratios, [0.025, 0.975])
  return { ratio: total(ours) / total(theirs), low, high, n: pairs.length }
}

function resampledRatio(ours: Float64Array, theirs: Float64Array, random: () => number): number {
  const dates = ours.length
  let a = 0
  let b = 0
  for (let drawn = 0; drawn < dates; ) {
    const start = Math.floor(random() * dates)
    for (let i = 0; i < BLOCK && drawn < dates; i++, drawn++) {
      a += ours[(start + i) % dates] as number
      b += theirs[(start + i) % dates] as number
    }
  }
  return a / b
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** A small generator with a seed (mulberry32), so that two runs print the same interval. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
