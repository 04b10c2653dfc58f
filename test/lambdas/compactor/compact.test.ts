import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { compact } from '../../../lambdas/compactor/compact.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

test('a task of many small files has several requests under way, and not all of them', async () => {
  const memory = new MemoryObjectStore()
  const files: string[] = []
  for (let i = 0; i < 40; i++) files.push(await land(memory, [landed({ symbol: `S${i}`, kafka_offset: i })], `f${i}`))
  let underWay = 0
  let most = 0
  const store = aroundObjectStore(memory, async (_what, act) => {
    most = Math.max(most, ++underWay)
    await setImmediate()
    underWay--
    return act()
  })

  const { report } = await compact({ months: ['2013-03'], files, rows: 40 }, compactionOn(store))

  assert.equal(report.added, 40)
  assert.ok(most > 4 && most < 40, `${most} at once`)
})
