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
  /** Pollers that joined the group: one, and one more for each that could not go on. */
  readonly joins: number
  /** Rounds of asking the broker. */
  readonly polls: number
  /** What the broker gave, before filters. */
  readonly polled: number
  /** Records in all invocations, and in those that failed, again in each that was repeated. */
  readonly invokedRecords: number
  readonly failedRecords: number
  /** Of the discarded records, those that a destination has, and those that are lost. */
  readonly delivered: number
  readonly dropped: number
  readonly committed: number
  readonly pollingErrors: number
  readonly deliveryErrors: number
  /** Why the function cannot be invoked at all, until it is: it is not there, or not for us, or not for such a payload. */
  readonly refused: string | null
  /** AWS's words: `No records processed`, `OK`, or `PROBLEM: …`. */
  readonly lastProcessingResult: string
  readonly lastInvocation: { readonly at: number; readonly milliseconds: number } | null
}

const COUNTERS = [
  'invocations',
  'handled',
  'filtered',
  'failures',
  'discarded',
  'joins',
  'polls',
  'polled',
  'invokedRecords',
  'failedRecords',
  'delivered',
  'dropped',
  'committed',
  'pollingErrors',
  'deliveryErrors',
] as const
type Counter = (typeof COUNTERS)[number]

const NOTHING: Counts = {
  ...(Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<Counter, number>),
  refused: null,
  lastProcessingResult: 'No records processed',
  lastInvocation: null,
}

export class Tally {
  #counts: Counts = NOTHING

  get counts(): Counts {
    return this.#counts
  }

  invoked(at: number, milliseconds: number, records: number): void {
    this.#counts = { ...this.#counts, lastInvocation: { at, milliseconds } }
    this.#add({ invocations: 1, invokedRecords: records })
  }

  outcome(outcome: Outcome, records: number): void {
    const refused = outcome.kind === 'not-invoked' && outcome.isRefused ? outcome.message : null
    this.#counts = { ...this.#counts, refused }
    if (outcome.kind === 'succeeded') {
      this.#add({ handled: records }, 'OK')
    } else if (outcome.kind === 'partly-failed') {
      const failed = outcome.failed.length
      const problem = `PROBLEM: ${failed} of ${records} records reported failed`
      this.#add({ handled: records - failed, failures: 1, failedRecords: failed }, problem)
    } else {
      this.#add({ failures: 1, failedRecords: records }, `PROBLEM: ${outcome.message}`)
    }
  }

  hasJoined(): void {
    this.#add({ joins: 1 })
  }

  hasPolled(): void {
    this.#add({ polls: 1 })
  }

  polled(records: number, filtered: number): void {
    this.#add({ polled: records, filtered })
  }

  committed(records: number): void {
    this.#add({ committed: records })
  }

  discarded({ records }: Discard, isDelivered: boolean): void {
    const { length } = records
    this.#add({ discarded: length, ...(isDelivered ? { delivered: length } : { dropped: length }) })
  }

  deliveryFailed(): void {
    this.#add({ deliveryErrors: 1 })
  }

  pollingFailed(message: string): void {
    this.#add({ pollingErrors: 1 }, `PROBLEM: ${message}`)
  }

  problem(message: string): void {
    this.#add({}, `PROBLEM: ${message}`)
  }

  #add(more: Partial<Record<Counter, number>>, lastProcessingResult = this.#counts.lastProcessingResult): void {
    const sums = COUNTERS.map((name) => [name, this.#counts[name] + (more[name] ?? 0)] as const)
    this.#counts = { ...this.#counts, ...Object.fromEntries(sums), lastProcessingResult }
  }
}
