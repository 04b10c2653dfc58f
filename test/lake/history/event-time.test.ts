import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EventTime, eventTimeReader, type TimeColumn } from '../../../lake/history/event-time.ts'
import { toIso } from '../../../lake/instant.ts'

const read = (column: Partial<TimeColumn>, raw: unknown, interval = '1d'): EventTime => {
  const time = eventTimeReader({ kind: 'instant', zone: undefined, ...column })(raw, interval)
  return typeof time === 'number' ? toIso(time) : time
}
const SESSION = '2013-03-01T00:00:00.000Z'

for (const [where, instant] of [
  ['midnight in New York', '2013-03-01T05:00:00Z'],
  ['the opening in New York', '2013-03-01T14:30:00Z'],
  ['midnight in London in summer', '2013-02-28T23:00:00Z'],
  ['midnight in Tokyo', '2013-02-28T15:00:00Z'],
  ['midnight in Mumbai', '2013-02-28T18:30:00Z'],
  ['the opening in Sydney', '2013-02-28T23:00:00Z'],
] as const) {
  test(`a daily bar stamped with ${where} is of its session's date`, () => {
    assert.equal(read({ kind: 'instant' }, Date.parse(instant)), SESSION)
  })
}

test('where the file names its zone, the date there is the session', () => {
  const midnightInAuckland = Date.parse('2013-02-28T11:00:00Z')

  assert.equal(read({ kind: 'instant', zone: 'Pacific/Auckland' }, midnightInAuckland), SESSION)
  assert.equal(read({ kind: 'instant' }, midnightInAuckland), '2013-02-28T00:00:00.000Z')
})

test('text says its date itself, whatever its offset', () => {
  assert.equal(read({}, '2013-03-01'), SESSION)
  assert.equal(read({}, '2013-03-01 00:00:00-05:00'), SESSION)
  assert.equal(read({}, '2013-03-01 00:00:00+09:00'), SESSION)
  assert.equal(read({}, '2013-03-01T14:30:00Z'), SESSION)
})

test('an hourly bar keeps its instant', () => {
  assert.equal(read({}, Date.parse('2013-03-01T14:30:00Z'), '1h'), '2013-03-01T14:30:00.000Z')
  assert.equal(read({}, '2013-03-01 09:30:00-05:00', '1h'), '2013-03-01T14:30:00.000Z')
})

test('a local time without a zone is of the date that it shows', () => {
  assert.equal(read({ kind: 'wall' }, Date.parse('2013-03-01T23:00:00Z')), SESSION)
})

test('numbers are times in the unit of their column', () => {
  const seconds = Date.parse('2013-03-01T14:30:00Z') / 1_000

  for (const [kind, raw] of [
    ['s', seconds],
    ['ms', seconds * 1e3],
    ['us', BigInt(seconds) * 1_000_000n],
    ['ns', BigInt(seconds) * 1_000_000_000n],
  ] as const) {
    assert.equal(read({ kind }, raw, '1h'), '2013-03-01T14:30:00.000Z')
  }
  assert.equal(read({ kind: 'day' }, 15_765), SESSION)
})

test('a date written as one number or one word is that date', () => {
  assert.equal(read({ kind: 'yyyymmdd' }, 20_130_301), SESSION)
  assert.equal(read({ kind: 'yyyymmdd' }, 20_130_301n, '1h'), SESSION)
  assert.equal(read({}, '20130301'), SESSION)
  assert.equal(read({ kind: 'yyyymmdd' }, 20_130_230), '20130230')
  assert.equal(read({ kind: 'yyyymmdd' }, 0), '0')
})

test('a session before 1970 keeps its date', () => {
  assert.equal(read({ kind: 'date' }, Date.UTC(1962, 0, 2)), '1962-01-02T00:00:00.000Z')
})

test('what is no time stays what it is', () => {
  assert.equal(read({}, 'yesterday'), 'yesterday')
  assert.equal(read({}, '2013-02-30'), '2013-02-30')
  assert.equal(read({}, null), null)
  assert.equal(read({}, Number.NaN), null)
  assert.equal(read({}, 1e300), '1e+300')
})

test('epoch numbers stay times where one cell that is no time made their column text', () => {
  for (const text of ['1362096000', '1362096000000', '1362096000000000', '1362096000000000000']) {
    assert.equal(read({}, text, '1h'), '2013-03-01T00:00:00.000Z')
    assert.equal(read({}, text), SESSION)
  }
  assert.equal(read({}, '201303010930'), '201303010930')
})
