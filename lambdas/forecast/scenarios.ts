/** Past dates as scenarios of today: what each symbol's value would gain on them, per unit, under today's scales. */
import type { JointHistory } from './joint-history.ts'

/** What one unit of a symbol's value gains, by date. */
export interface UnitChanges {
  readonly changes: Float64Array
  /** The same less their mean, each drawn in to so many deviations: single jumps say little of how symbols are tied. */
  readonly calm: Float64Array
  /** Root mean square of the calm ones. */
  readonly deviation: number
}

/** A joint history with the changes of its symbols, each made when it is first asked for. */
export interface Scenarios {
  readonly history: JointHistory
  of(s: number): UnitChanges
}

export function scenariosOf(history: JointHistory): Scenarios {
  const made: UnitChanges[] = []
  return {
    history,
    of(s) {
      made[s] ??= unitChanges(history, s)
      return made[s]
    },
  }
}

export interface Position {
  /** Index into the joint history's symbols. */
  readonly s: number
  /** What it is worth today; negative for a short position. */
  readonly value: number
}

const FURTHEST_DEVIATIONS = 6

function unitChanges({ residuals, scales, shifts, dates }: JointHistory, s: number): UnitChanges {
  const [scale, shift] = [scales[s] as number, shifts[s] as number]
  const changes = new Float64Array(dates)
  for (let d = 0; d < dates; d++) changes[d] = Math.expm1(scale * ((residuals[s * dates + d] as number) + shift))
  const { mean, deviation } = spreadOf(changes)
  const furthest = FURTHEST_DEVIATIONS * deviation
  const calm = changes.map((change) => Math.max(-furthest, Math.min(furthest, change - mean)))
  return { changes, calm, deviation: spreadOf(calm).deviation }
}

export function spreadOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value
  const mean = sum / values.length
  for (const value of values) squares += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

/** One part of a sum over symbols. */
export interface Weighted {
  readonly weight: number
  readonly values: Float64Array
}

export function weightedSum(parts: Iterable<Weighted>, dates: number): Float64Array {
  const total = new Float64Array(dates)
  for (const { weight, values } of parts) {
    for (let d = 0; d < dates; d++) total[d] = (total[d] as number) + weight * (values[d] as number)
  }
  return total
}
