import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { land } from '../../../lake/ledger/land.ts'
import { retryingObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { NOW } from '../../support/bars.ts'
import { batchOf, isDataPut, landDeps, landedOffsets, span, stillClock } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

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
