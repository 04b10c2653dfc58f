import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { systemClock } from '../../../lake/clock.ts'
import { TickerlakeError } from '../../../lake/errors.ts'
import { LAYOUT } from '../../../lake/layout.ts'
import { objectCursors } from '../../../lake/replay/cursors.ts'
import { newCursor } from '../../../lake/replay/replay-cursor.ts'
import { EVERYTHING } from '../../../lake/replay/replay-request.ts'
import { retryingObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const KEY = LAYOUT.replayCursor
const CURSOR = newCursor('run-1', EVERYTHING)

test('a cursor that is written back as it was is another version: who read the one before cannot write over it', async () => {
  const cursors = objectCursors(new MemoryObjectStore(), randomUUID)
  const first = await cursors.replace(KEY, CURSOR, undefined)
  assert.equal(first.kind, 'written')

  const second = await cursors.replace(KEY, { ...CURSOR, bars: 1 }, first.version.etag)
  assert.equal(second.kind, 'written')
  const third = await cursors.replace(KEY, CURSOR, second.version.etag)
  const late = await cursors.replace(KEY, { ...CURSOR, bars: 7 }, first.version.etag)

  assert.equal(third.kind, 'written')
  assert.deepEqual(late, { kind: 'conflict' })
})

test('a write whose answer was lost and that was tried again is known as our own', async () => {
  let lost = 1
  const inner = new MemoryObjectStore({
    after: (verb) => {
      if (verb === 'put' && lost-- > 0) throw new TickerlakeError('test', 'the answer was lost', { retryable: true })
    },
  })
  const end = systemClock.now() + 10_000
  const store = retryingObjectStore(inner, { clock: systemClock, deadline: () => end, random: () => 0.5 })
  const cursors = objectCursors(store, randomUUID)

  const outcome = await cursors.replace(KEY, { ...CURSOR, bars: 3 }, undefined)

  assert.equal(outcome.kind, 'written')
  const read = await cursors.read(KEY)
  assert.deepEqual(outcome.version, read)
  assert.equal(read?.value.bars, 3)
})
