import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  acerbiSzekely,
  christoffersenHolds,
  fisslerZiegel,
  kupiecHolds,
  type RiskForecast,
} from '../../../lambdas/forecast/risk-tests.ts'

const calm: RiskForecast = { loss: 0.5, valueAtRisk: 1, expectedShortfall: 1.5 }
const breach: RiskForecast = { ...calm, loss: 1.5 }

function breachesAt(n: number, isBreach: (i: number) => boolean): RiskForecast[] {
  return Array.from({ length: n }, (_, i) => (isBreach(i) ? breach : calm))
}

test('Kupiec lets 7 to 19 breaches of 250 pass at 95 %, as his table has it', () => {
  const passed = Array.from({ length: 40 }, (_, count) => count).filter((count) =>
    kupiecHolds(
      breachesAt(250, (i) => i < count),
      0.95,
    ),
  )

  assert.deepEqual([passed[0], passed.at(-1)], [7, 19])
})

describe('Christoffersen', () => {
  test('lets breaches pass that come apart', () => {
    assert.equal(christoffersenHolds(breachesAt(250, (i) => i % 20 === 3)), true)
  })

  test('does not let as many pass that come in a row', () => {
    assert.equal(christoffersenHolds(breachesAt(250, (i) => i >= 100 && i < 113)), false)
  })

  test('has nothing against no breach', () => {
    assert.equal(christoffersenHolds(breachesAt(250, () => false)), true)
  })
})

test('Z2 is 0 where breaches and losses are as said, above where they are more', () => {
  assert.ok(
    Math.abs(
      acerbiSzekely(
        breachesAt(100, (i) => i < 5),
        0.95,
      ),
    ) < 1e-9,
  )
  assert.ok(
    Math.abs(
      acerbiSzekely(
        breachesAt(100, (i) => i < 10),
        0.95,
      ) - 1,
    ) < 1e-9,
  )
})

test('the joint loss is least at the true value at risk and shortfall', () => {
  // Losses 1 to 100 as likely each: the value at risk of 95 % is 95, the mean of 96 to 100 is 98.
  const mean = (valueAtRisk: number, expectedShortfall: number) =>
    Array.from({ length: 100 }, (_, i) => fisslerZiegel({ loss: i + 1, valueAtRisk, expectedShortfall }, 0.95)).reduce(
      (sum, loss) => sum + loss,
      0,
    )

  for (const [v, e] of [
    [90, 98],
    [100, 100],
    [95, 96],
    [95, 102],
  ] as const) {
    assert.ok(mean(95, 98) < mean(v, e), `${v} ${e}`)
  }
})
