import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOf } from '../../../../packages/lambda-kafka-local/src/core/answer.ts'
import { encodedRecords } from '../../../support/mapping.ts'

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST' }
const BATCH = [...encodedRecords(10, 13), ...encodedRecords(5, 7, { partition: 1 })]

function outcome(answer: unknown) {
  const payload = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return outcomeOf({ kind: 'returned', payload, response: RESPONSE }, BATCH, true)
}

function failing(...items: readonly (readonly [string, unknown])[]) {
  return { batchItemFailures: items.map(([partition, offset]) => ({ itemIdentifier: { partition, offset } })) }
}

for (const answer of ['', null, {}, 'null', { batchItemFailures: null }, { batchItemFailures: [] }, { landed: 3 }]) {
  test(`the answer ${JSON.stringify(answer)} means that the whole batch was handled`, () => {
    assert.deepEqual(outcome(answer), { kind: 'succeeded' })
  })
}

test('the records that an answer names have failed, in the order of the batch, each once', () => {
  const result = outcome(failing(['orders-1', 6], ['orders-0', 11], ['orders-1', 6]))

  assert.equal(result.kind, 'partly-failed')
  assert.deepEqual(
    result.kind === 'partly-failed' && result.failed.map(({ partition, offset }) => [partition, offset]),
    [
      [0, 11],
      [1, 6],
    ],
  )
})

for (const [what, answer] of [
  ['an offset that was not in the event', failing(['orders-0', 99])],
  ['a partition that was not in the event', failing(['orders-7', 10])],
  ['an offset that is a text', failing(['orders-0', '10'])],
  ['no offset', failing(['orders-0', undefined])],
  ['an identifier of another kind of source', { batchItemFailures: [{ itemIdentifier: '10' }] }],
  ['one good and one unknown item', failing(['orders-0', 10], ['orders-0', 99])],
  ['something that is no list', { batchItemFailures: 'all' }],
  ['text that is not JSON', 'oops'],
] as const) {
  test(`an answer with ${what} fails the whole batch`, () => {
    assert.equal(outcome(answer).kind, 'failed')
  })
}

test('what a function answers counts for nothing where the mapping does not ask for it', () => {
  const answer = { kind: 'returned', payload: JSON.stringify(failing(['orders-0', 10])), response: RESPONSE } as const

  assert.deepEqual(outcomeOf(answer, BATCH, false), { kind: 'succeeded' })
})

test('a function that could not be reached has not failed', () => {
  const answer = { kind: 'unavailable', message: 'throttled' } as const

  assert.deepEqual(outcomeOf(answer, BATCH, true), { kind: 'not-invoked', message: 'throttled', isRefused: false })
})
