import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { horizonsOf } from '../../../dashboard/server/forecasts.ts'

describe('scores by horizon', () => {
  test('from the ten cells come the coverage of each interval and the share of each cell, lowest first', () => {
    // Above the median the cells are negative; −5 is beyond the highest quantile.
    const rows = [
      ['live', '5', '5', '1', '2', '2', '2'],
      ['live', '5', '1', '4', '2', '4', '2'],
      ['live', '5', '-1', '3', '3', '3', '3'],
      ['live', '5', '-2', '2', '1', '1', '1'],
    ]

    const [score] = horizonsOf(rows)

    assert.deepEqual(score, {
      kind: 'live',
      horizon: 5,
      forecasts: 10,
      inside: [0.7, 0.9, 0.9, 0.9],
      pit: [0.1, 0, 0, 0, 0.4, 0.3, 0.2, 0, 0, 0],
      ratio: 0.8,
    })
  })

  test('a random walk that is not known gives no ratio; live stands before walk-forward, horizons in order', () => {
    const rows = [
      ['walk-forward', '1', '1', '1', '2', null, null],
      ['live', '5', '1', '1', '2', null, null],
      ['live', '1', '1', '1', '2', null, null],
    ]

    const scores = horizonsOf(rows)

    assert.deepEqual(
      scores.map(({ kind, horizon, ratio }) => [kind, horizon, ratio]),
      [
        ['live', 1, null],
        ['live', 5, null],
        ['walk-forward', 1, null],
      ],
    )
  })
})
