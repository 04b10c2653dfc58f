import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneBarADay } from '../../../cli/forecasts/one-bar-a-day.ts'
import { columnsOf, walk, walks } from '../../support/walk.ts'

test('one bar a symbol and day passes as it is', () => {
  const bars = columnsOf(walks(2, 30))

  assert.equal(oneBarADay(bars), bars)
})

test('a file that was given twice is refused', () => {
  const bars = walk('A', 30, 1)

  assert.throws(
    () => oneBarADay(columnsOf([...bars, ...bars])),
    /The bars have 2 rows of A on 2015-01-05; want one bar a symbol and day\./,
  )
})

test('bars within the day are refused', () => {
  const hourly = walk('A', 30, 1).flatMap((bar) => [bar, bar, bar, bar, bar, bar, bar])

  assert.throws(() => oneBarADay(columnsOf(hourly)), /7 rows of A on 2015-01-05.*hours or minutes must be made daily/)
})

test('a symbol whose prices are no numbers is refused', () => {
  const none = walk('B', 5, 2).map((bar) => ({ ...bar, close: Number.NaN, adjClose: Number.NaN }))

  assert.throws(() => oneBarADay(columnsOf([...walk('A', 5, 1), ...none])), /The bars of B have no price in any row/)
})
