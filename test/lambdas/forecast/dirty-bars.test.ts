import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { backtest, backtestOptions } from '../../../lambdas/forecast/backtest.ts'
import { baselineForecasts, randomWalk } from '../../../lambdas/forecast/baselines.ts'
import { skipReasonOf } from '../../../lambdas/forecast/eligibility.ts'
import { outcomesOf } from '../../../lambdas/forecast/outcomes.ts'
import { panelOf } from '../../../lambdas/forecast/panel.ts'
import { type Forecast, scoreForecasts, summarise } from '../../../lambdas/forecast/scores.ts'
import { columnsOf, type WalkBar, walk, walks, weekday } from '../../support/walk.ts'

/** Forecasts of the whole protocol on these bars; each complete, finite and in order. */
function soundForecasts(bars: readonly WalkBar[]): Forecast[] {
  const panel = panelOf(columnsOf(bars))
  const options = backtestOptions(panel, { last: 120, step: 5 })
  const forecasts = backtest(panel, options)
  const outcomes = panel.symbols.flatMap((_, s) => outcomesOf(panel, s, options))
  assert.ok(outcomes.length > 0)
  assert.equal(scoreForecasts(outcomes, forecasts).missing, 0)
  for (const { quantiles, sigma } of forecasts) {
    assert.ok(quantiles.every(Number.isFinite) && sigma > 0)
    assert.ok(quantiles.every((q, i) => i === 0 || q >= (quantiles[i - 1] ?? q)))
  }
  return forecasts
}

const BARS = walks(3, 260)
const change = (every: number, fields: (bar: WalkBar) => Partial<WalkBar>) =>
  BARS.map((bar, i) => (i % every === 0 ? { ...bar, ...fields(bar) } : bar))

describe('a backtest forecasts every origin', () => {
  test('of closes alone', () => {
    const none = Number.NaN
    soundForecasts(BARS.map((bar) => ({ ...bar, open: none, high: none, low: none, volume: none })))
  })

  test('of bars without an adjusted close', () => {
    soundForecasts(BARS.map((bar) => ({ ...bar, adjClose: Number.NaN })))
  })

  test('of bars with gaps, zeros, infinities and ranges that contradict each other', () => {
    soundForecasts(change(7, () => ({ high: Number.NaN })))
    soundForecasts(change(5, () => ({ volume: 0, open: 0 })))
    soundForecasts(change(11, ({ low }) => ({ high: low / 2 })))
    soundForecasts(change(13, () => ({ adjClose: Number.NaN })))
    soundForecasts(change(17, () => ({ volume: Number.POSITIVE_INFINITY, close: -1 })))
  })

  test('of a price that does not move for months', () => {
    soundForecasts(
      BARS.map((bar) =>
        bar.symbol === 'B' && bar.day > weekday(100)
          ? { ...bar, open: 5, high: 5, low: 5, close: 5, adjClose: 5, volume: 0 }
          : bar,
      ),
    )
  })

  test('of an unadjusted split, whose jump is forgotten within months', () => {
    const split = (bar: WalkBar) =>
      bar.symbol === 'C' && bar.day > weekday(100) ? { ...bar, adjClose: bar.adjClose / 50 } : bar
    const widthOf = (forecasts: readonly Forecast[]) => {
      const last = forecasts.findLast(({ symbol, horizon }) => symbol === 'C' && horizon === 1)
      return (last?.quantiles[8] ?? Number.NaN) - (last?.quantiles[0] ?? Number.NaN)
    }

    const [clean, dirty] = [soundForecasts(BARS), soundForecasts(BARS.map(split))]

    assert.ok(widthOf(dirty) < 1.5 * widthOf(clean))
  })

  test('of a single symbol with the fewest bars that can be scored', () => {
    assert.equal(soundForecasts(walk('A', 81, 1)).length, 4)
  })

  test('of symbols that trade in different years', () => {
    soundForecasts([...walk('A', 200, 1), ...walk('B', 200, 2).map((bar) => ({ ...bar, day: bar.day + 700 }))])
  })
})

test('of two rows of one day the first stays', () => {
  const [first] = walk('A', 1, 1)
  assert.ok(first)

  const panel = panelOf(columnsOf([first, { ...first, adjClose: 1 }]))

  assert.equal(panel.day.length, 1)
  assert.equal(panel.logPrice[0], Math.log(first.adjClose))
})

describe('a symbol is skipped with its reason', () => {
  const reason = (bars: readonly WalkBar[], asOf = weekday(99)) => skipReasonOf(panelOf(columnsOf(bars)), 0, asOf)
  const bars = walk('A', 100, 1)

  test('not at all where its history is long enough and whole', () => {
    assert.equal(reason(bars), undefined)
  })

  test('where it has too few bars', () => {
    assert.equal(reason(bars.slice(-59)), 'short_history: 59 bars, 60 are needed')
  })

  test('where its last bar is old', () => {
    assert.equal(reason(bars, weekday(99) + 11), 'stale: the last bar is of 2015-05-22')
  })

  test('where a price in the last month is off by a factor', () => {
    const off = bars.map((bar, i) => (i >= 95 ? { ...bar, adjClose: bar.adjClose * 10 } : bar))

    assert.match(reason(off) ?? '', /^broken: adj_close moved by a factor of 10 on 2015-05-18$/)
  })

  test('where its price stands still', () => {
    assert.match(reason(bars.map((bar) => ({ ...bar, adjClose: 5 }))) ?? '', /^still: /)
  })

  test('where it has no price', () => {
    assert.match(reason(bars.map((bar) => ({ ...bar, adjClose: 0, close: 0 }))) ?? '', /^no_price: /)
  })
})

test('a pool too small to learn from still gives forecasts near the random walk’s', () => {
  const panel = panelOf(columnsOf(walks(1, 200)))
  const options = backtestOptions(panel)
  const outcomes = panel.symbols.flatMap((_, s) => outcomesOf(panel, s, options))
  const loss = (forecasts: readonly Forecast[]) => summarise(scoreForecasts(outcomes, forecasts).scored).scaledPinball

  const ratio = loss(backtest(panel, options)) / loss(baselineForecasts(panel, options, randomWalk))

  assert.ok(ratio < 1.1, String(ratio))
})
