import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../../lake/records/judge.ts'
import { encodeBar, type SourceBar } from '../../../lake/records/wire.ts'
import { aBar, aRecord, NOW } from '../../support/bars.ts'

const PROVENANCE = { source: 'yahoo', runId: 'run-1', tsSent: NOW }

test('a message is the documented JSON, in the documented order', () => {
  assert.equal(
    encodeBar(aBar(), PROVENANCE),
    '{"schema_version":1,"symbol":"AAPL","interval":"1d","ts_event":"2013-03-01T00:00:00.000Z",' +
      '"open":10.1,"high":11.2,"low":9.3,"close":10.4,"adj_close":10.2,"volume":1000000,' +
      '"source":"yahoo","run_id":"run-1","ts_sent":"2026-01-15T12:00:00.000Z"}',
  )
})

for (const [fields, code] of [
  [{ open: Number.NaN }, 'not_finite'],
  [{ high: Number.POSITIVE_INFINITY }, 'not_finite'],
  [{ close: 'n/a' }, 'wrong_type'],
  [{ low: null }, 'missing_field'],
  [{ tsEvent: 'last friday' }, 'wrong_type'],
  [{ tsEvent: 1e18 }, 'wrong_type'],
  [{ tsEvent: Number.NaN }, 'wrong_type'],
] as const) {
  test(`a source's broken ${Object.keys(fields)} arrives as it is and is rejected as ${code}`, () => {
    const broken: SourceBar = { ...aBar(), ...fields }

    const verdict = judge(aRecord({ value: encodeBar(broken, PROVENANCE) }), NOW)

    assert.equal(verdict.kind === 'rejected' && verdict.code, code)
  })
}
