import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  countOffsets,
  includes,
  lastOffset,
  type OffsetRanges,
  rangesOf,
  subtract,
  union,
} from '../../../lake/ledger/offset-ranges.ts'

const offsets = fc.uniqueArray(fc.nat(60)).map((found) => new Set(found))

function rangesOfSet(set: ReadonlySet<number>): OffsetRanges {
  return rangesOf([...set].sort((a, b) => a - b))
}

test('offsets in a row are one range', () => {
  assert.deepEqual(rangesOf([3, 4, 5, 9, 11, 12]), [
    [3, 5],
    [9, 9],
    [11, 12],
  ])
  assert.deepEqual(rangesOf([]), [])
})

test('the same offset twice is in a range once', () => {
  assert.deepEqual(rangesOf([1, 1, 2]), [[1, 2]])
})

test('ranges behave as the sets that they stand for', () => {
  fc.assert(
    fc.property(offsets, offsets, (a, b) => {
      const [rangesA, rangesB] = [rangesOfSet(a), rangesOfSet(b)]

      assert.deepEqual(union(rangesA, rangesB), rangesOfSet(new Set([...a, ...b])))
      assert.deepEqual(subtract(rangesA, rangesB), rangesOfSet(new Set([...a].filter((offset) => !b.has(offset)))))
      assert.equal(countOffsets(rangesA), a.size)
      for (let offset = 0; offset <= 61; offset++) assert.equal(includes(rangesA, offset), a.has(offset))
    }),
  )
})

test('the last offset is the end of the last range', () => {
  assert.equal(
    lastOffset([
      [1, 2],
      [5, 9],
    ]),
    9,
  )
  assert.equal(lastOffset([]), undefined)
})
