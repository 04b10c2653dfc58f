import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseIso, toIso } from '../../lake/instant.ts'

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

test('of texts in our own form exactly those are read that Date.parse reads, but for the hour 24', () => {
  const part = (min: number, max: number, width: number) =>
    fc.integer({ min, max }).map((value) => String(value).padStart(width, '0'))
  const form = fc.tuple(
    part(100, 9999, 4),
    part(0, 13, 2),
    part(0, 32, 2),
    part(0, 23, 2),
    part(0, 61, 2),
    part(0, 61, 2),
  )
  fc.assert(
    fc.property(form, ([year, month, day, hour, minute, second]) => {
      const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.250Z`
      const date = new Date(text)
      const isReal = !Number.isNaN(date.getTime()) && date.toISOString() === text
      assert.equal(parseIso(text), isReal ? date.getTime() : undefined)
    }),
    { numRuns: 1_000 },
  )
})

for (const text of [
  '2013-03-01T00:00:00.0x0Z',
  '2013/03/01T00:00:00.000Z',
  '2013-03-01T00:00:00+25:00',
  '2013-03-01T00:00:00-05:60',

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
