import assert from 'node:assert/strict'
import { test } from 'node:test'
import { land } from '../../../lake/ledger/land.ts'
import { emptyLedger } from '../../../lake/ledger/ledger.ts'
import { ledgersOfStage, ObjectLedgers } from '../../../lake/ledger/ledgers.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { AT, batchOf, CLUSTER, counter, encoder, landDeps, ledgerOf, ledgersOn } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

function ledgersAs(stage: string, store: ObjectStore): ObjectLedgers {
  return new ObjectLedgers({ store, cluster: CLUSTER, stage, encoder, nonce: counter(`${stage}-`) })
}

test('a ledger says which stage’s consumer wrote it last', async () => {
  const store = new MemoryObjectStore()

  await land(batchOf(0, 1), landDeps(store, { ledgers: ledgersAs('dev', store) }))
  assert.equal((await ledgerOf(store)).stage, 'dev')

  await land(batchOf(2), landDeps(store, { ledgers: ledgersAs('prod', store) }))
  assert.equal((await ledgerOf(store)).stage, 'prod', 'a lake that was handed on')
  assert.equal((await ledgersAs('prod', store).settle(AT)).ledger.next, 3)
})

test('a command of one stage reads, settles and resets no ledger of another', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(0, 1), landDeps(store, { ledgers: ledgersAs('prod', store) }))
  const before = await ledgerOf(store)
  const dev = ledgersOfStage(ledgersAs('dev', store), 'dev')

  for (const act of [() => dev.read(AT), () => dev.settle(AT)]) {
    await assert.rejects(act, /dev was asked for, .*ledger of market\.bars-0 is kept by the consumer of prod/)
  }
  assert.deepEqual(await ledgerOf(store), before)
  const prod = ledgersOfStage(ledgersAs('prod', store), 'prod')
  assert.equal((await prod.settle(AT)).ledger.next, 2)
})

test('a ledger of an earlier release, which names no stage, is anybody’s', async () => {
  const store = new MemoryObjectStore()
  await ledgersOn(store).write(emptyLedger(AT), undefined)

  const { ledger } = await ledgersOfStage(ledgersAs('dev', store), 'dev').read(AT)

  assert.equal(ledger.stage, undefined)
})
