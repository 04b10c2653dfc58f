import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SlidingWindow } from '../../../lambdas/forecast/sliding-window.ts'

test('a sliding window is what sorting its newest values gives', () => {
  const values = fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 0, 1, -1, 0.1)), { maxLength: 60 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 20 }), (series, size) => {
      const window = new SlidingWindow(size + 1)
      for (const [i, value] of series.entries()) {
        window.add(value)
        if (i >= size) window.remove(series[i - size] ?? Number.NaN)
        const newest = Float32Array.from(series.slice(Math.max(0, i + 1 - size), i + 1)).sort()
        // A zero is a zero, whatever its sign.
        assert.deepEqual(window.sorted.map(plain), newest.map(plain))
      }
    }),
  )
})

function plain(value: number): number {
  return value + 0
}
