import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { retryingObjectStore } from '../../lambdas/adapters/retrying-object-store.ts'
import { land } from '../../lambdas/consumer/land.ts'
import { TickerlakeError } from '../../lambdas/core/errors.ts'
import { encodeLedger, ledgerKey } from '../../lambdas/core/ledger/ledger-object.ts'
import type { ObjectStore } from '../../lambdas/ports/object-store.ts'
import { aRecord, NOW } from '../support/bars.ts'
import {
  batchOf,
  CLUSTER,
  fileMetadataAt,
  landDeps,
  landedOffsets,
  ledgersOn,
  recordsAt,
  rowsAt,
  span,
  stillClock,
} from '../support/lake.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'

const AT = { topic: 'market.bars', partition: 0 }
const LEDGER = ledgerKey(CLUSTER, AT)

async function ledgerOf(store: ObjectStore) {
  return (await ledgersOn(store).read(AT)).ledger
}

function codeOf(error: unknown): string | undefined {
  return error instanceof TickerlakeError ? error.code : undefined
}

function isDataPut(verb: string, key: string): boolean {
  return verb === 'put' && key.startsWith('landing/')
}

/** A store that writes down the verbs of its requests. */
function countingStore() {
  const requests: string[] = []
  const store = new MemoryObjectStore({ before: (verb) => void requests.push(verb) })
  return { store, requests }
}

describe('a batch', () => {
  test('lands in one file whose key says topic, partition, offsets and arrival date', async () => {
    const store = new MemoryObjectStore()

    const { landed, failure } = await land(batchOf(0, 1, 2), landDeps(store, { freshId: () => 'fresh' }))

    const key = 'landing/bars/dt=2026-01-15/market.bars-0-0-2-fresh.parquet'
    assert.equal(failure, undefined)
    assert.deepEqual([landed.records, landed.bars, landed.files, landed.duplicates], [3, 3, 1, 0])
    assert.deepEqual([...store.objects.keys()].sort(), [key, LEDGER])
    assert.equal((await rowsAt(store, key)).length, 3)
    assert.deepEqual((await store.head(key))?.metadata, { kind: 'data', claim: 'fresh' })
    const { 'tickerlake.claim': claim, 'tickerlake.epoch': epoch } = await fileMetadataAt(store, key)
    assert.deepEqual([claim, epoch], ['fresh', '0'])
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

  test('is one get more for a container that is new', async () => {
    const { store, requests } = countingStore()

    await land(batchOf(0), landDeps(store))

    assert.deepEqual(requests, ['get', 'put', 'put'])
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

describe('two writers', () => {
  test('a writer that crashed after its claim is fenced, and its records land once', async () => {
    let crashed = false
    const store = new MemoryObjectStore({
      before: (verb, key) => {
        if (crashed || !isDataPut(verb, key)) return
        crashed = true
        throw new Error('crashed')
      },
    })
    const { failure } = await land(batchOf(0, 1), landDeps(store))
    assert.deepEqual(failure?.offsets, [0, 1])

    await land(batchOf(0, 1, 2), landDeps(store))

    assert.deepEqual(await landedOffsets(store), [0, 1, 2])
    const kinds = [...store.objects.values()].map(({ metadata }) => metadata['kind'])
    assert.deepEqual(kinds.filter(Boolean).sort(), ['data', 'void'])
  })

  test('a zombie that wakes up before its file is written finds the void and lands nothing twice', async () => {
    const asleep = Promise.withResolvers<void>()
    let paused = false
    const store = new MemoryObjectStore({
      before: async (verb, key) => {
        if (paused || !isDataPut(verb, key)) return
        paused = true
        await asleep.promise
      },
    })
    const zombie = land(batchOf(0, 1, 2), landDeps(store))
    while (!paused) await new Promise(setImmediate)

    await land(batchOf(0, 1), landDeps(store))
    asleep.resolve()
    const { landed, failure } = await zombie

    assert.equal(failure, undefined)
    assert.deepEqual([landed.records, landed.duplicates], [1, 2])
    assert.deepEqual(await landedOffsets(store), [0, 1, 2])
  })

  test('a warm container whose knowledge is stale reads again and lands what is left', async () => {
    const store = new MemoryObjectStore()
    const stale = landDeps(store)
    await land(batchOf(0), stale)
    await land(batchOf(1, 2, 3), landDeps(store))

    const { landed } = await land(batchOf(2, 3, 4), stale)

    assert.deepEqual([landed.records, landed.duplicates], [1, 2])
    assert.deepEqual(await landedOffsets(store), span(0, 4))
  })

  test('two at once with different borders land each offset once', async () => {
    const store = new MemoryObjectStore({ before: () => new Promise(setImmediate) })
    const landAllInStepsOf = async (step: number): Promise<void> => {
      const deps = landDeps(store)
      for (let at = 0; at < 60; at += step) await land(batchOf(...span(at, at + step - 1)), deps)
    }

    await Promise.all([landAllInStepsOf(6), landAllInStepsOf(10)])

    assert.deepEqual(await landedOffsets(store), span(0, 59))
  })
})

describe('a lost answer', () => {
  for (const prefix of ['ledger/', 'landing/']) {
    test(`to the put below ${prefix} is found out by looking`, async () => {
      let lose = true
      const store = new MemoryObjectStore({
        after: (verb, key) => {
          if (!lose || verb !== 'put' || !key.startsWith(prefix)) return
          lose = false
          throw new TickerlakeError('object-store', 'the answer was lost', { retryable: true })
        },
      })
      const retrying = retryingObjectStore(store, {
        clock: stillClock,
        random: () => 0,
        deadline: () => NOW + 1000,
      })

      const { landed, failure } = await land(batchOf(0, 1), landDeps(retrying))

      assert.equal(failure, undefined)
      assert.equal(landed.records, 2)
      assert.deepEqual(await landedOffsets(store), [0, 1])
      assert.equal([...store.objects.keys()].filter((key) => key.startsWith('landing/')).length, 1)
    })
  }
})

describe('what cannot be gone on with', () => {
  test('a topic made anew is told by a landed offset that is newer than anything landed', async () => {
    const store = new MemoryObjectStore()
    const deps = landDeps(store)
    await land(batchOf(...span(0, 9)), deps)
    const records = [aRecord({ offset: 0, timestamp: NOW + 60_000 })]

    const { failure } = await land({ ...AT, records }, deps)

    assert.equal(codeOf(failure?.error), 'topic-made-anew')
    assert.match(String(failure?.error), /ledger -- reset --made-anew --topic market.bars --partition 0/)
    assert.deepEqual(await landedOffsets(store), span(0, 9))
  })

  test('a warm container whose ledger was reset meanwhile goes on with the new one', async () => {
    const store = new MemoryObjectStore()
    const deps = landDeps(store)
    await land(batchOf(...span(0, 9)), deps)
    await store.delete(LEDGER)
    const records = [aRecord({ offset: 0, timestamp: NOW + 60_000 })]

    const { failure, landed } = await land({ ...AT, records }, deps)

    assert.equal(failure, undefined)
    assert.equal(landed.records, 1)
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
    const key = 'landing/bars/dt=2026-01-15/market.bars-0-0-0-taken.parquet'
    await store.put(key, Buffer.from('somebody else'))

    const { failure } = await land(batchOf(0), landDeps(store, { freshId: () => 'taken' }))

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
