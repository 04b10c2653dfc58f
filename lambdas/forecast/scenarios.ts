/** Past dates as scenarios of today: what each symbol's value would gain on them, per unit, under today's scales. */
import type { JointHistory } from './joint-history.ts'

/** A joint history with the changes of its symbols, each made when it is first asked for. */
export interface Scenarios {
  readonly history: JointHistory
  /** What one unit of a symbol's value gains, by date. */
  changesOf(s: number): Float64Array
}

export interface Position {
  /** Index into the joint history's symbols. */
  readonly s: number
  /** What it is worth today; negative for a short position. */
  readonly value: number
}

export function scenariosOf(history: JointHistory): Scenarios {
  const made: Float64Array[] = []
  return {
    history,
    changesOf(s) {
      made[s] ??= unitChanges(history, s)
      return made[s]
    },
  }
}

function unitChanges({ residuals, scales, shifts, dates }: JointHistory, s: number): Float64Array {
  const [scale, shift] = [scales[s] as number, shifts[s] as number]
  const changes = new Float64Array(dates)
  for (let d = 0; d < dates; d++) changes[d] = Math.expm1(scale * ((residuals[s * dates + d] as number) + shift))
  return changes
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
