import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { WIRE_BYTES } from '../../infra/cost/load.ts'
import { MERGE_SECONDS } from '../../infra/cost/merge.ts'
import { BAR_SECONDS } from '../../infra/cost/monthly-cost.ts'
import { EVENT_BYTES, needsOf, needsText, wallOf } from '../../infra/cost/needs.ts'
import { EXAMPLES } from '../../infra/examples.ts'
import { readStage } from '../../infra/stage.ts'
import { readRun } from '../bench/measures.ts'
import { aMessage } from '../support/bars.ts'

const prod = readStage(EXAMPLES.prod)
const THOUSANDFOLD = { barsPerSecond: 12_000, scannedGb: 100 }

describe('what a load needs of AWS', () => {
  test('stands in docs/scale.md as it is computed', () => {
    assert.ok(readFileSync('docs/scale.md', 'utf8').includes(needsText(prod, THOUSANDFOLD)))
  })

  test('is computed from what was measured, rounded up, but not by much', () => {
    const { measures } = readRun('test/bench/measured.json')
    const secondsOf = (work: RegExp, unit: string, divisor: number) => {
      const found = measures.find((each) => work.test(each.work) && each.unit === unit)
      const rows = Number(/(\d[\d,]*) (?:bars|records)/.exec(found?.work ?? '')?.[1]?.replaceAll(',', ''))
      return (found?.ours ?? Number.NaN) / divisor / rows
    }
    const merged = secondsOf(/^compaction: a month of/, 'CPU s', 1)
    const landed = secondsOf(/^landing: an event of/, 'CPU ms', 1_000)
    const value = aMessage({}).length
    const event = JSON.stringify({
      topic: 'market.bars',
      partition: 0,
      offset: 1e9,
      timestamp: 1.7e12,
      timestampType: '',
    })

    assert.ok(merged < MERGE_SECONDS && merged > MERGE_SECONDS / 5, `${merged}`)
    assert.ok(landed < BAR_SECONDS && landed > BAR_SECONDS / 20, `${landed}`)
    assert.ok(Math.abs(value - WIRE_BYTES) < 50, `${value}`)
    assert.ok((value * 4) / 3 + event.length < EVENT_BYTES, `${event.length}`)
  })

  test('meets each limit where the load is what it says, and none below it', () => {
    for (const { what, limit } of needsOf(prod, THOUSANDFOLD)) {
      const wall = wallOf(prod, what)
      const neededAt = (barsPerSecond: number): number =>
        needsOf(prod, { barsPerSecond, scannedGb: 0 }).find((each) => each.what === what)?.needed ?? Number.NaN

      assert.ok(neededAt(wall * 0.99) <= limit, what)
      assert.ok(neededAt(wall * 1.01) > limit, what)
    }
  })

  test('of landing is met by what prod has at a thousand times the original’s volume; the first wall is the month’s merge', () => {
    const [first] = needsOf(prod, THOUSANDFOLD).toSorted((a, b) => wallOf(prod, a.what) - wallOf(prod, b.what))
    const met = needsOf(prod, THOUSANDFOLD).filter(({ needed, limit }) => needed > limit)

    assert.equal(first?.what, 'seconds of one task')
    assert.deepEqual(
      met.map(({ what }) => what),
      ['seconds of one task'],
    )
  })
})
