import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PartitionNow, StreamNow } from '../../../dashboard/api.ts'
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

describe('how the stream is', () => {
  test('says of a partition how far behind it is, and where that goes', () => {
    assert.equal(partitionSentence(partition), 'Partition 3 is 12 s behind (180 records) and catching up.')
    assert.match(partitionSentence({ ...partition, trend: 9 }), /falling further back/)
    assert.match(partitionSentence({ ...partition, lag: 0 }), /landed up to its end/)
    assert.match(partitionSentence({ ...partition, lag: null }), /broker does not say/)
  })

  test('is broken before it is behind, behind before it flows, and idle else', () => {
    const behind = { ...partition, lagSeconds: 60 }

    assert.equal(stateOf(quiet).kind, 'idle')
    assert.equal(stateOf({ ...quiet, landedPerSecond: 12 }).kind, 'flowing')
    assert.equal(stateOf({ ...quiet, landedPerSecond: 12, partitions: [partition, behind] }).kind, 'behind')
    assert.equal(stateOf({ ...quiet, partitions: [behind], troubles: ['No broker.'] }).kind, 'broken')
  })
})
