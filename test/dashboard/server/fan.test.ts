import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { slicesOf } from '../../../dashboard/page/fan.ts'
import { fanOf } from '../../../dashboard/server/fan.ts'

const DAY = 86_400_000
const ORIGIN = Date.UTC(2013, 2, 1)
/** Closes of 100, 101, … on the weekdays from the origin on. */
const rows = [0, 3, 4, 5, 6, 7, 10].map((days, i) => ({
  ts_event: ORIGIN + days * DAY,
  open: 100 + i,
  high: 100 + i,
  low: 100 + i,
  close: 100 + i,
  adj_close: 50 + i / 2,
  volume: 1,
  ts_sent: 0,
  kafka_offset: i,
}))
const made = (horizon: number, kind: 'forecast' | 'walk-forward' = 'forecast', origin = ORIGIN) => ({
  origin,
  kind,
  model: 'm',
  horizon,
  quantiles: [-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2],
})

describe('the fan of a symbol', () => {
  test('stands on days that traded, then on sessions, Good Friday left out', () => {
    const { fan } = fanOf({ symbol: 'AAPL', asOf: undefined, forecasts: [made(20)], rows })

    assert.equal(fan?.sessions.length, 21)
    assert.equal(fan?.sessions[6], Date.UTC(2013, 2, 11))
    assert.ok(!fan?.sessions.includes(Date.UTC(2013, 2, 29)))
  })

  test('says what came true, in the terms of the origin’s close, and null where it has not', () => {
    const { fan } = fanOf({ symbol: 'AAPL', asOf: undefined, forecasts: [made(1), made(5), made(10)], rows })

    assert.deepEqual(
      fan?.knots.map(({ realised }) => realised),
      [101, 105, null],
    )
  })

  test('goes back to the newest forecast of the day or before it; one that was made wins over a walk-forward', () => {
    const forecasts = [made(1, 'walk-forward'), made(1), made(1, 'walk-forward', ORIGIN + 3 * DAY)]

    const earlier = fanOf({ symbol: 'AAPL', asOf: ORIGIN + 2 * DAY, forecasts, rows })
    const newest = fanOf({ symbol: 'AAPL', asOf: undefined, forecasts, rows })

    assert.deepEqual([earlier.fan?.origin, earlier.fan?.kind], [ORIGIN, 'forecast'])
    assert.deepEqual([newest.fan?.origin, newest.fan?.kind], [ORIGIN + 3 * DAY, 'walk-forward'])
  })

  test('says why there is none', () => {
    assert.match(fanOf({ symbol: 'AAPL', asOf: undefined, forecasts: [], rows }).reason ?? '', /60 daily bars/)
    assert.match(fanOf({ symbol: 'AAPL', asOf: 0, forecasts: [made(1)], rows }).reason ?? '', /as early/)
  })

  test('is drawn a slice a session: it starts at the close, passes its knots, and widens in between', () => {
    const { fan } = fanOf({ symbol: 'AAPL', asOf: undefined, forecasts: [made(1), made(5)], rows })
    const slices = fan ? slicesOf(fan) : []

    assert.deepEqual(slices[0]?.prices, Array(9).fill(100))
    assert.deepEqual(
      slices.map(({ isKnot }) => isKnot),
      [false, true, false, false, false, true],
    )
    assert.deepEqual(slices[5]?.prices, fan?.knots[1]?.prices)
    assert.equal(slices.length, 6)
  })
})
