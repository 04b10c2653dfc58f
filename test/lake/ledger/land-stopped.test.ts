import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { land } from '../../../lake/ledger/land.ts'
import { emptyLedger } from '../../../lake/ledger/ledger.ts'
import { encodeLedger, ledgerKey } from '../../../lake/ledger/ledger-object.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import {
  AT,
  batchOf,
  isDataPut,
  LEDGER,
  landDeps,
  landedOffsets,
  ledgerOf,
  ledgersOn,
  recordsAt,
  span,
} from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

function codeOf(error: unknown): string | undefined {
  return error instanceof TickerlakeError ? error.code : undefined
}

describe('what cannot be gone on with', () => {
  test('a topic made again is told by a landed offset that is newer than anything landed', async () => {
    const store = new MemoryObjectStore()
    const deps = landDeps(store)
    await land(batchOf(...span(0, 9)), deps)
    const records = [aRecord({ offset: 0, timestamp: NOW + 60_000 })]

    const { failure } = await land({ ...AT, records }, deps)

    assert.equal(codeOf(failure?.error), 'topic-recreated')
    assert.match(String(failure?.error), /ledger -- reset --recreated --topic market.bars --partition 0/)
    assert.deepEqual(await landedOffsets(store), span(0, 9))
  })

  test('a topic made again is told after a record from 2100 as well, and that record may come again', async () => {
    const store = new MemoryObjectStore()
    const future = aRecord({ offset: 10, timestamp: Date.UTC(2100, 0, 1) })
    const records = [...recordsAt(span(0, 9)), future]
    await land({ ...AT, records }, landDeps(store))

    const again = await land({ ...AT, records: [future] }, landDeps(store))
    const recreated = await land({ ...AT, records: [aRecord({ offset: 0, timestamp: NOW + 50_000 })] }, landDeps(store))

    assert.deepEqual([again.landed.duplicates, again.failure], [1, undefined])
    assert.equal(codeOf(recreated.failure?.error), 'topic-recreated')
  })

  test('a timestamp that no calendar has lands, and is told where it stops a partition', async () => {
    const store = new MemoryObjectStore()
    const at = (offset: number, timestamp: number) => ({ ...AT, records: [aRecord({ offset, timestamp })] })
    await land(at(0, 2 ** 63), landDeps(store))
    await land(at(1, -(2 ** 63)), landDeps(store))

    const { failure } = await land(at(1, 2 ** 63), landDeps(store))

    assert.deepEqual(await landedOffsets(store), [0, 1])
    assert.match(String(failure?.error), /is of 9223372036854776000, newer than anything landed/)
  })

  test('a warm container whose ledger was reset meanwhile goes on with the new one', async () => {
    const store = new MemoryObjectStore()
    const deps = landDeps(store)
    await land(batchOf(...span(0, 9)), deps)
    await ledgersOn(store).write(emptyLedger(AT, NOW + 1), (await store.head(LEDGER))?.etag)
    const records = [aRecord({ offset: 0, timestamp: NOW + 60_000 })]

    const { failure, landed } = await land({ ...AT, records }, deps)

    assert.equal(failure, undefined)
    assert.equal(landed.records, 1)
  })

  test('a ledger that is gone stops its partition, cold or warm, and names the reset', async () => {
    const store = new MemoryObjectStore()
    const warm = landDeps(store)
    await land(batchOf(...span(0, 9)), warm)
    await store.delete(LEDGER)

    for (const deps of [landDeps(store), warm]) {
      const { failure } = await land(batchOf(...span(5, 14)), deps)

      assert.equal(codeOf(failure?.error), 'ledger-lost')
      assert.match(String(failure?.error), /npm run ledger -- reset --topic market.bars --partition 0/)
    }
    assert.deepEqual(await landedOffsets(store), span(0, 9))
  })

  test('a partition that nothing has landed of begins, whatever stands beside it', async () => {
    const store = new MemoryObjectStore()
    await land(batchOf(...span(0, 9)), landDeps(store))
    const beside = { topic: 'market.bars', partition: 10 }
    const records = [aRecord({ ...beside, offset: 0 })]

    const first = await land({ ...beside, records }, landDeps(store))
    await store.delete(ledgerKey('test', beside))
    const other = await land(batchOf(10), landDeps(store))

    assert.deepEqual([first.landed.records, other.landed.records], [1, 1])
  })

  test('a ledger that another writer begins while files are looked for is no lost one', async () => {
    let began = false
    const store: MemoryObjectStore = new MemoryObjectStore({
      before: async (verb) => {
        if (verb !== 'list' || began) return
        began = true
        await land(batchOf(0), landDeps(store))
      },
    })

    const { landed, failure } = await land(batchOf(0, 1), landDeps(store))

    assert.deepEqual([landed.records, landed.duplicates, failure], [1, 1, undefined])
  })

  test('a corrupt ledger stops its partition, says how to go on and stays as it is', async () => {
    const store = new MemoryObjectStore()
    const empty = await ledgerOf(store)
    for (const body of ['', '{', '[]', '{"version":2}', encodeLedger({ ...empty, next: -1 })]) {
      await store.put(LEDGER, Buffer.from(body))

      const { failure } = await land(batchOf(0), landDeps(store))

      assert.equal(codeOf(failure?.error), 'ledger-corrupt', body)
      assert.match(String(failure?.error), /npm run ledger -- show/)
      assert.equal(Buffer.from((await store.get(LEDGER))?.body ?? []).toString(), body)
    }
  })

  test('a foreign object at a claim is not written over', async () => {
    const store = new MemoryObjectStore()
    const key = 'landing/bars/dt=2026-01-15/market.bars-0@1-1@test@0@taken.parquet'
    await land(batchOf(0), landDeps(store))
    await store.put(key, Buffer.from('somebody else'))

    const { failure } = await land(batchOf(1), landDeps(store, { freshId: () => 'taken' }))

    assert.equal(codeOf(failure?.error), 'foreign-object')
    assert.equal(Buffer.from((await store.get(key))?.body ?? []).toString(), 'somebody else')
  })

  test('a failure names the offsets that are not landed, and no others', async () => {
    let files = 0
    const store = new MemoryObjectStore({
      before: (verb, key) => {
        if (isDataPut(verb, key) && ++files === 4) throw new Error('no more')
      },
    })
    await land(batchOf(0, 5), landDeps(store))

    const { landed, failure } = await land({ ...AT, records: recordsAt([2, 5, 6]) }, landDeps(store))

    assert.deepEqual([landed.records, landed.filled], [1, 1])
    assert.deepEqual(failure?.offsets, [6])
  })
})
