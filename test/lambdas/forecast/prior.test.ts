import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { samplePools } from '../../../cli/forecasts/sample-pools.ts'
import { backtest, backtestOptions } from '../../../lambdas/forecast/backtest.ts'
import { seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { FEATURE_COUNT } from '../../../lambdas/forecast/feature-table.ts'
import { featuresOf } from '../../../lambdas/forecast/features.ts'
import { HORIZONS } from '../../../lambdas/forecast/horizons.ts'
import { trainerOf } from '../../../lambdas/forecast/model.ts'
import { outcomesOf } from '../../../lambdas/forecast/outcomes.ts'
import { type Panel, panelOf } from '../../../lambdas/forecast/panel.ts'
import { poolOf } from '../../../lambdas/forecast/pool.ts'
import shipped from '../../../lambdas/forecast/prior.json' with { type: 'json' }
import { drawOf, fadeOf, priorFor } from '../../../lambdas/forecast/prior.ts'
import { priorFileOf } from '../../../lambdas/forecast/prior-making.ts'
import { scoreForecasts, summarise } from '../../../lambdas/forecast/scores.ts'
import { youngPools } from '../../../lambdas/forecast/young-pools.ts'
import { columnsOf, type WalkBar, walkPanel, weekday } from '../../support/walk.ts'

/** Closes whose volatility changes by a timetable, which no bar that the prior has seen ever kept to. */
function timetable(symbols: number, bars: number): Panel {
  const rows = Array.from({ length: symbols }, (_, s): WalkBar[] => {
    const random = seededRandom(s + 99)
    let price = 100
    return Array.from({ length: bars }, (_bar, n) => {
      price *= Math.exp((n % 40 < 20 ? 0.004 : 0.014) * Math.sqrt(12) * (random() - 0.5))
      const none = Number.NaN
      const flat = { open: none, high: none, low: none, close: price, adjClose: price, volume: none }
      return { symbol: String.fromCharCode(65 + s), day: weekday(n), ...flat }
    })
  })
  return panelOf(columnsOf(rows.flat()))
}

function lossOf(panel: Panel, prior = backtestOptions(panel).prior): number {
  const options = backtestOptions(panel, { prior })
  const outcomes = panel.symbols.flatMap((_, s) => outcomesOf(panel, s, options))
  return summarise(scoreForecasts(outcomes, backtest(panel, options)).scored).scaledPinball
}

describe('the shipped prior', () => {
  test('is what the sample gives up to the end of 2010', async () => {
    const files = globSync(join(import.meta.dirname, '../../../localstack/sample/*.parquet')).sort()

    const { alone, together } = await samplePools(files)

    assert.deepEqual(priorFileOf(alone, together), shipped)
  })

  test('is that of symbols alone for one symbol, and nears that of all together with their number', () => {
    const [one, many] = [priorFor(1), priorFor(1e6)]

    for (const [k] of HORIZONS.entries()) {
      assert.deepEqual(one.horizons[k]?.coefficients, shipped.alone.horizons[k]?.coefficients)
      for (const [j, value] of (many.horizons[k]?.coefficients ?? []).entries()) {
        assert.ok(Math.abs(value - (shipped.together.horizons[k]?.coefficients[j] ?? Number.NaN)) < 1e-4)
      }
    }
    assert.equal(one.moments.length, FEATURE_COUNT ** 2)
  })

  test('weighs less and less the more rows there are, and nothing in a large lake', () => {
    const weights = [100, 1_000, 10_000].map(
      (rows) => drawOf(priorFor(5), 0, { horizon: 1, rows, pull: 1 })?.weight ?? 0,
    )

    assert.ok(weights.every((weight, i) => i === 0 || weight < (weights[i - 1] ?? 0)))
    assert.deepEqual([1, 12_500, 18_750, 25_000, 540_000].map(fadeOf), [1, 1, 0.5, 0, 0])
    assert.equal(drawOf(priorFor(5), 0, { horizon: 1, rows: 100, pull: 0 }), undefined)
  })
})

describe('a young lake', () => {
  test('forecasts better with the prior than without, by one symbol of a year', () => {
    const [panel] = youngPools(walkPanel(3, 600), { symbols: 1, bars: 250, pools: 1, seed: 2 })
    assert.ok(panel)

    assert.ok(lossOf(panel) < 0.99 * lossOf(panel, null))
  })

  test('of less than a year is drawn whole, for it has nothing to test the prior on', () => {
    const panel = walkPanel(2, 200)

    const model = trainerOf(poolOf(panel)).fit(199)

    assert.deepEqual(
      model.map(({ pull }) => pull),
      [1, 1, 1, 1],
    )
  })

  test('whose own past speaks against the prior is left alone', () => {
    const panel = timetable(5, 900)

    const pulls = trainerOf(poolOf(panel))
      .fit(899)
      .map(({ pull }) => pull)

    assert.ok(pulls.reduce((sum, pull) => sum + pull, 0) < 1, String(pulls))
  })

  test('that has no row to learn from yet has the prior as its model', () => {
    const panel = walkPanel(1, 22)

    const model = trainerOf(poolOf(panel)).fit(21)

    assert.deepEqual(
      model.map(({ coefficients, z }) => ({ coefficients: Array.from(coefficients), z })),
      priorFor(1).horizons.map(({ coefficients, z }) => ({ coefficients, z })),
    )
  })
})

test('a large pool learns the same with and without the prior, bit by bit', () => {
  const panel = walkPanel(26, 1_000)
  const features = featuresOf(panel)

  assert.deepEqual(trainerOf(poolOf(panel, features)).fit(999), trainerOf(poolOf(panel, features), null).fit(999))
})

test('young pools are of so many symbols and bars, and the same by the same seed', () => {
  const panel = walkPanel(6, 500)
  const draw = { symbols: 2, bars: 300, pools: 4, seed: 3 }

  const pools = youngPools(panel, draw)

  assert.deepEqual(pools, youngPools(panel, draw))
  assert.equal(pools.length, 4)
  assert.ok(pools.every(({ symbols, day }) => symbols.length === 2 && day.length === 600))
  assert.equal(youngPools(panel, { ...draw, bars: 501 }).length, 0)
})
