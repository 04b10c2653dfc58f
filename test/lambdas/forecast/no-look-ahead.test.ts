import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { backtest, backtestOptions } from '../../../lambdas/forecast/backtest.ts'
import { DATE_COLUMNS, ROW_COLUMNS } from '../../../lambdas/forecast/feature-table.ts'
import { featuresOf } from '../../../lambdas/forecast/features.ts'
import { LEAN_FEATURES } from '../../../lambdas/forecast/lean-features.ts'
import { panelOf } from '../../../lambdas/forecast/panel.ts'
import { poolOf } from '../../../lambdas/forecast/pool.ts'
import { forecastLatest, train } from '../../../lambdas/forecast/training.ts'
import { columnsOf, walks, weekday } from '../../support/walk.ts'

const BARS = walks(4, 420)
const WHOLE = panelOf(columnsOf(BARS))

describe('with the future cut off', () => {
  for (const cut of [150, 299, 400]) {
    const past = panelOf(columnsOf(BARS.filter(({ day }) => day <= weekday(cut))))

    test(`every feature up to bar ${cut} is the same, bit by bit`, () => {
      const [all, known] = [featuresOf(WHOLE), featuresOf(past)]

      for (let s = 0; s < past.symbols.length; s++) {
        const [from, knownFrom] = [WHOLE.starts[s] ?? 0, past.starts[s] ?? 0]
        const bars = (past.starts[s + 1] ?? 0) - knownFrom
        const width = ROW_COLUMNS.length
        const slice = (x: Float32Array, row: number) => x.slice(row * width, (row + bars) * width)
        assert.deepEqual(slice(all.x.ofRow, from), slice(known.x.ofRow, knownFrom))
        const lean = (x: Float32Array, row: number) => x.slice(row * LEAN_FEATURES, (row + bars) * LEAN_FEATURES)
        assert.deepEqual(lean(all.lean, from), lean(known.lean, knownFrom))
        assert.deepEqual(all.base.slice(from, from + bars), known.base.slice(knownFrom, knownFrom + bars))
      }
      assert.deepEqual(all.x.ofDate.slice(0, past.dates.length * DATE_COLUMNS.length), known.x.ofDate)
    })
  }

  test('every forecast that could be made then is the same', () => {
    const past = panelOf(columnsOf(BARS.filter(({ day }) => day <= weekday(399))))
    // The last origin leaves 20 bars for its outcome: origins of the longer history, 20 bars on, meet those of the shorter.
    const long = backtest(WHOLE, backtestOptions(WHOLE, { last: 250, step: 10, refitEvery: 40 }))
    const short = backtest(past, backtestOptions(past, { last: 230, step: 10, refitEvery: 40 }))

    const lastShared = weekday(379)
    assert.ok(short.length > 0)
    assert.deepEqual(
      short,
      long.filter(({ originDay }) => originDay <= lastShared),
    )
  })

  test('what is forecast today does not change when tomorrow comes', () => {
    const past = panelOf(columnsOf(BARS.filter(({ day }) => day <= weekday(350))))
    const trained = train(poolOf(past))

    const today = forecastLatest(past, trained)

    const tail = panelOf(columnsOf(BARS.filter(({ day }) => day > weekday(5) && day <= weekday(350))))
    assert.equal(today.length, 16)
    assert.ok(today.every(({ originDay }) => originDay === weekday(350)))
    assert.deepEqual(
      forecastLatest(tail, trained).map(({ symbol, horizon }) => ({ symbol, horizon })),
      today.map(({ symbol, horizon }) => ({ symbol, horizon })),
    )
  })
})

describe('run twice', () => {
  test('a backtest gives the same forecasts, bit by bit', () => {
    const options = backtestOptions(WHOLE, { last: 100 })

    assert.deepEqual(backtest(WHOLE, options), backtest(WHOLE, options))
  })

  test('the order of the rows in the file does not matter', () => {
    const options = backtestOptions(WHOLE, { last: 100 })
    const reversed = panelOf(columnsOf(BARS.toReversed()))

    assert.deepEqual(backtest(reversed, options), backtest(WHOLE, options))
  })

  test('training gives the same model, bit by bit', () => {
    assert.deepEqual(train(poolOf(WHOLE)), train(poolOf(WHOLE)))
  })
})
