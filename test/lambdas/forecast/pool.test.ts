import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { LEAN_FEATURES } from '../../../lambdas/forecast/lean-features.ts'
import { addLeanRow, cellOf, LEAN_SIZE, leanMomentsOf, sumsBetween } from '../../../lambdas/forecast/lean-moments.ts'
import { trainerOf } from '../../../lambdas/forecast/model.ts'
import { addRows, emptyMoments } from '../../../lambdas/forecast/moments.ts'
import { poolOf } from '../../../lambdas/forecast/pool.ts'
import { walkPanel } from '../../support/walk.ts'

test('a pool that has grown to a date is not fitted as of an earlier one', () => {
  const trainer = trainerOf(poolOf(walkPanel(2, 200)))
  trainer.fit(150)

  assert.throws(() => trainer.fit(149), /grown to date 150 cannot be fitted as of 149/)
})

for (const size of [1, 2, 5, 66]) {
  test(`moments of ${size} features are the sums of their products, in whatever steps rows are added`, () => {
    const random = seededRandom(size)
    const x = Float32Array.from({ length: 23 * size }, () => random() - 0.5)
    const moments = emptyMoments(size)
    addRows(moments, x, 0, 9)
    addRows(moments, x, 9, 23)

    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0
        for (let row = 0; row < 23; row++) sum += (x[row * size + i] ?? 0) * (x[row * size + j] ?? 0)
        assert.ok(Math.abs((moments.sums[i * size + j] ?? Number.NaN) - sum) < 1e-12)
      }
    }
  })
}

test('the signed features of some dates add up to what their rows do, one taken out', () => {
  const random = seededRandom(3)
  const rows = 40
  const lean = Float32Array.from({ length: rows * LEAN_FEATURES }, () => random() - 0.5)
  const dateOf = Int32Array.from({ length: rows }, (_, row) => row % 20)
  const moments = leanMomentsOf({ lean, dateOf }, Int32Array.of(0, 20, 20, 40), 20)

  const sums = sumsBetween(moments, 5, 12)
  addLeanRow(sums, moments, 27, -1)

  const kept = Array.from(dateOf.keys()).filter(
    (row) => row !== 27 && (dateOf[row] ?? 0) >= 5 && (dateOf[row] ?? 0) < 12,
  )
  const featureOf = (row: number, i: number) => (i === 0 ? 1 : (lean[row * LEAN_FEATURES + i - 1] ?? Number.NaN))
  for (let i = 0; i < LEAN_SIZE; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = kept.reduce((total, row) => total + featureOf(row, i) * featureOf(row, j), 0)
      assert.ok(Math.abs((sums[cellOf(i, j)] ?? Number.NaN) - sum) < 1e-12)
    }
  }
})
