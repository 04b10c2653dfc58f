import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { epochUnitOf } from '../../../lake/history/event-time.ts'

const PER_DAY = { day: 1, s: 86_400, ms: 86_400_000, us: 86_400_000_000 } as const
const NO_TIME_OF_PANDAS = -(2n ** 63n)

for (const unit of ['day', 's', 'ms', 'us'] as const) {
  test(`a history that crosses 1970 is one of ${unit}, its days around 1970 too`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500, max: 20_000 }), fc.integer({ min: 1_000, max: 20_000 }), (before, after) => {
        const days = Array.from({ length: before + after }, (_, i) => (i - before) * PER_DAY[unit])

        assert.equal(epochUnitOf(days), unit)
      }),
      { numRuns: 20 },
    )
  })
}

test('cells without a time change nothing', () => {
  const seconds = [1_325_462_400, 1_325_548_800, 1_325_635_200]

  assert.equal(epochUnitOf([0, ...seconds, NO_TIME_OF_PANDAS, null, Number.NaN, 'x']), 's')
  assert.equal(epochUnitOf([0, 20_120_102, 20_120_103]), 'yyyymmdd')
  assert.equal(epochUnitOf([1_325_462_400_000_000_000n]), 'ns')
})

test('a column of no numbers has some unit', () => {
  assert.equal(epochUnitOf([null, 'x']), 'day')
})
