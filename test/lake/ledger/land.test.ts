import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { land } from '../../../lake/ledger/land.ts'
import { aRecord } from '../../support/bars.ts'
import {
  AT,
  batchOf,
  fileMetadataAt,
  LEDGER,
  landDeps,
  landedOffsets,
  ledgerOf,
  rowsAt,
  span,
} from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

/** A store that writes down the verbs of its requests. */
function countingStore() {
  const requests: string[] = []
  const store = new MemoryObjectStore({ before: (verb) => void requests.push(verb) })
  return { store, requests }
}

describe('a batch', () => {
  test('lands in one file whose key says topic, partition, offsets, cluster, epoch and arrival date', async () => {
    const store = new MemoryObjectStore()

    const { landed, failure } = await land(batchOf(0, 1, 2), landDeps(store, { freshId: () => 'fresh' }))

    const key = 'landing/bars/dt=2026-01-15/market.bars-0@0-2@test@0@fresh.parquet'
    assert.equal(failure, undefined)
    assert.deepEqual([landed.records, landed.bars, landed.files, landed.duplicates], [3, 3, 1, 0])
    assert.deepEqual([...store.objects.keys()].sort(), [key, LEDGER])
    assert.equal((await rowsAt(store, key)).length, 3)
    assert.deepEqual((await store.head(key))?.metadata, { kind: 'data', claim: 'fresh' })
    const metadata = await fileMetadataAt(store, key)
    assert.deepEqual(
      ['claim', 'cluster', 'epoch'].map((name) => metadata[`tickerlake.${name}`]),
      ['fresh', 'test', '0'],
    )
  })

  test('lands in the order of its offsets, each once, in whatever order it came', async () => {
    const store = new MemoryObjectStore()

    const { landed } = await land(batchOf(2, 0, 1, 2, 0), landDeps(store))

    assert.deepEqual(await landedOffsets(store), [0, 1, 2])
    assert.equal(landed.duplicates, 2)
  })

  test('delivered again lands nothing again, to a warm container and to a cold one', async () => {
    const store = new MemoryObjectStore()
    const warm = landDeps(store)
    await land(batchOf(0, 1, 2), warm)

    const again = await land(batchOf(0, 1, 2), warm)
    const cold = await land(batchOf(0, 1, 2), landDeps(store))

    assert.deepEqual(await landedOffsets(store), [0, 1, 2])
    assert.deepEqual([again.landed.records, again.landed.duplicates], [0, 3])
    assert.deepEqual([cold.landed.records, cold.landed.duplicates], [0, 3])
  })

  test('with other borders lands only what is new', async () => {
    const store = new MemoryObjectStore()
    await land(batchOf(...span(0, 9)), landDeps(store))

    const { landed } = await land(batchOf(...span(5, 14)), landDeps(store))

    assert.deepEqual(await landedOffsets(store), span(0, 14))
    assert.deepEqual([landed.records, landed.duplicates], [5, 5])
  })

  test('that skips offsets writes them down as gaps, and a redrive fills them', async () => {
    const store = new MemoryObjectStore()
    const first = await land(batchOf(0, 1, 5, 9), landDeps(store))

    const redrive = await land(batchOf(3, 4, 7, 9, 10), landDeps(store))

    assert.equal(first.landed.holes, 6)
    assert.deepEqual([redrive.landed.filled, redrive.landed.records, redrive.landed.duplicates], [3, 4, 1])
    assert.deepEqual(await landedOffsets(store), [0, 1, 3, 4, 5, 7, 9, 10])
    assert.deepEqual((await ledgerOf(store)).gaps, [
      [2, 2],
      [6, 6],
      [8, 8],
    ])
  })

  test('that begins late leaves the offsets before it as a gap', async () => {
    const store = new MemoryObjectStore()

    await land(batchOf(1000), landDeps(store))
    await land(batchOf(3), landDeps(store))

    assert.deepEqual(await landedOffsets(store), [3, 1000])
  })

  test('of nothing but poison lands whole', async () => {
    const store = new MemoryObjectStore()
    const values = [null, 'x', '', '{"schema_version":9}', Uint8Array.of(0xff)]
    const records = values.map((value, offset) => aRecord({ value, offset }))

    const { landed } = await land({ ...AT, records }, landDeps(store))

    assert.deepEqual([landed.records, landed.bars], [5, 0])
    assert.deepEqual(landed.rejected, { tombstone: 1, not_json: 2, unknown_schema_version: 1, not_utf8: 1 })
    assert.deepEqual(await landedOffsets(store), span(0, 4))
  })
})

describe('the cost', () => {
  test('is two puts and no get a batch while one container lands a partition', async () => {
    const { store, requests } = countingStore()
    const deps = landDeps(store)
    await land(batchOf(0), deps)
    requests.length = 0

    for (const first of [1, 11, 21, 31]) await land(batchOf(...span(first, first + 9)), deps)

    assert.deepEqual(requests, new Array(8).fill('put'))
    assert.equal((await landedOffsets(store)).length, 41)
  })

  test('is one get more for a container that is new, and one list where a partition begins', async () => {
    const { store, requests } = countingStore()

    await land(batchOf(0), landDeps(store))

    assert.deepEqual(requests, ['get', 'list', 'put', 'put'])
  })

  test('is a get, a void that fails and a look where another container landed last', async () => {
    const { store, requests } = countingStore()
    await land(batchOf(0), landDeps(store))
    requests.length = 0

    await land(batchOf(1), landDeps(store))

    assert.deepEqual(requests, ['get', 'put', 'head', 'put', 'put'])
    assert.deepEqual(await landedOffsets(store), [0, 1])
  })

  test('is nothing for a batch that a warm container knows to be landed', async () => {
    const { store, requests } = countingStore()
    const deps = landDeps(store)
    await land(batchOf(0, 1), deps)
    requests.length = 0

    await land(batchOf(0, 1), deps)

    assert.deepEqual(requests, [])
  })
})
