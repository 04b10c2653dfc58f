/**
 * What the event source mapping gave up: its invocation record at the S3 on-failure destination, the whole event in it
 * (Lambda Developer Guide, "Capturing discarded batches for Amazon MSK and self-managed Apache Kafka").
 */

import { messageOf, TickerlakeError } from '../errors.ts'
import { parseIso } from '../instant.ts'
import { LAYOUT } from '../layout.ts'
import { type EventSource, eventSourceOf, partitionBatches } from '../records/kafka-event.ts'
import type { PartitionBatch } from '../records/kafka-record.ts'

/** Where Lambda puts invocation records; the mapping's id follows. */
export const GIVEN_UP_PREFIX = `${LAYOUT.givenUp}/`

export interface GivenUp {
  readonly key: string
  /** Why, in Lambda's words: `RetryAttemptsExhausted`, `RecordAgeExceeded`, `MaximumPayloadSizeExceeded`. */
  readonly condition: string
  /** When it was given up, epoch milliseconds. */
  readonly at: number
  readonly source: EventSource
  readonly batches: readonly PartitionBatch[]
}

/** The batches of an invocation record, or what is wrong with an object that is none. */
export function givenUpOf(key: string, body: Uint8Array): GivenUp | TickerlakeError {
  try {
    const record: unknown = JSON.parse(new TextDecoder().decode(body))
    const payload = field(record, 'payload')
    const at = parseIso(String(field(record, 'timestamp')))
    if (typeof payload !== 'string' || at === undefined) throw new Error('it has no payload, or no timestamp')
    const condition = String(field(field(record, 'requestContext'), 'condition'))
    const event: unknown = JSON.parse(payload)
    return { key, condition, at, source: eventSourceOf(event), batches: partitionBatches(event) }
  } catch (cause) {
    const said = messageOf(cause)
    return new TickerlakeError('no-batch', `${key} is no Kafka batch that was given up: ${said}`, { cause })
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
