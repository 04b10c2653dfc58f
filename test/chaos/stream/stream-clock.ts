/** Clocks that run faster than the machine's, the same in every process that is told of them. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../../lake/clock.ts'

export interface FastTime {
  /** When it began by the machine's clock: epoch milliseconds. */
  readonly began: number
  /** What it showed then. */
  readonly start: number
  readonly rate: number
  /** What it never shows more than. */
  readonly end: number
}

export function fastClock({ began, start, rate, end }: FastTime): Clock {
  return {
    now: () => Math.min(end, Math.floor(start + (Date.now() - began) * rate)),
    sleep: (ms) => delay(ms / rate),
  }
}
