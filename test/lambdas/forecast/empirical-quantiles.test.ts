import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { quantilesOf, sortedQuantiles } from '../../../lambdas/forecast/empirical-quantiles.ts'
import { QUANTILE_LEVELS } from '../../../lambdas/forecast/horizons.ts'

test('quantiles of many values in any order are those of the sorted ones', () => {
  const some = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 90 }), (values, times) => {
      // Repeated and a little moved: above and below the number from which values are told apart by their bits.
      const many = Float32Array.from({ length: values.length * times }, (_, i) => {
        const value = values[i % values.length] ?? 0
        return i % 3 === 0 ? value : value * (1 + i / 1e4)
      })
      const sorted = many.slice().sort()
      assert.deepEqual(
        quantilesOf(many, [0, ...QUANTILE_LEVELS, 1]),
        sortedQuantiles(sorted, [0, ...QUANTILE_LEVELS, 1]),
      )
    }),
    { numRuns: 300 },
  )
})
