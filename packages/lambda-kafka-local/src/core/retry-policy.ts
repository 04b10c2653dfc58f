/**
 * What to do after an invocation, as data: which records are settled, which units are tried again and in which order,
 * which are given up and why. Developer Guide, "Configuring error handling controls for Kafka event sources"; where that
 * page is silent, the Kinesis page's word is taken (a split costs no retry; throttling is retried until records expire).
 */
import type { Outcome, ResponseContext } from './answer.ts'
import type { EncodedRecord } from './event-json.ts'
import type { RetryPolicy } from './mapping.ts'

/** Records that are invoked together: a batch, or what is left of one. */
export interface Unit {
  readonly records: readonly EncodedRecord[]
  /** Invocations in which the function failed, splits not counted. */
  readonly failures: number
  /** All invocations, for the invocation record. */
  readonly invocations: number
  /** Tries in a row that did not reach the function. */
  readonly misses: number
}

/** The conditions of invocation records ("Capturing discarded batches for Amazon MSK and self-managed Apache Kafka"). */
type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded' | 'MaximumPayloadSizeExceeded'

export interface Discard {
  readonly condition: DiscardCondition
  readonly records: readonly EncodedRecord[]
  readonly invocations: number
  /** Null where the function never saw the records. */
  readonly response: ResponseContext | null
}

export interface NextStep {
  readonly settled: readonly EncodedRecord[]
  /** In this order; the first must be settled before the second is tried. */
  readonly again: readonly Unit[]
  readonly discarded: Discard | null
  /** How long to wait before the first of `again`. */
  readonly waitMs: number
}

export function firstUnit(records: readonly EncodedRecord[]): Unit {
  return { records, failures: 0, invocations: 0, misses: 0 }
}

/** What to do after an invocation: which records are done, which go again and when, which are given up. */
export function nextStep(unit: Unit, outcome: Outcome, policy: RetryPolicy): NextStep {
  const { records, misses } = unit
  switch (outcome.kind) {
    case 'succeeded':
      return { settled: records, again: [], discarded: null, waitMs: 0 }
    case 'not-invoked':
      return { settled: [], again: [{ ...unit, misses: misses + 1 }], discarded: null, waitMs: backOffMs(misses) }
    case 'partly-failed': {
      const failed = new Set(outcome.failed)
      const settled = records.filter((record) => !failed.has(record))
      return { ...retried({ ...unit, records: outcome.failed }, outcome.response, policy), settled }
    }
    case 'failed':
      if (policy.bisect && records.length > 1) return split(unit)
      return { ...retried(unit, outcome.response, policy), settled: [] }
  }
}

function retried(unit: Unit, response: ResponseContext, policy: RetryPolicy): Omit<NextStep, 'settled'> {
  const invocations = unit.invocations + 1
  const { records, failures } = unit
  if (failures >= policy.maxRetries) {
    const discarded: Discard = { condition: 'RetryAttemptsExhausted', records, invocations, response }
    return { again: [], discarded, waitMs: 0 }
  }
  const again = [{ records, failures: failures + 1, invocations, misses: 0 }]
  return { again, discarded: null, waitMs: backOffMs(failures) }
}

/** The first half is settled before the second is tried, so each partition's order stands. */
function split({ records, failures, invocations }: Unit): NextStep {
  const half = Math.ceil(records.length / 2)
  const again = [records.slice(0, half), records.slice(half)].map((part) => {
    return { records: part, failures, invocations: invocations + 1, misses: 0 }
  })
  return { settled: [], again, discarded: null, waitMs: backOffMs(0) }
}

/** Records that grew too old while they waited are given up before the next try. */
export function expire(
  unit: Unit,
  { maxRecordAgeMs }: RetryPolicy,
  now: number,
): { readonly live: Unit; readonly discarded: Discard | null } {
  const isOld = (record: EncodedRecord) => now - record.timestamp > maxRecordAgeMs
  const old = unit.records.filter(isOld)
  if (old.length === 0) return { live: unit, discarded: null }
  const live = { ...unit, records: unit.records.filter((record) => !isOld(record)) }
  const { invocations } = unit
  return { live, discarded: { condition: 'RecordAgeExceeded', records: old, invocations, response: null } }
}

const FIRST_BACK_OFF_MS = 200
const LONGEST_BACK_OFF_MS = 10_000

/** AWS backs off exponentially without saying how far; a laptop's user waits at most ten seconds for a fixed function. */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 16))
}
