import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replayPayload } from '../../../lake/replay/replay-payload.ts'

test('options become the payload that the producer documents', () => {
  const options = {
    symbols: 'AAPL, BRK-B',
    from: '2012-01-01',
    to: '2012-12-31',
    speed: 'max',
    limit: '100',
    'run-id': 'trial-1',
  }

  assert.deepEqual(replayPayload(options, 'fresh'), {
    symbols: ['AAPL', 'BRK-B'],
    from: '2012-01-01',
    to: '2012-12-31',
    speed: 'max',
    limit: 100,
    runId: 'trial-1',
  })
})

test('without options a fresh run of everything is asked for', () => {
  assert.deepEqual(replayPayload({}, 'fresh'), { runId: 'fresh' })
})

test('what the producer would refuse is refused before it is asked', () => {
  assert.throws(() => replayPayload({ speed: 'fast' }, 'fresh'), /--speed takes a number or max; got "fast"/)
  assert.throws(() => replayPayload({ limit: '' }, 'fresh'), /--limit takes a number; got ""/)
  assert.throws(() => replayPayload({ symbols: 'apple inc' }, 'fresh'), /"symbols" takes a list of Yahoo symbols/)
})
