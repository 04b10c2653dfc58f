import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LAYOUT } from '../../../lake/layout.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed, putLedger, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

test('a lake whose catalog was lost goes on with the table that stands in its bucket, though its landed files are long gone', async () => {
  const store = new MemoryObjectStore()
  for (let offset = 0; offset < 12; offset++) {
    await land(store, [landed({ symbol: `S${10 + offset}`, kafka_offset: offset })], `f${offset}`)
    await putLedger(store, { next: offset + 1 })
    await runCompaction(compactionOn(store))
  }
  for (const key of store.objects.keys()) if (key.startsWith('landing/')) store.objects.delete(key)

  store.objects.delete(LAYOUT.barsPointer)
  await land(store, [landed({ symbol: 'NEW', kafka_offset: 12 })], 'new')
  await putLedger(store, { next: 13 })
  await runCompaction(compactionOn(store))

  assert.equal((await readBars(store)).length, 13)
})
