import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { comparePositions, EarliestRows, type ReplayPosition } from '../../../lake/replay/replay-order.ts'
import { batchEnd, dueAt, paceOf } from '../../../lake/replay/replay-pace.ts'

const DAY = 86_400_000
const at = (day: number, file = 'a', row = 0): ReplayPosition => ({ tsEvent: day * DAY, file, row })
const position = fc.record({
  tsEvent: fc.option(fc.integer({ min: -3, max: 3 }).map((day) => day * DAY)),
  file: fc.constantFrom('a', 'b', 'c'),
  row: fc.nat(5),
})

test('rows without a time come first, then by time, file and row', () => {
  const rows = [at(1, 'b'), at(1, 'a', 2), at(0, 'z'), { tsEvent: null, file: 'z', row: 9 }, at(1, 'a', 1)]

  assert.deepEqual(rows.sort(comparePositions), [
    { tsEvent: null, file: 'z', row: 9 },
    at(0, 'z'),
    at(1, 'a', 1),
    at(1, 'a', 2),
    at(1, 'b'),
  ])
})

test('the earliest rows are those that a sort would put first, in whatever order they are offered', () => {
  fc.assert(
    fc.property(fc.array(position, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (rows, limit) => {
      const earliest = new EarliestRows<ReplayPosition>(limit)
      for (const row of rows) earliest.offer(row)
      const { rows: taken, dropped } = earliest.take()

      assert.deepEqual(taken, rows.toSorted(comparePositions).slice(0, limit))
      assert.equal(dropped, rows.length > limit)
    }),
  )
})

test('rows of a time may be left unread only when the limit is reached before it', () => {
  const earliest = new EarliestRows<ReplayPosition>(2)
  for (const row of [at(3), at(1), at(2)]) earliest.offer(row)

  earliest.trim()

  assert.equal(earliest.isFullBefore(2 * DAY), false)
  assert.equal(earliest.isFullBefore(2 * DAY + 1), true)
})

test('a batch is one session at speed 1, and as much as fits at max', () => {
  const rows = [at(1, 'a'), at(1, 'b'), at(2, 'a'), at(3, 'a')].map((p) => ({ position: p }))

  assert.equal(batchEnd(rows, { pace: paceOf(1, 5), most: 100 }), 2)
  assert.equal(batchEnd(rows, { pace: paceOf('max', 5), most: 100 }), 4)
  assert.equal(batchEnd(rows, { pace: paceOf(1, 5), most: 1 }), 1)
})

test('bars of one date are one session, whatever the time of day', () => {
  const rows = [9, 10, 16].map((hour) => ({ position: { ...at(1), tsEvent: DAY + hour * 3_600_000 } }))

  assert.equal(batchEnd([...rows, { position: at(2) }], { pace: paceOf(1, 5), most: 100 }), 3)
})

test('a speed divides the pause; where the pause would be short, sessions go together', () => {
  assert.deepEqual(paceOf(1, 5), { intervalMs: 5_000, sessions: 1 })
  assert.deepEqual(paceOf(10, 5), { intervalMs: 500, sessions: 1 })
  assert.deepEqual(paceOf(100, 5), { intervalMs: 250, sessions: 5 })
})

test('sessions keep their distance over any number of small delays, and none is made up for', () => {
  const pace = paceOf(1, 5)
  const last = { position: at(1), dueAt: 100_000 }

  assert.equal(dueAt(last, at(2), { pace, now: 100_030 }), 105_000)
  assert.equal(dueAt(last, at(2), { pace, now: 106_000 }), 105_000)
  assert.equal(dueAt(last, at(2), { pace, now: 200_000 }), 200_000)
  assert.equal(dueAt(last, at(1, 'b'), { pace, now: 100_030 }), 100_030)
  assert.equal(dueAt({ position: null, dueAt: null }, at(1), { pace, now: 7 }), 7)
})
