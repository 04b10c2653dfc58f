import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { featuresOf } from '../../../lambdas/forecast/features.ts'
import { LEAN_FEATURES } from '../../../lambdas/forecast/lean-features.ts'
import { leanMomentsOf } from '../../../lambdas/forecast/lean-moments.ts'
import { fitLocation, shiftOf } from '../../../lambdas/forecast/location-gate.ts'
import { trainerOf } from '../../../lambdas/forecast/model.ts'
import { panelOf } from '../../../lambdas/forecast/panel.ts'
import { poolOf } from '../../../lambdas/forecast/pool.ts'
import { columnsOf, type WalkBar, walkPanel, weekday } from '../../support/walk.ts'

/** Closes whose return repeats a share of the last one: what thin trading does. */
function sticky(symbols: number, bars: number, share: number): WalkBar[] {
  return Array.from({ length: symbols }, (_, s) => {
    const random = seededRandom(s + 1)
    let [price, last] = [100, 0]
    return Array.from({ length: bars }, (_bar, n) => {
      last = share * last + 0.01 * Math.sqrt(12) * (random() - 0.5)
      price *= Math.exp(last)
      const flat = { open: price, high: price, low: price, close: price, adjClose: price }
      return { symbol: String.fromCharCode(65 + s), day: weekday(n), ...flat, volume: 1_000 }
    })
  }).flat()
}

describe('the gate', () => {
  test('opens where yesterday says what today brings, and leans the right way', () => {
    const panel = panelOf(columnsOf(sticky(8, 500, 0.3)))
    const features = featuresOf(panel)

    const [model] = trainerOf(poolOf(panel, features)).fit(499)

    assert.ok(model && model.location.gate > 0.5)
    const risen = Array.from({ length: 400 }, (_, i) => i + 60).filter(
      (row) => (features.lean[row * LEAN_FEATURES] ?? 0) > 1,
    )
    const mean = risen.reduce((sum, row) => sum + shiftOf(model.location, features.lean, row), 0) / risen.length
    assert.ok(mean > 0.1, String(mean))
  })

  test('stays shut where the past says nothing', () => {
    const panel = walkPanel(6, 500)

    const gates = trainerOf(poolOf(panel))
      .fit(499)
      .map(({ location }) => location.gate)

    assert.ok(gates.reduce((sum, gate) => sum + gate, 0) < 1, String(gates))
  })

  test('stays shut in a pool of less than a year', () => {
    const panel = panelOf(columnsOf(sticky(8, 200, 0.5)))

    const model = trainerOf(poolOf(panel)).fit(199)

    assert.ok(model.every(({ location }) => location.gate === 0))
  })

  test('leaves the mean of what it was fitted on where it was', () => {
    const random = seededRandom(5)
    const n = 3_000
    const lean = Float32Array.from({ length: n * LEAN_FEATURES }, () => random() + 0.5)
    const rows = Int32Array.from({ length: n }, (_, i) => i)
    const z = Float32Array.from(rows, (row) => 2 * ((lean[row * LEAN_FEATURES] ?? 0) - 1) + random() - 0.5)

    const known = Int32Array.of(0, n)
    const moments = leanMomentsOf({ lean, dateOf: rows }, known, n)
    const location = fitLocation({ moments, known, open: Int32Array.of(), z, horizon: 1 })

    assert.ok(location.gate > 0.9)
    const mean = rows.reduce((sum, row) => sum + shiftOf(location, lean, row), 0) / n
    assert.ok(Math.abs(mean) < 1e-6, String(mean))
  })
})
