/** What a mapping did, kept for a test that asks. */
import type { InvokeAnswer } from './core/answer.ts'
import type { Discard } from './core/retry-policy.ts'
import type { KafkaEvent, KafkaEventRecord } from './kafka-event.ts'
import type { MappingObserver } from './ports.ts'

export interface Invocation {
  readonly event: KafkaEvent
  /** What the function returned; undefined where it threw, or was not reached. */
  readonly returned: unknown
  /** What it threw, or why it was not reached; undefined where it returned. */
  readonly error: string | undefined
}

export interface Discarded {
  /** AWS's word: `RetryAttemptsExhausted`, `RecordAgeExceeded` or `MaximumPayloadSizeExceeded`. */
  readonly condition: Discard['condition']
  readonly records: readonly KafkaEventRecord[]
  readonly invocations: number
  /** Whether the on-failure destination has them; else they are lost. */
  readonly delivered: boolean
}

/** The last so many are kept: a mapping may run for days. */
const KEPT = 10_000

export class Recorder implements MappingObserver {
  readonly invocations: Invocation[] = []
  readonly discards: Discarded[] = []

  invoked(payload: string, answer: InvokeAnswer): void {
    const isReturned = answer.kind === 'returned'
    keep(this.invocations, {
      event: JSON.parse(payload),
      returned: isReturned ? JSON.parse(answer.payload || 'null') : undefined,
      error: isReturned ? undefined : answer.message,
    })
  }

  discarded({ condition, records, invocations }: Discard, delivered: boolean): void {
    const found = records.map(({ json }): KafkaEventRecord => JSON.parse(json))
    keep(this.discards, { condition, records: found, invocations, delivered })
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item)
  if (list.length > KEPT) list.shift()
}
