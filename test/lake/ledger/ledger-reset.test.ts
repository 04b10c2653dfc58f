import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ledgersText, showLedgers } from '../../../cli/ledger/ledger-show.ts'
import { land } from '../../../lake/ledger/land.ts'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import { ledgerKey } from '../../../lake/ledger/ledger-object.ts'
import { applyReset, planReset, type ResetDeps } from '../../../lake/ledger/ledger-reset.ts'
import { askingFor } from '../../../lake/ledger/ownership.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { batchOf, CLUSTER, landDeps, landedOffsets, ledgersOn, span } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const AT = { topic: 'market.bars', partition: 0 }
const KEY = ledgerKey(CLUSTER, AT)

async function resetDeps(store: MemoryObjectStore, ledgers = ledgersOn(store)): Promise<ResetDeps> {
  const etagNow = async () => (await store.head(ledgerKey(ledgers.cluster, AT)))?.etag
  const asking = await askingFor(ledgers.cluster, store)
  return { ledgers, files: new LandedFiles(store), asking, unnamed: undefined, etagNow, now: NOW + 1 }
}

async function reset(store: MemoryObjectStore, recreated = false): Promise<void> {
  const deps = await resetDeps(store)
  await applyReset(await planReset(AT, recreated, deps), deps.ledgers)
}

test('a corrupt ledger is made again from the files, and nothing lands twice after it', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0, 1, 2, 5), landDeps(store))
  await store.put(KEY, Buffer.from('{'))

  await reset(store)
  const { landed } = await land(batchOf(...span(0, 7)), landDeps(store))

  assert.deepEqual([landed.filled, landed.records, landed.duplicates], [2, 4, 4])
  assert.deepEqual(await landedOffsets(store), span(0, 7))
})

test('a ledger that is gone is made again from the files', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0, 1, 2), landDeps(store))
  await store.delete(KEY)

  await reset(store)

  assert.equal((await ledgersOn(store).read(AT)).ledger.next, 3)
})

test('a topic that was made again begins at offset 0 in an epoch of its own', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0, 1, 2), landDeps(store))

  await reset(store, true)
  const records = [aRecord({ offset: 0, timestamp: NOW + 9_000 })]
  const { failure } = await land({ ...AT, records }, landDeps(store))

  assert.equal(failure, undefined)
  assert.equal((await ledgersOn(store).read(AT)).ledger.epoch, NOW + 1)
  assert.deepEqual(await landedOffsets(store), [0, 0, 1, 2])
})

test('a partition that never landed anything is no ledger to reset: the name is a slip', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0), landDeps(store))
  const slip = { ...AT, partition: 99 }

  for (const recreated of [false, true]) {
    const plan = planReset(slip, recreated, { ...(await resetDeps(store)), etagNow: async () => undefined })
    await assert.rejects(plan, /market\.bars-99 has no ledger and no landed file/)
  }
  assert.deepEqual(await Array.fromAsync(ledgersOn(store).list()), [AT])
})

test('an open claim is fenced first: its writer cannot land behind the new ledger', async () => {
  const store = new MemoryObjectStore()
  const ledgers = ledgersOn(store)
  const { ledger } = await ledgers.read(AT)
  const claim = { kind: 'next', id: 'c', key: 'landing/bars/dt=2026-01-15/c.parquet', offsets: [[0, 4]] } as const
  await ledgers.write({ ...ledger, claim: { ...claim, maxTimestamp: NOW, ahead: [] } }, undefined)

  await reset(store)

  assert.equal((await store.head(claim.key))?.metadata['kind'], 'void')
  assert.equal((await ledgers.read(AT)).ledger.next, 0)
})

test('a ledger that is written meanwhile is left alone', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0), landDeps(store))
  const deps = await resetDeps(store)
  const plan = await planReset(AT, false, deps)
  await land(batchOf(1), landDeps(store))

  await assert.rejects(applyReset(plan, deps.ledgers), /was written while it was being reset/)
})

test('show says what became of each last claim', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0, 1, 3), landDeps(store))

  const shown = await showLedgers(ledgersOn(store))

  assert.deepEqual(
    shown.map(({ standing }) => standing),
    ['landed'],
  )
  assert.match(ledgersText(shown, 'table'), /market.bars +0 +0 +0 +0 +next +0-1, 3 +landed/)
  const [parsed] = JSON.parse(ledgersText(shown, 'json'))
  assert.equal(parsed.claim.standing, 'landed')
})
