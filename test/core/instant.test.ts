import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseIso, toIso } from '../../lambdas/core/instant.ts'

test('what we write as ISO 8601 we read back, to the millisecond, from the year 100 to 9999', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      assert.equal(parseIso(toIso(date.getTime())), date.getTime())
    }),
  )
})

for (const [text, iso] of [
  ['2013-03-01', '2013-03-01T00:00:00.000Z'],
  ['2013-03-01T09:30', '2013-03-01T09:30:00.000Z'],
  ['2013-03-01 09:30:15', '2013-03-01T09:30:15.000Z'],
  ['2013-03-01T09:30:15.123456789Z', '2013-03-01T09:30:15.123Z'],
  ['2013-03-01T00:00:00-05:00', '2013-03-01T05:00:00.000Z'],
  ['2013-03-01T00:00:00+0530', '2013-02-28T18:30:00.000Z'],
  ['2012-02-29', '2012-02-29T00:00:00.000Z'],
] as const) {
  test(`${text} is ${iso}`, () => assert.equal(toIso(parseIso(text) ?? Number.NaN), iso))
}

for (const text of [
  '',
  '0099-01-01',
  '2013',
  '2013-13-01',
  '2013-02-29',
  '2013-03-01T24:00',
  '2013-03-01T09:60',
  'yesterday',
  '3/1/2013',
]) {
  test(`"${text}" is no instant`, () => assert.equal(parseIso(text), undefined))
}
