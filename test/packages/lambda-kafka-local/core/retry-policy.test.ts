import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Outcome } from '../../../../packages/lambda-kafka-local/src/core/answer.ts'
import type { EncodedRecord } from '../../../../packages/lambda-kafka-local/src/core/event-json.ts'
import type { RetryPolicy } from '../../../../packages/lambda-kafka-local/src/core/mapping.ts'
import {
  backOffMs,
  expire,
  firstUnit,
  nextStep,
  type Unit,
} from '../../../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { anEncodedRecord, encodedRecords } from '../../../support/mapping.ts'

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' }
const FAILED: Outcome = { kind: 'failed', message: 'thrown', response: RESPONSE }
const ENDLESS: RetryPolicy = {
  bisect: false,
  maxRetries: Number.POSITIVE_INFINITY,
  maxRecordAgeMs: Number.POSITIVE_INFINITY,
}

function offsets(records: readonly EncodedRecord[]): readonly number[] {
  return records.map(({ offset }) => offset)
}

test('a failed batch is tried again whole, each time later, up to ten seconds', () => {
  const first = nextStep(firstUnit(encodedRecords(0, 3)), FAILED, ENDLESS)
  const second = nextStep(first.again[0] as Unit, FAILED, ENDLESS)

  assert.deepEqual(offsets(second.again[0]?.records ?? []), [0, 1, 2])
  assert.ok(second.waitMs > first.waitMs)
  assert.equal(backOffMs(1000), 10_000)
})

test('after its retries a batch is given up: the first invocation is not a retry', () => {
  const policy = { ...ENDLESS, maxRetries: 2 }
  let unit = firstUnit(encodedRecords(0, 3))
  for (let retry = 0; retry < 2; retry++) unit = nextStep(unit, FAILED, policy).again[0] as Unit

  const step = nextStep(unit, FAILED, policy)

  assert.deepEqual(step.again, [])
  assert.equal(step.discarded?.condition, 'RetryAttemptsExhausted')
  assert.equal(step.discarded?.invocations, 3)
  assert.deepEqual(step.discarded?.response, RESPONSE)
})

test('a split halves the batch, keeps its order and costs no retry', () => {
  const step = nextStep(firstUnit(encodedRecords(0, 5)), FAILED, { ...ENDLESS, bisect: true, maxRetries: 0 })

  assert.deepEqual(
    step.again.map(({ records, failures }) => [offsets(records), failures]),
    [
      [[0, 1, 2], 0],
      [[3, 4], 0],
    ],
  )
  assert.equal(step.discarded, null)
})

test('a partial failure tries again exactly the records that were named; the others are settled', () => {
  const records = encodedRecords(0, 4)
  const outcome: Outcome = {
    kind: 'partly-failed',
    failed: [records[1], records[3]].filter((r) => !!r),
    response: RESPONSE,
  }

  const step = nextStep(firstUnit(records), outcome, { ...ENDLESS, bisect: true })

  assert.deepEqual(offsets(step.settled), [0, 2])
  assert.deepEqual(offsets(step.again[0]?.records ?? []), [1, 3])
  assert.equal(step.again[0]?.failures, 1)
})

test('a function that cannot be reached uses up no retry', () => {
  const step = nextStep(
    firstUnit(encodedRecords(0, 1)),
    { kind: 'not-invoked', message: '429', isRefused: false },
    { ...ENDLESS, maxRetries: 0 },
  )

  assert.equal(step.discarded, null)
  assert.deepEqual([step.again[0]?.failures, step.again[0]?.invocations, step.again[0]?.misses], [0, 0, 1])
})

test('records that are too old are given up before the next try, the others go on', () => {
  const unit = firstUnit([
    anEncodedRecord({ offset: 1, timestamp: 1_000 }),
    anEncodedRecord({ offset: 2, timestamp: 50_000 }),
    anEncodedRecord({ offset: 3, timestamp: 40_000 }),
  ])

  const { live, discarded } = expire(unit, { ...ENDLESS, maxRecordAgeMs: 60_000 }, 100_001)

  assert.deepEqual(offsets(live.records), [2])
  assert.deepEqual(offsets(discarded?.records ?? []), [1, 3])
  assert.equal(discarded?.condition, 'RecordAgeExceeded')
  assert.equal(discarded?.response, null)
})

test('whatever the function does, each record is settled or given up once, and tried in order within its partition', () => {
  const anyOutcome = fc.oneof(
    fc.constant('succeeded' as const),
    fc.constant('failed' as const),
    fc.constant('not-invoked' as const),
    fc.constant('partly-failed' as const),
  )
  const anyPolicy = fc.record({
    bisect: fc.boolean(),
    maxRetries: fc.nat(3),
    maxRecordAgeMs: fc.constant(Number.POSITIVE_INFINITY),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      anyPolicy,
      fc.array(anyOutcome),
      fc.nat(),
      (size, policy, script, mask) => {
        const records = [...encodedRecords(0, size), ...encodedRecords(0, size, { partition: 1 })]
        const ended: EncodedRecord[] = []
        const firstTry = new Map<EncodedRecord, number>()
        const units: Unit[] = [firstUnit(records)]
        let tries = 0
        for (let unit = units.shift(); unit; unit = units.shift()) {
          for (const record of unit.records) if (!firstTry.has(record)) firstTry.set(record, tries)
          const step = nextStep(unit, outcomeFor(script[tries++] ?? 'succeeded', unit, mask), policy)
          ended.push(...step.settled, ...(step.discarded?.records ?? []))
          units.unshift(...step.again)
        }
        assert.deepEqual(new Set(ended), new Set(records))
        assert.equal(ended.length, records.length)
        const inOrder = records.map((record) => firstTry.get(record) ?? -1)
        assert.deepEqual(
          inOrder,
          inOrder.toSorted((a, b) => a - b),
        )
      },
    ),
  )
})

function outcomeFor(kind: Outcome['kind'], { records }: Unit, mask: number): Outcome {
  if (kind === 'succeeded') return { kind }
  if (kind === 'not-invoked') return { kind, message: 'throttled', isRefused: false }
  if (kind === 'failed') return FAILED
  const failed = records.filter((_, i) => (mask >> (i % 8)) & 1)
  return failed.length > 0 ? { kind, failed, response: RESPONSE } : { kind: 'succeeded' }
}
