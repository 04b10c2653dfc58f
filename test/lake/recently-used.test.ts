import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecentlyUsed } from '../../lake/recently-used.ts'

test('what was used longest ago goes first, until the rest fits', () => {
  const kept = new RecentlyUsed<string>(6, ({ length }) => length)
  kept.set('a', 'aa')
  kept.set('b', 'bb')
  kept.set('c', 'cc')
  kept.get('a')

  kept.set('d', 'ddd')

  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((name) => kept.get(name)),
    ['aa', undefined, undefined, 'ddd'],
  )
})

test('a value that takes the place of another counts once', () => {
  const kept = new RecentlyUsed<string>(4, ({ length }) => length)
  kept.set('a', 'aaa')
  kept.set('a', 'aa')

  kept.set('b', 'bb')

  assert.deepEqual([kept.get('a'), kept.get('b')], ['aa', 'bb'])
})

test('what is larger than all that may be kept is not kept', () => {
  const kept = new RecentlyUsed<string>(2, ({ length }) => length)

  kept.set('a', 'aaa')

  assert.equal(kept.get('a'), undefined)
})
