import type { Clock } from '../../lake/clock.ts'

/** A clock on which waiting takes no time: a sleep moves it forward. */
export class VirtualClock implements Clock {
  #now: number

  constructor(start = Date.UTC(2026, 10, 22, 12)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  async sleep(ms: number): Promise<void> {
    this.advance(ms)
  }

  advance(ms: number): void {
    this.#now += ms
  }
}
