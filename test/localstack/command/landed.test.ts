import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PartitionReport } from '../../../lake/ledger/completeness.ts'
import { landedWithin } from '../../../localstack/command/landed.ts'

const REPORT: PartitionReport = {
  topic: 'market.bars',
  partition: 0,
  epoch: 0,
  first: 0,
  last: 99,
  landed: 100,
  rejected: 0,
  duplicates: 0,
  gaps: [],
  lost: [],
  newestArrival: 1,
  log: { low: 0, high: 100 },
  lag: 0,
  next: 100,
}
const WINDOW = { partition: 0, first: 40, end: 100 }

describe('the records of a run', () => {
  test('have landed where their partition lacks nothing', () => {
    assert.equal(landedWithin([REPORT], [WINDOW, { partition: 1, first: 7, end: 7 }]), 60)
  })

  test('are not counted where they are lost, and what others lost is not theirs', () => {
    assert.equal(landedWithin([{ ...REPORT, lost: [[10, 41]] }], [WINDOW]), 58)
  })

  test('are not counted while they are still to come, whoever sent behind them', () => {
    assert.equal(landedWithin([{ ...REPORT, log: { low: 0, high: 110 }, lag: 20 }], [WINDOW]), 50)
  })

  test('are none where their partition has no report', () => {
    assert.equal(landedWithin([], [WINDOW]), 0)
  })

  test('are told by the report of the epoch that runs', () => {
    const old = { ...REPORT, epoch: 0, log: null, lag: null, lost: [[0, 99]] as const }

    assert.equal(landedWithin([old, { ...REPORT, epoch: 5 }], [WINDOW]), 60)
  })
})
