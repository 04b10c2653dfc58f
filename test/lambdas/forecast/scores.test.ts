import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { backtestOptions } from '../../../lambdas/forecast/backtest.ts'
import { baselineForecasts, ewma, randomWalk } from '../../../lambdas/forecast/baselines.ts'
import { lossRatio, seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { sortedQuantiles } from '../../../lambdas/forecast/empirical-quantiles.ts'
import { QUANTILE_LEVELS } from '../../../lambdas/forecast/horizons.ts'
import { crps, meanPinball, pinball, qlike, winkler } from '../../../lambdas/forecast/losses.ts'
import { outcomesOf } from '../../../lambdas/forecast/outcomes.ts'
import { scoreForecasts, summarise } from '../../../lambdas/forecast/scores.ts'
import { walkPanel } from '../../support/walk.ts'

const number = fc.double({ min: -1, max: 1, noNaN: true })
const level = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const quantiles = fc.array(number, { minLength: 9, maxLength: 9 }).map((values) => values.sort((a, b) => a - b))

describe('pinball loss', () => {
  test('is never negative and nothing where the quantile is hit', () => {
    fc.assert(fc.property(number, number, level, (y, q, tau) => pinball(y, q, tau) >= 0 && pinball(y, y, tau) === 0))
  })

  test('is least, on average over a sample, at the sample quantile', () => {
    const sample = Float32Array.from({ length: 501 }, seededRandom(7)).sort()
    const mean = (q: number, tau: number) => sample.reduce((sum, y) => sum + pinball(y, q, tau), 0)

    fc.assert(
      fc.property(level, number, (tau, other) => {
        const [best = 0] = sortedQuantiles(sample, [tau])
        assert.ok(mean(best, tau) <= mean(other, tau) + 1e-6)
      }),
    )
  })
})

test('CRPS grows with the distance of the outcome from all quantiles', () => {
  fc.assert(
    fc.property(quantiles, fc.double({ min: 0.001, max: 1, noNaN: true }), (q, further) => {
      assert.ok(crps(2 + further, q) > crps(2, q))
      assert.ok(meanPinball(2 + further, q) > meanPinball(2, q))
    }),
  )
})

test('Winkler of an interval that holds the outcome is its width; outside it costs more the further', () => {
  assert.equal(winkler(0.5, 0, 1, 0.8), 1)
  assert.ok(Math.abs(winkler(1.5, 0, 1, 0.8) - (1 + 10 * 0.5)) < 1e-12)
})

test('QLIKE is nothing where the variance is right, and forgives too much rather than too little', () => {
  assert.equal(qlike(0.04, 0.2), 0)
  assert.ok(qlike(0.04, 0.1) > qlike(0.04, 0.4))
})

describe('scores', () => {
  const panel = walkPanel(3, 300)
  const options = backtestOptions(panel, { last: 100 })
  const outcomes = panel.symbols.flatMap((_, s) => outcomesOf(panel, s, options))

  test('do not depend on the order of the forecasts', () => {
    const forecasts = baselineForecasts(panel, options, randomWalk)
    const summary = (of: typeof forecasts) => summarise(scoreForecasts(outcomes, of).scored)

    assert.deepEqual(summary(forecasts), summary(forecasts.toReversed()))
  })

  test('cover more the wider the interval', () => {
    const { coverage } = summarise(scoreForecasts(outcomes, baselineForecasts(panel, options, ewma)).scored)

    assert.deepEqual(coverage, coverage.toSorted())
  })

  test('count what is missing', () => {
    const forecasts = baselineForecasts(panel, options, randomWalk)

    assert.equal(scoreForecasts(outcomes, forecasts.slice(3)).missing, 3)
  })

  test('do not change with the unit of the prices', () => {
    const dear = { ...panel, logPrice: panel.logPrice.map((log) => log + Math.log(64)) }
    const summary = (of: typeof panel) => {
      const dearOutcomes = of.symbols.flatMap((_, s) => outcomesOf(of, s, options))
      return summarise(scoreForecasts(dearOutcomes, baselineForecasts(of, options, randomWalk)).scored)
    }

    assert.ok(Math.abs(summary(dear).scaledPinball - summary(panel).scaledPinball) < 1e-9)
  })
})

describe('the ratio of two losses', () => {
  const pairs = Array.from({ length: 60 }, (_, i) => ({ day: i >> 1, ours: 1 + (i % 3), theirs: 2 + (i % 4) }))

  test('lies in its interval, and two runs give the same', () => {
    const ratio = lossRatio(pairs, seededRandom(1))

    assert.ok(ratio.low <= ratio.ratio && ratio.ratio <= ratio.high)
    assert.deepEqual(lossRatio(pairs, seededRandom(1)), ratio)
  })

  test('is 1 with nothing around it where both are the same', () => {
    const same = pairs.map(({ day, ours }) => ({ day, ours, theirs: ours }))

    assert.deepEqual(lossRatio(same, seededRandom(1)), { ratio: 1, low: 1, high: 1, n: 60 })
  })
})

test('sample quantiles are NumPy’s', () => {
  // numpy.quantile([1, 2, 4, 8], QUANTILE_LEVELS)
  const expected = [1.075, 1.15, 1.3, 1.75, 3, 5, 6.8, 7.4, 7.7]

  for (const [i, q] of sortedQuantiles(Float32Array.of(1, 2, 4, 8), QUANTILE_LEVELS).entries()) {
    assert.ok(Math.abs(q - (expected[i] ?? Number.NaN)) < 1e-6)
  }
})
