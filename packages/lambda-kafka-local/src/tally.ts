/** What a mapping has done so far, counted as it happens. */
import type { Outcome } from './core/answer.ts'
import type { Discard } from './core/retry-policy.ts'

export interface Counts {
  readonly invocations: number
  /** Records in invocations that succeeded, again in each that was repeated. */
  readonly handled: number
  readonly filtered: number
  readonly failures: number
  readonly discarded: number
  /** AWS's words: `No records processed`, `OK`, or `PROBLEM: …`. */
  readonly lastProcessingResult: string
  readonly lastInvocation: { readonly at: number; readonly milliseconds: number } | null
}

const COUNTERS = ['invocations', 'handled', 'filtered', 'failures', 'discarded'] as const
type Counter = (typeof COUNTERS)[number]

export class Tally {
  #counts: Counts = {
    invocations: 0,
    handled: 0,
    filtered: 0,
    failures: 0,
    discarded: 0,
    lastProcessingResult: 'No records processed',
    lastInvocation: null,
  }

  get counts(): Counts {
    return this.#counts
  }

  invoked(at: number, milliseconds: number): void {
    this.#counts = { ...this.#counts, lastInvocation: { at, milliseconds } }
    this.#add({ invocations: 1 })
  }

  outcome(outcome: Outcome, records: number): void {
    const failed = outcome.kind === 'partly-failed' ? outcome.failed.length : records
    switch (outcome.kind) {
      case 'succeeded':
        this.#add({ handled: records }, 'OK')
        break
      case 'partly-failed':
        this.#add(
          { handled: records - failed, failures: 1 },
          `PROBLEM: ${failed} of ${records} records reported failed`,
        )
        break
      default:
        this.#add({ failures: 1 }, `PROBLEM: ${outcome.message}`)
    }
  }

  filtered(records: number): void {
    this.#add({ filtered: records })
  }

  discarded({ records }: Discard): void {
    this.#add({ discarded: records.length })
  }

  problem(message: string): void {
    this.#add({}, `PROBLEM: ${message}`)
  }

  #add(more: Partial<Record<Counter, number>>, lastProcessingResult = this.#counts.lastProcessingResult): void {
    const sums = COUNTERS.map((name) => [name, this.#counts[name] + (more[name] ?? 0)] as const)
    this.#counts = { ...this.#counts, ...Object.fromEntries(sums), lastProcessingResult }
  }
}
