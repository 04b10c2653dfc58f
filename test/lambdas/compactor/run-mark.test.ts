import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLedger } from '../../../lake/ledger/ledger-object.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { PLAN_DEFAULTS, plan } from '../../../lambdas/compactor/plan.ts'
import { type RunDeps, runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { CLUSTER, land, landed, putLedger, TOPIC } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

const depsOn = (store: ObjectStore, now = NOW): RunDeps => compactionOn(store, now)

describe('the mark', () => {
  test('keeps a second run from reading landing files again', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 0 })], 'a')
    await putLedger(store, { next: 1 })
    await runCompaction(depsOn(store))

    const again = await plan(depsOn(store))

    assert.equal(again.files, 0)
    assert.deepEqual(again.tasks, [])
  })

  test('leaves a claim open whose data has not landed, and takes it when it has', async () => {
    const store = new MemoryObjectStore()
    const key = `landing/bars/dt=2026-11-22/${TOPIC}-0@0-0@test-cluster@0@late.parquet`
    const claim = { kind: 'next', id: 'late', key, offsets: [[0, 0]], maxTimestamp: 0, ahead: [] } as const
    await putLedger(store, { next: 0, claim })
    const before = await runCompaction(depsOn(store))

    await land(store, [landed({ kafka_offset: 0 })], 'late')
    const after = await runCompaction(depsOn(store))

    assert.equal(before.added, 0)
    assert.equal(after.added, 1)
    assert.equal((await plan(depsOn(store))).files, 0)
  })

  test('takes a file that fills a hole long after its offsets were passed', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 0 }), landed({ symbol: 'C', kafka_offset: 2 })], 'a')
    await putLedger(store, { next: 3, gaps: [[1, 1]] })
    await runCompaction(depsOn(store))

    await land(store, [landed({ symbol: 'B', kafka_offset: 1 })], 'fill')
    await putLedger(store, { next: 3, gaps: [] })
    const filled = await runCompaction(depsOn(store))

    assert.equal(filled.added, 1)
    assert.equal((await plan(depsOn(store))).files, 0)
  })

  test('takes what lands after a partition was reset and counts from nought again', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 0 })], 'a')
    await putLedger(store, { next: 1 })
    await runCompaction(depsOn(store))

    await land(store, [landed({ symbol: 'NEW', kafka_offset: 0 })], 'b', { epoch: NOW })
    await putLedger(store, { next: 1, epoch: NOW })
    const report = await runCompaction(depsOn(store))

    assert.equal(report.added, 1)
  })

  test('advances by the files that a bounded run has taken, until none is left', async () => {
    const store = new MemoryObjectStore()
    for (let offset = 0; offset < 7; offset++) {
      await land(
        store,
        [landed({ symbol: `S${offset}`, kafka_offset: offset, kafka_partition: offset % 2 })],
        `f${offset}`,
      )
    }
    await putLedger(store, {
      partition: 0,
      next: 7,
      gaps: [
        [1, 1],
        [3, 3],
        [5, 5],
      ],
    })
    await putLedger(store, {
      partition: 1,
      next: 6,
      gaps: [
        [0, 0],
        [2, 2],
        [4, 4],
      ],
    })

    const report = await runCompaction(depsOn(store), { ...PLAN_DEFAULTS, maxFiles: 3 })

    assert.equal(report.files, 7)
    assert.equal(report.added, 7)
    assert.equal((await plan(depsOn(store))).files, 0)
  })

  test('that cannot be read stops the run with what to do', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 0 })], 'a')
    await putLedger(store, { next: 1 })
    await runCompaction(depsOn(store))
    const [key = ''] = [...store.objects.keys()].filter((one) => one.startsWith('compaction/marks/'))

    await store.put(key, new TextEncoder().encode('{"version":9}'))

    await assert.rejects(plan(depsOn(store)), /not a compaction mark of version 1. Delete it/)
  })
})

test('the claim of an idle partition is settled before its landing file can expire', async () => {
  const store = new MemoryObjectStore()
  const key = await land(store, [landed({ kafka_offset: 0 })], 'last')
  const claim = { kind: 'next', id: 'last', key, offsets: [[0, 0]], maxTimestamp: 7, ahead: [] } as const
  await putLedger(store, { next: 0, claim })

  await plan(depsOn(store, NOW + 86_400_000))

  const ledgerName = `ledger/${CLUSTER}/${TOPIC}/0.json`
  const ledger = parseLedger(new TextDecoder().decode(store.objects.get(ledgerName)?.body), ledgerName)
  assert.equal(ledger.next, 1)
  assert.equal(ledger.claim, null)
  assert.equal(ledger.maxTimestamp, 7)
})
