import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { parquetOf } from '../../support/history-files.ts'
import { ALL, GOLDEN, historyOf } from '../../support/history-reads.ts'
import type { StoreHooks } from '../../support/memory-object-store.ts'

test('an unreachable store is no fault of the files: the read fails and can be tried again', async () => {
  let isDown = true
  const { history } = await historyOf(
    { 'AAPL.parquet': await readFile(join(GOLDEN, 'int96.parquet')) },
    {
      before: (verb) => {
        if (isDown && verb === 'getRange') throw new TickerlakeError('test', 'slow down', { retryable: true })
      },
    },
  )

  await assert.rejects(history.read({ selection: ALL, after: null, limit: 100 }), /slow down/)
  isDown = false
  const { rows, skipped } = await history.read({ selection: ALL, after: null, limit: 100 })

  assert.deepEqual([rows.length, skipped.length], [3, 0])
})

test('a file that is replaced between two reads is opened again', async () => {
  const { history, store } = await historyOf({ 'X.parquet': parquetOf([{ day: 1, symbol: 'X', open: 1 }], 10, false) })
  await history.read({ selection: ALL, after: null, limit: 100 })

  await store.put('history/X.parquet', parquetOf([{ day: 1, symbol: 'X', open: 2 }], 10, false))
  const { rows } = await history.read({ selection: ALL, after: null, limit: 100 })

  assert.deepEqual(
    rows.map(({ bar }) => bar.open),
    [2],
  )
})

for (const when of ['list', 'getRange'] as const) {
  test(`a file that is replaced while its window is read (${when}) is read again, whole`, async () => {
    const rows = (count: number, open: number) =>
      Array.from({ length: count }, (_, day) => ({ day, symbol: 'X', open }))
    let isReplaced = false
    const hook: StoreHooks['before'] = async (verb, key) => {
      if (isReplaced || verb !== when || (verb === 'getRange' && !key.endsWith('X.parquet'))) return
      isReplaced = true
      await store.put('history/X.parquet', parquetOf(rows(320, 2), 100, false))
    }
    const hooks: StoreHooks = when === 'list' ? { after: hook } : { before: hook }
    const { history, store } = await historyOf({ 'X.parquet': parquetOf(rows(300, 1), 100, false) }, hooks)

    const read = await history.read({ selection: ALL, after: null, limit: 1_000 })

    assert.equal(isReplaced, true)
    assert.deepEqual([read.rows.length, read.skipped], [320, []])
    assert.ok(read.rows.every(({ bar }) => bar.open === 2))
  })
}

test('a file that is replaced again and again ends the read, to be tried again', async () => {
  let count = 0
  const { history, store } = await historyOf(
    { 'X.parquet': parquetOf([{ day: 1, symbol: 'X', open: 0 }], 10, false) },
    {
      after: async (verb) => {
        if (verb === 'list')
          await store.put('history/X.parquet', parquetOf([{ day: 1, symbol: 'X', open: ++count }], 1, false))
      },
    },
  )

  const isRetryable = (error: unknown) => error instanceof TickerlakeError && error.retryable
  await assert.rejects(history.read({ selection: ALL, after: null, limit: 10 }), isRetryable)
})
