import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellOf, MAX_CELL_TEXT, textOf } from '../../../lake/history/history-cell.ts'
import { mapColumns } from '../../../lake/history/history-columns.ts'
import { historyNameOf, intervalOfSpacing } from '../../../lake/history/history-name.ts'

for (const names of [
  ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'],
  ['date', 'open', 'high', 'low', 'close', 'adj_close', 'volume'],
  ['Datetime', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'adjClose', 'VOLUME'],
  ['__index_level_0__', 'Open', 'High', 'Low', 'Close*', 'Adj Close**', 'Volume'],
  ['ts_event', 'open', 'high', 'low', 'close', 'adjusted_close', 'volume'],
]) {
  test(`the columns ${names.slice(0, 2).join(', ')} … ${names[5]} are an export of Yahoo's`, () => {
    const fields = ['date', 'open', 'high', 'low', 'close', 'adjClose', 'volume'] as const

    assert.deepEqual(
      [...mapColumns(names)],
      fields.map((field, i) => [field, names[i]]),
    )
  })
}

test('of two columns that mean the same the first one counts, and others mean nothing', () => {
  const columns = mapColumns(['Ticker', 'Symbol', 'Date', 'Dividends', 'Stock Splits'])

  assert.deepEqual(
    [...columns],
    [
      ['symbol', 'Ticker'],
      ['date', 'Date'],
    ],
  )
})

test("a file's name says its symbol, and its interval where it ends in one", () => {
  assert.deepEqual(historyNameOf('history/AAPL.parquet'), { symbol: 'AAPL', interval: undefined })
  assert.deepEqual(historyNameOf('history/brk-b.parquet'), { symbol: 'BRK-B', interval: undefined })
  assert.deepEqual(historyNameOf('history/AAPL-1h.parquet'), { symbol: 'AAPL', interval: '1h' })
  assert.deepEqual(historyNameOf('EURUSD=X_5m.csv'), { symbol: 'EURUSD=X', interval: '5m' })
})

test('numbers, and text that is plainly a number, are numbers', () => {
  assert.deepEqual([10.5, 7n, '10.50', ' -3 ', '1e-5', '.5', '+2'].map(cellOf), [10.5, 7, 10.5, -3, 0.00001, 0.5, 2])
})

test('all else stands as it is, for the consumer to judge', () => {
  assert.deepEqual(['n/a', '1,234', '0x1F', '', 'NaN', null, undefined].map(cellOf), [
    'n/a',
    '1,234',
    '0x1F',
    '',
    'NaN',
    null,
    null,
  ])
  assert.deepEqual([2n ** 63n, true, [1n, 'x']].map(cellOf), ['9223372036854775808', 'true', '["1","x"]'])
  assert.ok(Number.isNaN(cellOf(Number.NaN)))
})

test('a text that no broker would take is cut, and says how long it was', () => {
  const cell = cellOf('x'.repeat(1_000_000))

  assert.equal(cell, `${'x'.repeat(MAX_CELL_TEXT)}… (1000000 characters)`)
})

test('a symbol is text, also where the column is of numbers or has holes', () => {
  assert.deepEqual([700, 'AAPL', null].map(textOf), ['700', 'AAPL', ''])
})

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const every = (gap: number): number[] => Array.from({ length: 50 }, (_, i) => i * gap)

for (const [interval, gap] of [
  ['1m', MINUTE],
  ['5m', 5 * MINUTE],
  ['15m', 15 * MINUTE],
  ['1h', 60 * MINUTE],
  ['1d', DAY],
  ['1wk', 7 * DAY],
  ['1mo', 30 * DAY],
  ['3mo', 91 * DAY],
] as const) {
  test(`bars that are usually ${gap / MINUTE} minutes apart are ${interval}`, () => {
    assert.equal(intervalOfSpacing(every(gap).reverse()), interval)
  })
}

test('weekends and many symbols do not change the spacing, and one bar alone is daily', () => {
  const weekdays = every(DAY).filter((time) => new Date(time).getUTCDay() % 6 !== 0)

  assert.equal(intervalOfSpacing([...weekdays, ...weekdays]), '1d')
  assert.equal(intervalOfSpacing([0]), '1d')
})
