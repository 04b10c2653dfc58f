import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plan } from '../../../lambdas/compactor/plan.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed, landVoid, putLedger, TOPIC } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)
/** The files of these tests land on the day of NOW. */
const at = (days: number) => NOW + days * DAY

function landedIn(store: MemoryObjectStore): string[] {
  return [...store.objects.keys()].filter((key) => key.startsWith('landing/'))
}

async function oneFile(): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  await land(store, [landed({ kafka_offset: 0, ts_recv: NOW })], 'a')
  await putLedger(store, { next: 1 })
  return store
}

/** Another bar, compacted: a later snapshot. */
async function another(store: MemoryObjectStore, offset: number, now: number): Promise<void> {
  await land(store, [landed({ symbol: `S${offset}`, kafka_offset: offset, ts_recv: now })], `b${offset}`)
  await putLedger(store, { next: offset + 1 })
  await runCompaction(compactionOn(store, now))
}

describe('a landed file that is older than it has to be kept', () => {
  test('goes once it is compacted', async () => {
    const store = await oneFile()
    await runCompaction(compactionOn(store, at(0)))

    await plan(compactionOn(store, at(30)))
    assert.equal(landedIn(store).length, 1)
    await plan(compactionOn(store, at(31)))

    assert.deepEqual(landedIn(store), [])
  })

  test('stays while it is not compacted, however old', async () => {
    const store = await oneFile()

    await plan(compactionOn(store, at(400)))

    assert.equal(landedIn(store).length, 1)
  })

  test('stays while a snapshot without its rows can be rolled back to', async () => {
    const store = await oneFile()
    await land(store, [landed({ symbol: 'LATE', kafka_offset: 1, ts_recv: NOW })], 'late')
    const late = landedIn(store).find((key) => key.includes('@late')) ?? ''
    const body = store.objects.get(late)
    store.objects.delete(late)
    await runCompaction(compactionOn(store, at(0)))

    if (body) store.objects.set(late, body)
    await putLedger(store, { next: 2 })
    await runCompaction(compactionOn(store, at(31)))
    await plan(compactionOn(store, at(32)))
    assert.deepEqual(landedIn(store), [late])

    for (let i = 0; i < 6; i++) await another(store, 2 + i, at(40 + i))
    assert.ok(!landedIn(store).includes(late))
  })

  test('goes if it is a void, and stays while it is the end of a claim that nobody has written down', async () => {
    const store = await oneFile()
    await runCompaction(compactionOn(store, at(0)))
    const key = `landing/bars/dt=2026-11-22/${TOPIC}-0@1-1@test-cluster@0@void.parquet`
    await landVoid(store, key, 'void')
    const claim = { kind: 'next', id: 'void', key, offsets: [[1, 1]], maxTimestamp: 0, ahead: [] } as const

    await putLedger(store, { next: 1, claim })
    await plan(compactionOn(store, at(31)))
    assert.deepEqual(landedIn(store), [key])

    await putLedger(store, { next: 1 })
    await plan(compactionOn(store, at(31)))
    assert.deepEqual(landedIn(store), [])
  })
})
