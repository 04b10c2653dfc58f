import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asOfOf } from '../../../cli/lake/as-of.ts'
import { UsageError } from '../../../lake/errors.ts'

const NOW = Date.UTC(2026, 10, 22)

test('--as-of takes a time, or the id of a snapshot, of this and of other engines', () => {
  assert.equal(asOfOf(undefined, { now: NOW }), undefined)
  assert.deepEqual(asOfOf('2026-11-20', { now: NOW }), { kind: 'instant', instant: Date.UTC(2026, 10, 20) })
  assert.deepEqual(asOfOf('2026-11-20T01:00+01:00', { now: NOW }), { kind: 'instant', instant: Date.UTC(2026, 10, 20) })
  assert.deepEqual(asOfOf('4503599627370495', { now: NOW }), { kind: 'snapshot', id: '4503599627370495' })
  assert.deepEqual(asOfOf('9223372036854775807', { now: NOW }), { kind: 'snapshot', id: '9223372036854775807' })
})

test('--as-of refuses what is neither, and what is ahead', () => {
  for (const text of ['yesterday', '', '2026', '20-11-2026', '2026-11-22T00:00:00.001Z'])
    assert.throws(() => asOfOf(text, { now: NOW }), UsageError)
})
