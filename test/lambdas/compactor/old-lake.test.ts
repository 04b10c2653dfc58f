import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plan } from '../../../lambdas/compactor/plan.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn, liveFilesOn } from '../../support/compaction.ts'
import { readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { APRIL, MARCH, olderLake } from '../../support/older-lake.ts'

test('a lake of the version before Iceberg becomes the table in one snapshot, with its mark and what has landed since', async () => {
  const store = await olderLake(new MemoryObjectStore())

  const before = await Array.fromAsync(lakeOn(store).list('bars/'))
  await runCompaction(compactionOn(store))

  assert.deepEqual(
    before.map(({ key }) => key),
    ['bars/month=2013-03/bars.parquet', 'bars/month=2013-04/bars.parquet'],
  )
  const bars = await readBars(store)
  assert.deepEqual(
    bars.map(({ ts_event, close }) => [ts_event, close]),
    [
      [MARCH, 11.9],
      [APRIL, 11],
    ],
  )
  assert.deepEqual(
    (await liveFilesOn(store)).map(({ month }) => month),
    ['2013-03', '2013-04'],
  )
  assert.equal((await plan(compactionOn(store))).files, 0)
})

test('a lake that was taken over is not taken over again', async () => {
  const store = await olderLake(new MemoryObjectStore())
  await runCompaction(compactionOn(store))
  const once = (await liveFilesOn(store)).map(({ key }) => key)

  await runCompaction(compactionOn(store))

  assert.deepEqual(
    (await liveFilesOn(store)).map(({ key }) => key),
    once,
  )
})
