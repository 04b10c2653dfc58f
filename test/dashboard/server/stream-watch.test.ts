import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RateHistory } from '../../../dashboard/server/rate-history.ts'
import { latencyOf } from '../../../dashboard/server/stream-watch.ts'

describe('what is told of the stream', () => {
  test('percentiles of the latency are exact, by the nearest rank', () => {
    const latencies = Array.from({ length: 100 }, (_, i) => 100 - i)

    assert.deepEqual(latencyOf(latencies), { p50: 50, p95: 95, p99: 99, of: 100 })
    assert.deepEqual(latencyOf([7]), { p50: 7, p95: 7, p99: 7, of: 1 })
    assert.equal(latencyOf([]), null)
  })

  test('a rate is over the last ten seconds, and nought after a stop', () => {
    const rates = new RateHistory()
    const at = (seconds: number, landed: number) => rates.add(seconds * 1000, { sent: landed, landed })

    at(0, 0)
    assert.deepEqual(at(5, 500), { sentPerSecond: 100, landedPerSecond: 100 })
    at(10, 1000)
    at(20, 1000)
    assert.deepEqual(at(30, 1000), { sentPerSecond: 0, landedPerSecond: 0 })
  })

  test('files that expired are no negative rate; a broker that does not say is no rate', () => {
    const rates = new RateHistory()
    rates.add(0, { sent: null, landed: 500 })

    assert.deepEqual(rates.add(1000, { sent: null, landed: 100 }), { sentPerSecond: null, landedPerSecond: 0 })
  })
})
