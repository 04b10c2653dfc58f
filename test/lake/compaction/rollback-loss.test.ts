import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CompactionMark } from '../../../lake/compaction/compaction-mark.ts'
import { compactedRecords, lostByRollback } from '../../../lake/compaction/rollback-loss.ts'
import type { LandingFile } from '../../../lake/ledger/landing-key.ts'

const markOf = (next: number, gaps: readonly (readonly [number, number])[] = [], epoch = 0): CompactionMark => ({
  covers: { [`c/t/0@${epoch}`]: { epoch, next, gaps } },
  listFrom: '',
})
const fileOf = (first: number, last: number, said: Partial<LandingFile> = {}): LandingFile => ({
  ...{ key: '', topic: 't', partition: 0, cluster: 'c', epoch: 0 },
  ...{ first, last, ...said },
})

test('records between two marks are lost where no landing file has them', () => {
  const marks = { now: markOf(100, [[50, 59]]), back: markOf(20) }

  assert.deepEqual(lostByRollback(marks, [fileOf(20, 49), fileOf(60, 99)]), new Map())
  assert.deepEqual(lostByRollback(marks, [fileOf(30, 49), fileOf(60, 98)]), new Map([['c/t/0@0', 11]]))
  assert.deepEqual(lostByRollback(marks, []), new Map([['c/t/0@0', 70]]))
})

test('files of another cluster, epoch or partition bring nothing back, and old files that name none may', () => {
  const marks = { now: markOf(10), back: markOf(0) }
  const others = [fileOf(0, 9, { cluster: 'd' }), fileOf(0, 9, { epoch: 7 }), fileOf(0, 9, { partition: 1 })]

  assert.deepEqual(lostByRollback(marks, others), new Map([['c/t/0@0', 10]]))
  assert.deepEqual(lostByRollback(marks, [fileOf(0, 9, { cluster: undefined, epoch: undefined })]), new Map())
})

test('what was compacted before a reset of the ledger does not count for what was after', () => {
  assert.deepEqual(lostByRollback({ now: markOf(10, [], 5), back: markOf(10) }, []), new Map([['c/t/0@5', 10]]))
})

test('a mark counts the records below its ends, without gaps', () => {
  assert.equal(compactedRecords(markOf(100, [[50, 59]])), 90)
  assert.equal(compactedRecords({ covers: {}, listFrom: '' }), 0)
})
