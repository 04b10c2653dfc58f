import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UsageError } from '../../../lake/errors.ts'
import { parseRequest } from '../../../lambdas/forecaster/request.ts'

describe('a request of the forecaster', () => {
  test('may be empty', () => {
    for (const event of [undefined, null, {}]) assert.deepEqual(parseRequest(event), { asOf: undefined, refit: false })
  })

  test('names a day and whether to fit', () => {
    assert.deepEqual(parseRequest({ asOf: '1970-01-11', refit: true }), { asOf: 10, refit: true })
  })

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['2020-01-31', /takes \{"asOf"/],
    [[], /takes \{"asOf"/],
    [{ as_of: '2020-01-31' }, /does not know as_of/],
    [{ asOf: '2020-02-31' }, /asOf takes a day like "2020-01-31"; got "2020-02-31"/],
    [{ asOf: 18_000 }, /got 18000/],
    [{ asOf: '2020-01-31T00:00:00Z' }, /asOf takes a day/],
    [{ refit: 'yes' }, /refit takes true or false; got "yes"/],
  ]
  for (const [event, message] of wrong) {
    test(`that is ${JSON.stringify(event)} is answered with what was wanted`, () => {
      assert.throws(
        () => parseRequest(event),
        (error) => error instanceof UsageError && message.test(error.message),
      )
    })
  }
})
