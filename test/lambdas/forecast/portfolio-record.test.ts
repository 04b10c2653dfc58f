import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { sortedQuantiles } from '../../../lambdas/forecast/empirical-quantiles.ts'
import { tailChances } from '../../../lambdas/forecast/portfolio-record.ts'
import { riskViewOf } from '../../../lambdas/forecast/tail-losses.ts'

/** Changes around 0, the size of each by its date. */
function drawn(dates: number, sizeOf: (date: number) => number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const normal = () => random() + random() + random() + random() - 2
  return Float64Array.from({ length: dates }, (_, date) => sizeOf(date) * normal())
}

/** How often each date's change was below the quantile of its chance, told from the dates before it. */
function breachesOf(changes: Float64Array, from: number, chanceOf: (past: Float64Array) => number): number {
  let breaches = 0
  for (let date = from; date < changes.length; date++) {
    const past = changes.slice(0, date)
    const [loss = Number.NaN] = sortedQuantiles(past.slice().sort(), [chanceOf(past)])
    if ((changes[date] as number) < loss) breaches++
  }
  return breaches / (changes.length - from)
}

describe('the record of a portfolio', () => {
  test('makes losses come about as often as said in a calm after wild years, and more nearly so in a storm', () => {
    for (const [size, share] of [
      [0.75, 0.5],
      [1.35, 0.75],
    ] as const) {
      const changes = drawn(900, (date) => (date < 500 ? 1 : size), 3)

      const plain = breachesOf(changes, 600, () => 0.05)
      const recorded = breachesOf(changes, 600, (past) => tailChances(past, 1)[0] as number)

      assert.ok(Math.abs(recorded - 0.05) < share * Math.abs(plain - 0.05), `${size}: ${recorded} against ${plain}`)
    }
  })

  test('leaves the levels about as they are where they held', () => {
    const chances = Array.from(
      { length: 20 },
      (_, seed) =>
        tailChances(
          drawn(800, () => 1, seed + 1),
          5,
        )[0] as number,
    )

    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length
    assert.ok(mean > 0.04 && mean < 0.06, String(mean))
  })

  test('says nothing of changes that are too few', () => {
    assert.deepEqual(
      tailChances(
        drawn(99, () => 1, 1),
        5,
      ),
      [1 - 0.95, 1 - 0.99],
    )
  })

  test('at most halves and doubles a chance, so that losses stay in order with each other and the quantiles', () => {
    const values = fc.float64Array({ minLength: 1, maxLength: 400, noNaN: true, min: -1e3, max: 1e3 })
    fc.assert(
      fc.property(values, fc.constantFrom(1, 5, 10, 20), (changes, horizon) => {
        const chances = tailChances(changes, horizon)
        const { quantiles, tails } = riskViewOf(changes, chances)

        const [likely, rare] = tails
        assert.ok(likely && rare)
        assert.ok(rare.valueAtRisk >= likely.valueAtRisk && rare.expectedShortfall >= likely.expectedShortfall - 1e-9)
        assert.ok(likely.valueAtRisk >= -(quantiles[2] as number) - 1e-9)
        assert.ok(likely.valueAtRisk <= -(quantiles[0] as number) + 1e-9)
      }),
    )
  })

  test('moves the log of a chance by its gain when a breach is over, less where outcomes overlap', () => {
    for (const horizon of [1, 10]) {
      const changes = drawn(400, () => 1, 7)
      const crash = changes.with(399, -100)
      changes[399] = 100

      const [quiet = 0] = tailChances(changes, horizon)
      const [breached = 0] = tailChances(crash, horizon)

      assert.ok(Math.abs(Math.log(quiet / breached) - 0.3 / Math.sqrt(horizon)) < 1e-9)
    }
  })
})
