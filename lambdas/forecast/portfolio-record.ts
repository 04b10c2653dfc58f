/**
 * How often a portfolio lost more than would have been said of it, and what that makes of the levels that are asked for:
 * adaptive conformal inference (Gibbs & Candès 2021) of each tail by itself. The portfolio's past changes, each in units
 * of what was known before it, are walked through once more: from each date the loss of a level is told from the changes
 * that were over by then, and where it was exceeded too often, or too seldom, the next ones are told of a rarer, or a
 * more frequent, loss. So value at risk comes out as often as it says in windows that are calmer than the years before
 * them, or stormier.
 */
import { placeOf } from './empirical-quantiles.ts'
import { LOSS_LEVELS } from './tail-losses.ts'

/** Change of the log chance by a breach, over √h: outcomes over h bars overlap, so that one tells less. */
const GAIN = 0.3
/** What is forgotten of the record a date: half of it in 70 dates. */
const FORGOTTEN = 0.01
/** A chance is at most halved or doubled, so that losses stay in order with the quantiles beside them. */
const FURTHEST = Math.LN2
/** With fewer changes than these there is no loss of one in a hundred to tell. */
const LEAST_CHANGES = 100

/**
 * By LOSS_LEVELS, the chance whose loss has proved to come as often as 1 − level says. `changes` are over a horizon from
 * one date after the other, oldest first, the newest just over.
 */
export function tailChances(changes: Float64Array, horizon: number): number[] {
  const tail = lowerTail(changes.length)
  const records = LOSS_LEVELS.map((level) => recordOf(1 - level, changes.length))
  for (let date = 0; date < changes.length + horizon; date++) {
    const over = date - horizon
    if (over >= 0) addTo(tail, changes[over] as number)
    if (tail.count < LEAST_CHANGES) continue
    for (const record of records) {
      learn(record, over, GAIN / Math.sqrt(horizon))
      if (date < changes.length) tell(record, tail, { date, change: changes[date] as number })
    }
  }
  return records.map(chanceOf)
}

interface TailRecord {
  readonly chance: number
  /** By date 1 where the loss was exceeded, 0 where not, NOT_TOLD before there was enough to tell it from. */
  readonly breaches: Uint8Array
  /** How much too often, as a log: the chance that is told is e to the minus this of the one asked for. */
  excess: number
}

const NOT_TOLD = 2

function recordOf(chance: number, dates: number): TailRecord {
  return { chance, breaches: new Uint8Array(dates).fill(NOT_TOLD), excess: 0 }
}

function chanceOf({ chance, excess }: TailRecord): number {
  return chance * Math.exp(-excess)
}

/** Tells a loss from the changes that are over, and notes whether it will be exceeded; that is learnt when it is over. */
function tell(record: TailRecord, tail: LowerTail, { date, change }: { date: number; change: number }): void {
  record.breaches[date] = change < quantileOf(tail, chanceOf(record)) ? 1 : 0
}

/** Takes in what came of the loss that was told on a date. */
function learn(record: TailRecord, date: number, gain: number): void {
  const breach = record.breaches[date] ?? NOT_TOLD
  if (breach === NOT_TOLD) return
  const excess = record.excess * (1 - FORGOTTEN) + gain * (breach - record.chance)
  record.excess = Math.max(-FURTHEST, Math.min(FURTHEST, excess))
}

/** The lowest of a growing number of values, ascending: as many as the largest chance needs in the end. */
interface LowerTail {
  readonly values: Float64Array
  kept: number
  count: number
}

function lowerTail(most: number): LowerTail {
  const largest = (1 - LOSS_LEVELS[0]) * Math.exp(FURTHEST)
  return { values: new Float64Array(Math.ceil(largest * most) + 2), kept: 0, count: 0 }
}

function addTo(tail: LowerTail, value: number): void {
  const { values, kept } = tail
  tail.count++
  if (kept === values.length && value >= (values[kept - 1] as number)) return
  let [low, high] = [0, kept]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] as number) < value) low = middle + 1
    else high = middle
  }
  values.copyWithin(low + 1, low, Math.min(kept, values.length - 1))
  values[low] = value
  tail.kept = Math.min(kept + 1, values.length)
}

/** As `sortedQuantiles` has it, of all values that were added. */
function quantileOf({ values, count }: LowerTail, chance: number): number {
  const { below, above, share } = placeOf(chance, count)
  const low = values[below] as number
  return low + ((values[above] as number) - low) * share
}
