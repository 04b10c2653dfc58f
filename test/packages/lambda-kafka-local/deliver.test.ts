import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deliver, type KafkaEvent, UsageError } from 'lambda-kafka-local'

const PROVISIONED = { ProvisionedPollerConfig: { MinimumPollers: 1 } }

function offsetsOf({ records }: KafkaEvent): readonly number[] {
  return Object.values(records)
    .flat()
    .map(({ offset }) => offset)
}

const values = (count: number) => Array.from({ length: count }, (_, i) => ({ value: { n: i } }))

test('records are cut into batches, each partition in its order', async () => {
  const records = [{ value: 'a' }, { value: 'b' }, { value: 'c', partition: 1 }, { value: 'd' }]

  const { invocations, metrics } = await deliver({ BatchSize: 2, Topics: ['orders'] }, records, () => 'done')

  assert.deepEqual(
    invocations.map(({ event }) => Object.keys(event.records).map((key) => [key, offsetsOf(event)])),
    [
      [['orders-0', [0, 1]]],
      [
        ['orders-0', [2, 0]],
        ['orders-1', [2, 0]],
      ],
    ],
  )
  assert.equal(invocations[0]?.returned, 'done')
  assert.deepEqual([metrics.PolledEventCount, metrics.InvokedEventCount, metrics.CommittedEventCount], [4, 4, 4])
})

test('what does not pass the filter is not sent', async () => {
  const FilterCriteria = { Filters: [{ Pattern: '{"value":{"n":[1]}}' }] }

  const { invocations, metrics } = await deliver({ FilterCriteria }, values(3), () => undefined)

  assert.deepEqual(
    invocations.map(({ event }) => offsetsOf(event)),
    [[1]],
  )
  assert.equal(metrics.FilteredOutEventCount, 2)
})

test('a poison record is found by bisecting and discarded alone, without waiting', async () => {
  const mapping = { ...PROVISIONED, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2 }

  const { discarded, metrics } = await deliver(mapping, values(8), (event) => {
    if (offsetsOf(event).includes(5)) throw new Error('poison')
  })

  assert.deepEqual(
    discarded.map(({ condition, records, delivered }) => [condition, records[0]?.offset, delivered]),
    [['RetryAttemptsExhausted', 5, false]],
  )
  assert.deepEqual([metrics.DroppedEventCount, metrics.OnFailureDestinationDeliveredEventCount], [1, 0])
})

test('what a partial answer names comes again', async () => {
  const mapping = { ...PROVISIONED, FunctionResponseTypes: ['ReportBatchItemFailures'] }
  let calls = 0

  const { invocations } = await deliver(mapping, values(3), async () => {
    calls++
    const itemIdentifier = { partition: 'topic-0', offset: 1 }
    return { batchItemFailures: calls === 1 ? [{ itemIdentifier }] : [] }
  })

  assert.deepEqual(
    invocations.map(({ event }) => offsetsOf(event)),
    [[0, 1, 2], [1]],
  )
})

test('back-off costs no time and ages the records', async () => {
  const mapping = { ...PROVISIONED, MaximumRecordAgeInSeconds: 60 }

  const { discarded, invocations } = await deliver(mapping, values(1), () => Promise.reject(new Error('no')))

  assert.deepEqual(
    discarded.map(({ condition }) => condition),
    ['RecordAgeExceeded'],
  )
  assert.match(invocations[0]?.error ?? '', /"errorMessage":"no"/)
})

test('a mapping that retries for ever ends with a sentence', async () => {
  const failing = () => Promise.reject(new Error('no'))

  await assert.rejects(deliver({}, values(1), failing, { mostInvocations: 5 }), /retries for ever/)
})

test('a setting that AWS does not know is refused', async () => {
  await assert.rejects(
    deliver({ BisectBatchOnFunctionError: true }, [], () => undefined),
    UsageError,
  )
})

test('without a handler it is refused: each invocation would fail, and records would seem to be at fault', async () => {
  const missing = undefined as unknown as () => void

  await assert.rejects(
    deliver({}, values(1), missing),
    /deliver takes a handler, a function of an event; got undefined\./,
  )
})
