/** A lake that was landed into from more than one cluster: offsets of the one mean nothing for the other. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkCompleteness } from '../../../lake/ledger/completeness-check.ts'
import { land } from '../../../lake/ledger/land.ts'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import { ledgerKey } from '../../../lake/ledger/ledger-object.ts'
import { applyReset, planReset, type ResetDeps } from '../../../lake/ledger/ledger-reset.ts'
import { askingFor } from '../../../lake/ledger/ownership.ts'
import { NOW } from '../../support/bars.ts'
import { AT, batchOf, forgetOwners, landDepsOf, landedOffsets, span } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const NEW_LEDGER = ledgerKey('new', AT)
const isOld = (key: string): boolean => key.includes('@old@')

/** 0 to 49 landed from the old cluster, 0 to 9 from the new one. */
async function twoClusters(): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  await land(batchOf(...span(0, 49)), landDepsOf('old', store))
  await land(batchOf(...span(0, 9)), landDepsOf('new', store))
  return store
}

async function check(store: MemoryObjectStore, cluster: string) {
  const { ledgers } = landDepsOf(cluster, store)
  const deps = { store, files: new LandedFiles(store), ledgers, log: undefined, progress: () => undefined }
  const reports = await checkCompleteness('market.bars', deps)
  return reports.map(({ landed, duplicates, lost, next }) => ({ landed, duplicates, lost, next }))
}

async function reset(store: MemoryObjectStore, cluster: string, unnamed?: ResetDeps['unnamed']): Promise<void> {
  const { ledgers } = landDepsOf(cluster, store)
  const etagNow = async () => (await store.head(ledgerKey(cluster, AT)))?.etag
  const asking = await askingFor(cluster, store)
  const deps = { ledgers, files: new LandedFiles(store), asking, unnamed, etagNow, now: NOW }
  await applyReset(await planReset(AT, false, deps), ledgers)
}

describe('with files that name their cluster', () => {
  test('each cluster’s records are counted by themselves', async () => {
    const store = await twoClusters()

    assert.deepEqual(await check(store, 'old'), [{ landed: 50, duplicates: 0, lost: [], next: 50 }])
    assert.deepEqual(await check(store, 'new'), [{ landed: 10, duplicates: 0, lost: [], next: 10 }])
  })

  test('a ledger is made again from its own cluster’s files, and no record of the new cluster is dropped after it', async () => {
    const store = await twoClusters()
    await store.delete(NEW_LEDGER)

    await reset(store, 'new')
    const { landed, failure } = await land(batchOf(...span(5, 19)), landDepsOf('new', store))

    assert.deepEqual([landed.records, landed.duplicates, failure], [10, 5, undefined])
    assert.equal((await landedOffsets(store)).length, 70)
  })

  test('a lost ledger stops the cluster that lost it, and no other', async () => {
    const store = await twoClusters()
    await store.delete(NEW_LEDGER)

    const lost = await land(batchOf(10), landDepsOf('new', store))
    const other = await land(batchOf(50), landDepsOf('old', store))
    const third = await land(batchOf(0), landDepsOf('third', store))

    assert.match(String(lost.failure?.error), /ledger -- reset/)
    assert.deepEqual([other.landed.records, third.landed.records], [1, 1])
  })
})

describe('with files of a release that did not say whose they are', () => {
  test('a lake of one cluster goes on: verified, its ledger made again, nothing landed twice', async () => {
    const store = new MemoryObjectStore()
    await land(batchOf(...span(0, 9)), landDepsOf('new', store))
    await forgetOwners(store, () => true)
    assert.deepEqual(await check(store, 'new'), [{ landed: 10, duplicates: 0, lost: [], next: 10 }])

    await store.delete(NEW_LEDGER)
    const stopped = await land(batchOf(...span(5, 14)), landDepsOf('new', store))
    await reset(store, 'new')
    const { landed } = await land(batchOf(...span(5, 14)), landDepsOf('new', store))

    assert.match(String(stopped.failure?.error), /is not there, yet files of market.bars-0 have landed/)
    assert.deepEqual([landed.records, landed.duplicates], [5, 5])
    assert.deepEqual(await check(store, 'new'), [{ landed: 15, duplicates: 0, lost: [], next: 15 }])
  })

  test('what may be either cluster’s is neither a duplicate nor a loss', async () => {
    const store = await twoClusters()
    await forgetOwners(store, isOld)

    assert.deepEqual(await check(store, 'new'), [{ landed: 10, duplicates: 0, lost: [], next: 10 }])
    assert.deepEqual(await check(store, 'old'), [{ landed: 0, duplicates: 0, lost: [], next: 50 }])
  })

  test('a reset asks whose they are where several clusters have ledgers, and takes them or leaves them', async () => {
    const store = await twoClusters()
    await forgetOwners(store, isOld)
    await store.delete(NEW_LEDGER)

    await assert.rejects(reset(store, 'new'), /give --unnamed ours/)
    await reset(store, 'new', 'theirs')
    assert.equal((await landDepsOf('new', store).ledgers.read(AT)).ledger.next, 10)
    await reset(store, 'new', 'ours')
    assert.equal((await landDepsOf('new', store).ledgers.read(AT)).ledger.next, 50)
  })
})
