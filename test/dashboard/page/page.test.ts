import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PartitionNow, Shell, StreamNow } from '../../../dashboard/api.ts'
import { barAfter } from '../../../dashboard/page/bar-walk.ts'
import { daysShown } from '../../../dashboard/page/chart-range.ts'
import { npmRun } from '../../../dashboard/page/command-text.ts'
import { count, decimals, numberIn, price, short } from '../../../dashboard/page/format.ts'
import { partitionSentence, stateOf } from '../../../dashboard/page/stream-state.ts'

const partition: PartitionNow = { partition: 3, high: 1000, next: 820, lag: 180, lagSeconds: 12, trend: -20, gaps: 0 }
const quiet: StreamNow = {
  at: 0,
  sent: 1000,
  landed: 820,
  rejected: 0,
  givenUp: 0,
  compacted: 0,
  files: 1,
  bytes: 1,
  sentPerSecond: 0,
  landedPerSecond: 0,
  partitions: [],
  latency: null,
  mapping: null,
  newest: [],
  unshown: 0,
  troubles: [],
}

const DAY_MS = 86_400_000
const shell: Shell = { stage: 'local', where: 'here', isOnAws: false, topic: 't', bucket: 'b', lookMs: 500 }

describe('how the stream is', () => {
  test('says of a partition how far behind it is, and where that goes', () => {
    assert.equal(partitionSentence(partition), 'Partition 3 is 12 s behind (180 records) and catching up.')
    assert.match(partitionSentence({ ...partition, trend: 9 }), /falling further back/)
    assert.match(partitionSentence({ ...partition, lag: 0 }), /landed up to its end/)
    assert.match(partitionSentence({ ...partition, lag: null }), /broker does not say/)
  })

  test('is broken before it is behind, behind before it flows, and idle else', () => {
    const behind = { ...partition, lagSeconds: 60 }

    assert.equal(stateOf(quiet, shell).kind, 'idle')
    assert.equal(stateOf({ ...quiet, landedPerSecond: 12 }, shell).kind, 'flowing')
    assert.equal(stateOf({ ...quiet, landedPerSecond: 12, partitions: [partition, behind] }, shell).kind, 'behind')
    assert.equal(stateOf({ ...quiet, partitions: [behind], troubles: ['No broker.'] }, shell).kind, 'broken')
  })
})

describe('what the page says in words', () => {
  test('names the stage in a command for AWS, where a command that changes something wants it', () => {
    assert.equal(npmRun(shell, 'redrive'), 'npm run redrive')
    assert.equal(npmRun(shell, 'compact', '--dry-run'), 'npm run compact -- --dry-run')
    const prod = { ...shell, stage: 'prod', isOnAws: true }
    assert.equal(npmRun(prod, 'redrive'), 'npm run redrive -- --stage prod')
    assert.match(stateOf({ ...quiet, unshown: 7 }, prod).sentence, /npm run compact -- --stage prod/)
  })

  test('writes cents of a share, and of what costs little as many digits as tell it from its neighbour', () => {
    const written = [430.471, 10, 5, 1.3061, -1.3061, 0.70125, 0.000_042_65, 0].map(price)
    assert.deepEqual(written, ['430.47', '10.00', '5.00', '1.3061', '-1.3061', '0.7013', '0.00004265', '0.00'])
  })

  test('reads back the numbers that it shows, with their units, and none where none is shown', () => {
    for (const value of [0, 7, -12_345_678, 987_654_321]) assert.equal(numberIn(count(value)), value)
    assert.equal(numberIn(decimals(-1234.567, 2)), -1234.57)
    assert.equal(numberIn(`${count(1234)} kB`), 1234)
    assert.ok(Number.isNaN(numberIn('–')) && Number.isNaN(numberIn('?')))
    assert.equal(numberIn(short(12)), 12)
  })
})

describe('where one goes in a chart', () => {
  const after = (key: string, from: number | undefined, shiftKey = false) => barAfter({ key, shiftKey }, from, 30)

  test('is the next bar, the tenth, or an end; it never leaves the bars', () => {
    assert.deepEqual([after('ArrowLeft', undefined), after('ArrowRight', undefined)], [29, 29])
    assert.deepEqual([after('ArrowLeft', 12), after('ArrowRight', 12, true)], [11, 22])
    assert.deepEqual(
      [after('Home', 12), after('End', 12), after('ArrowLeft', 0), after('ArrowRight', 29, true)],
      [0, 29, 0, 29],
    )
    assert.equal(after('x', 12), undefined)
    assert.equal(barAfter({ key: 'Home', shiftKey: false }, undefined, 0), undefined)
  })

  test('is back from the last bar by the range, to the last day of the forecast', () => {
    const times = Array.from({ length: 400 }, (_, i) => i * DAY_MS)
    const last = 399 * DAY_MS
    const fan = { sessions: [last, last + 20 * DAY_MS] }
    const of = (more: Partial<Parameters<typeof daysShown>[0]>) =>
      daysShown({ times, range: '1m', fan: undefined, isEarlier: false, ...more })

    assert.deepEqual(of({}), [last - 31 * DAY_MS, last])
    assert.deepEqual(of({ fan }), [last - 31 * DAY_MS, last + 20 * DAY_MS])
    assert.deepEqual(of({ range: 'max' }), [0, last])
    assert.deepEqual(of({ range: '5y' }), [0, last])
    const earlier = { sessions: [100 * DAY_MS, 120 * DAY_MS] }
    assert.deepEqual(of({ fan: earlier, isEarlier: true }), [89 * DAY_MS, 120 * DAY_MS])
    assert.equal(of({ times: [] }), undefined)
  })
})
