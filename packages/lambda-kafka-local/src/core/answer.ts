/** What came of an invocation, and what a function's answer says of each record. */
import type { EncodedRecord } from './event-json.ts'
import { groupKey } from './source-record.ts'

/** What the Lambda API answered to one invocation. */
export type InvokeAnswer =
  | { readonly kind: 'returned'; readonly payload: string; readonly response: ResponseContext }
  | { readonly kind: 'function-error'; readonly message: string; readonly response: ResponseContext }
  /** Throttled or out of reach: the function did not fail, so the try does not count. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** No such function, no right to call it, or not with this payload: nothing changes by waiting. */
  | { readonly kind: 'refused'; readonly message: string }

/** As it stands in an invocation record. */
export interface ResponseContext {
  readonly statusCode: number
  readonly executedVersion: string
  readonly functionError?: string
}

export type Outcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'partly-failed'; readonly failed: readonly EncodedRecord[]; readonly response: ResponseContext }
  | { readonly kind: 'failed'; readonly message: string; readonly response: ResponseContext }
  | { readonly kind: 'not-invoked'; readonly message: string; readonly isRefused: boolean }

export function outcomeOf(
  answer: InvokeAnswer,
  records: readonly EncodedRecord[],
  reportBatchItemFailures: boolean,
): Outcome {
  if (answer.kind === 'unavailable' || answer.kind === 'refused')
    return { kind: 'not-invoked', message: answer.message, isRefused: answer.kind === 'refused' }
  const { response } = answer
  if (answer.kind === 'function-error') return { kind: 'failed', message: answer.message, response }
  if (!reportBatchItemFailures) return { kind: 'succeeded' }
  const failed = failedRecords(answer.payload, records)
  if (typeof failed === 'string') return { kind: 'failed', message: failed, response }
  return failed.length === 0 ? { kind: 'succeeded' } : { kind: 'partly-failed', failed, response }
}

/**
 * The records that a partial batch response names, in the batch's order, or why the whole batch counts as failed.
 * Nothing, null, or an empty list is success; an identifier that was not in the event fails the batch
 * (Developer Guide, "Configuring error handling controls for Kafka event sources", PartialBatchResponse).
 */
function failedRecords(payload: string, records: readonly EncodedRecord[]): readonly EncodedRecord[] | string {
  const items = itemFailures(payload)
  if (typeof items === 'string') return items
  const byPlace = new Map(records.map((record) => [`${groupKey(record)}@${record.offset}`, record]))
  const named = new Set<EncodedRecord>()
  for (const item of items) {
    const { partition, offset } = asRecord(asRecord(item)['itemIdentifier'])
    // AWS's examples have whole numbers; what it does with a text is not known, and kindness would hide it.
    const record = typeof offset === 'number' ? byPlace.get(`${partition}@${offset}`) : undefined
    if (!record) return `batchItemFailures names ${JSON.stringify(item)}, which is no record of the event`
    named.add(record)
  }
  return records.filter((record) => named.has(record))
}

function itemFailures(payload: string): readonly unknown[] | string {
  if (payload === '') return []
  const parsed = parseJson(payload)
  if (parsed === undefined) return 'the answer is not JSON, so it reports nothing about the batch'
  const items = asRecord(parsed)['batchItemFailures']
  if (items === undefined || items === null) return []
  return Array.isArray(items) ? items : `batchItemFailures is a list; got ${JSON.stringify(items)}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Loose = Readonly<Record<string, unknown>>

function asRecord(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {}
}
