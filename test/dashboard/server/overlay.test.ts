import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Overlay } from '../../../dashboard/server/overlay.ts'
import { landed } from '../../support/lake-builder.ts'

const DAY = 86_400_000
const bars = (symbol: string, count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => ({
    ...landed({ symbol, ts_event: (first + i) * DAY, kafka_offset: first + i }),
    epoch: 0,
  }))

describe('what has landed and is not compacted', () => {
  test('is kept up to a bound; beyond it the oldest go, of those that have more than their share, and are counted', () => {
    const overlay = new Overlay({ mostRows: 100, rowsLeft: 80 })
    overlay.add(bars('AAPL', 10))

    overlay.add(bars('IBM', 91))

    assert.equal(overlay.of('AAPL', '1d').rows.length, 10)
    assert.equal(overlay.of('IBM', '1d').rows.length, 40)
    assert.equal(overlay.of('IBM', '1d').rows.at(-1)?.ts_event, 90 * DAY)
    assert.equal(overlay.unshown, 51)
  })

  test('is of another version with each bar, and in each run: a browser keeps what the last one answered', () => {
    const versions = [new Overlay(), new Overlay()].flatMap((overlay) =>
      [0, 1].map((day) => {
        overlay.add(bars('AAPL', 1, day))
        return overlay.of('AAPL', '1d').revision
      }),
    )

    assert.equal(new Set(versions).size, 4)
  })

  test('is let go of when it is compacted, and makes room', () => {
    const overlay = new Overlay({ mostRows: 100, rowsLeft: 80 })
    overlay.add(bars('IBM', 100))

    overlay.prune({ covers: { 'test-cluster/market.bars/0@0': { epoch: 0, next: 60, gaps: [] } } } as never)
    overlay.add(bars('IBM', 50, 100))

    assert.equal(overlay.of('IBM', '1d').rows.length, 90)
    assert.equal(overlay.unshown, 0)
  })
})
