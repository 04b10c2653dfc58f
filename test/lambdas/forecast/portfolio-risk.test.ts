import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../../lambdas/forecast/block-bootstrap.ts'
import { featuresOf } from '../../../lambdas/forecast/features.ts'
import {
  HISTORY_DATES,
  type JointHistory,
  jointHistoryOf,
  rowScalesOf,
} from '../../../lambdas/forecast/joint-history.ts'
import { trainerOf } from '../../../lambdas/forecast/model.ts'
import { panelOf } from '../../../lambdas/forecast/panel.ts'
import { poolOf } from '../../../lambdas/forecast/pool.ts'
import { backtestPortfolios, lastingSymbols, randomPortfolios } from '../../../lambdas/forecast/portfolio-backtest.ts'
import { atTodaysLevel, levelsOf } from '../../../lambdas/forecast/portfolio-level.ts'
import { portfolioRisk } from '../../../lambdas/forecast/portfolio-risk.ts'
import { scenariosOf } from '../../../lambdas/forecast/scenarios.ts'
import { riskViewOf } from '../../../lambdas/forecast/tail-losses.ts'
import { columnsOf, type WalkBar, walk, walkPanel, walks, weekday } from '../../support/walk.ts'

function historyOf(bars: readonly WalkBar[], lastDate: number, k = 0): JointHistory {
  const panel = panelOf(columnsOf(bars))
  const features = featuresOf(panel)
  const model = trainerOf(poolOf(panel, features)).fit(200)[k]
  assert.ok(model)
  return jointHistoryOf(panel, rowScalesOf(panel, features, k, model), lastDate)
}

describe('tail losses', () => {
  test('of a hundred and one equally likely changes are counted off', () => {
    const [likely, rare] = riskViewOf(Float64Array.from({ length: 101 }, (_, i) => i - 50)).tails

    assert.ok(likely && rare)
    assert.ok(Math.abs(likely.valueAtRisk - 45) < 1e-9 && Math.abs(likely.expectedShortfall - 47.5) < 1e-9)
    assert.ok(Math.abs(rare.valueAtRisk - 49) < 1e-9 && Math.abs(rare.expectedShortfall - 49.5) < 1e-9)
  })

  test('never say less beyond the value at risk than at it, nor less of a rarer loss', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 300, noNaN: true, min: -1e6, max: 1e6 }), (changes) => {
        const [likely, rare] = riskViewOf(changes).tails
        assert.ok(likely && rare)
        assert.ok(likely.expectedShortfall >= likely.valueAtRisk && rare.expectedShortfall >= rare.valueAtRisk)
        assert.ok(rare.valueAtRisk >= likely.valueAtRisk && rare.expectedShortfall >= likely.expectedShortfall - 1e-9)
      }),
    )
  })
})

describe('the risk of a portfolio', () => {
  const history = scenariosOf(historyOf(walks(4, 420), 419))

  test('is shared out among its holdings without a rest', () => {
    const risk = portfolioRisk(
      { over: history, daily: history },
      [0, 1, 2, 3].map((s) => ({ s, value: 100 * (s + 1) })),
    )

    assert.ok(Math.abs(risk.positions.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9)
  })

  test('of two holdings is less than that of both alone, and nothing is left without the only one', () => {
    const alone = [0, 1].map((s) => portfolioRisk({ over: history, daily: history }, [{ s, value: 100 }]))
    const both = portfolioRisk(
      { over: history, daily: history },
      [0, 1].map((s) => ({ s, value: 100 })),
    )

    const shortfall = ({ tails }: (typeof alone)[number]) => tails[0]?.expectedShortfall ?? Number.NaN
    assert.ok(shortfall(both) < alone.reduce((sum, risk) => sum + shortfall(risk), 0))
    assert.ok(alone[0]?.positions[0]?.without[0]?.valueAtRisk === 0)
    assert.deepEqual(both.positions[0]?.without, alone[1]?.tails)
  })

  test('grows with the holdings in proportion', () => {
    const [one, ten] = [1, 10].map((value) => portfolioRisk({ over: history, daily: history }, [{ s: 2, value }]))

    assert.ok(one && ten)
    for (const [i, { valueAtRisk }] of one.tails.entries()) {
      assert.ok(Math.abs((ten.tails[i]?.valueAtRisk ?? 0) - 10 * valueAtRisk) < 1e-9)
    }
  })
})

describe('the level of a portfolio', () => {
  /** Two symbols that move as one in half of the dates, and against each other in the other half. */
  function tied(first: 1 | -1): JointHistory {
    const dates = 400
    const random = seededRandom(4)
    const residuals = new Float32Array(2 * dates)
    for (let d = 0; d < dates; d++) {
      residuals[d] = 4 * (random() - 0.5)
      residuals[dates + d] = (d < dates / 2 ? first : -first) * (residuals[d] ?? 0) + 0.5 * (random() - 0.5)
    }
    const symbols = { symbols: ['A', 'B'], scales: Float64Array.of(0.01, 0.01), shifts: new Float64Array(2) }
    return { horizon: 1, dates, firstDate: 0, residuals, filled: new Int32Array(2), ...symbols }
  }

  test('is that of how tightly its symbols are tied now, not of how they were on the whole', () => {
    const [apart, together] = ([1, -1] as const).map((first) => {
      const history = scenariosOf(tied(first))
      const positions = [0, 1].map((s) => ({ s, value: 100 }))
      return portfolioRisk({ over: history, daily: history }, positions).tails[0]?.valueAtRisk ?? Number.NaN
    })

    assert.ok(apart !== undefined && together !== undefined && together > 4 * apart, `${together} ${apart}`)
  })

  test('takes each date at what was known before it, and leaves a still portfolio still', () => {
    const levels = levelsOf(Float64Array.of(1, -1, 1, 3))

    assert.equal(levels[0], 3)
    assert.ok(Math.abs((levels[4] ?? 0) - (0.97 * (levels[3] ?? 0) + 0.03 * 9)) < 1e-12)
    assert.deepEqual(atTodaysLevel(new Float64Array(3), levelsOf(new Float64Array(3)), 0), new Float64Array(3))
  })
})

describe('the joint history', () => {
  test('up to a date does not know what came after it', () => {
    const [whole, past] = [walks(4, 420), walks(4, 350)]

    assert.deepEqual(historyOf(whole, 349, 2), historyOf(past, 349, 2))
  })

  test('begins where the first residual is known, and invents no earlier day', () => {
    const history = historyOf(walks(3, 400), 399)

    assert.equal(history.firstDate, 22)
    assert.equal(history.dates, 399 - 22)
    assert.deepEqual(Array.from(history.filled), [0, 0, 0])
  })

  test('of bars that are too few for any residual is empty', () => {
    assert.equal(historyOf(walks(3, 230), 20).dates, 0)
  })

  test('fills the days that a young symbol lacks from its own, and counts them', () => {
    const history = historyOf([...walks(3, 400), ...walk('YOUNG', 400, 9).slice(-150)], 399)

    const own = history.residuals.subarray(3 * history.dates)
    assert.equal(history.symbols[3], 'YOUNG')
    assert.ok(history.filled[3] === 250 && history.filled[0] === 0)
    assert.ok(own.every(Number.isFinite))
    assert.ok(new Set(own).size <= history.dates - (history.filled[3] ?? 0))
    assert.ok(history.dates <= HISTORY_DATES)
  })
})

describe('a backtest of portfolios', () => {
  test('draws the same portfolios by the same seed, their weights adding up to 1', () => {
    const drawn = randomPortfolios([3, 5, 8, 9], 20, 7)

    assert.deepEqual(drawn, randomPortfolios([3, 5, 8, 9], 20, 7))
    for (const { symbols, weights } of drawn) {
      assert.ok(symbols.length >= 2 && symbols.length <= 4 && new Set(symbols).size === symbols.length)
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9)
    }
  })

  test('has every method say something from every origin', () => {
    const panel = walkPanel(4, 420)
    const portfolios = randomPortfolios(lastingSymbols(panel, 40), 3, 1)

    const forecasts = [...backtestPortfolios(panel, { portfolios, last: 40 })]

    // 40 origins a bar apart, and 8 five bars apart at each of the three other horizons.
    assert.equal(forecasts.length, 3 * 3 * (40 + 3 * 8))
    assert.ok(forecasts.every(({ pinball, tails }) => pinball > 0 && tails.every(({ valueAtRisk }) => valueAtRisk > 0)))
  })

  test('leaves out symbols that begin or end within it', () => {
    const young = walk('YOUNG', 420, 5).filter(({ day }) => day > weekday(300))
    const gone = walk('GONE', 390, 6)
    const panel = panelOf(columnsOf([...walks(2, 420), ...young, ...gone]))

    assert.deepEqual(
      lastingSymbols(panel, 40).map((s) => panel.symbols[s]),
      ['A', 'B'],
    )
  })
})
