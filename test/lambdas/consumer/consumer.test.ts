import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartitionBatch } from '../../../lake/records/kafka-record.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { type ConsumeDeps, consume, landedOrThrow } from '../../../lambdas/consumer/consumer.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { landDeps, landedOffsets, span } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

interface Said {
  readonly level: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>> | undefined
}

function consumeDeps(store: ObjectStore) {
  const said: Said[] = []
  const metrics = new Map<string, number>()
  const say = (level: string) => (message: string, fields?: Said['fields']) =>
    void said.push({ level, message, fields })
  const deps: ConsumeDeps = {
    ...landDeps(store),
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    metrics: { record: (name, value) => void metrics.set(name, (metrics.get(name) ?? 0) + value) },
  }
  return { deps, said, metrics }
}

function aBatch(partition: number, offsets: readonly number[]): PartitionBatch {
  const records = offsets.map((offset) => aRecord({ partition, offset, timestamp: NOW - 500 }))
  return { topic: 'market.bars', partition, records }
}

test('the partitions of an event land side by side and the answer names no failure', async () => {
  const store = new MemoryObjectStore()
  const { deps } = consumeDeps(store)

  const answer = await consume([aBatch(0, span(0, 4)), aBatch(1, span(0, 4)), aBatch(2, [])], deps)

  assert.deepEqual(answer, { batchItemFailures: [] })
  assert.equal((await landedOffsets(store)).length, 10)
})

test('a partition that cannot be landed is answered as failures, record by record; the others land', async () => {
  const store = new MemoryObjectStore({
    before: (verb, key) => {
      if (verb === 'put' && key.includes('market.bars-1@')) throw new Error('no more room')
    },
  })
  const { deps, said } = consumeDeps(store)

  const answer = await consume([aBatch(0, [7, 8]), aBatch(1, [3, 4])], deps)

  assert.deepEqual(
    answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    [
      { partition: 'market.bars-1', offset: 3 },
      { partition: 'market.bars-1', offset: 4 },
    ],
  )
  assert.deepEqual(await landedOffsets(store), [7, 8])
  const failure = said.find(({ level }) => level === 'error')
  assert.equal(failure?.message, 'partition not landed')
  assert.equal(failure?.fields?.['partition'], 1)
})

test('a poisoned record lands as rejected, and holds up neither its batch nor the rest of the event', async () => {
  const store = new MemoryObjectStore()
  const { deps, metrics } = consumeDeps(store)
  const deep = `{"schema_version":${'['.repeat(8_000)}1${']'.repeat(8_000)}}`
  const [before, after] = [aRecord({ offset: 0 }), aRecord({ offset: 3 })]
  const poisoned = [aRecord({ offset: 1, value: deep }), aRecord({ offset: 2, timestamp: -(2 ** 63) })]

  const answer = await consume(
    [{ topic: 'market.bars', partition: 0, records: [before, ...poisoned, after] }, aBatch(1, [0])],
    deps,
  )

  assert.deepEqual(answer.batchItemFailures, [])
  assert.deepEqual(await landedOffsets(store), [0, 0, 1, 2, 3])
  assert.deepEqual([metrics.get('RecordsLanded'), metrics.get('RecordsRejected')], [5, 2])
  assert.ok((metrics.get('LandingLatency') ?? 0) < 1_000, 'a record from the year dot is not late')
})

test('no more than eight partitions are on their way at once', async () => {
  let [now, most] = [0, 0]
  const store = new MemoryObjectStore({
    before: async (verb) => {
      if (verb !== 'get') return
      most = Math.max(most, ++now)
      await new Promise(setImmediate)
      now--
    },
  })

  await consume(
    span(0, 30).map((partition) => aBatch(partition, [0])),
    consumeDeps(store).deps,
  )

  assert.equal(most, 8)
})

test('numbers say what was landed, rejected, dropped and skipped, and how old it was', async () => {
  const store = new MemoryObjectStore()
  const { deps, said, metrics } = consumeDeps(store)
  await consume([aBatch(0, [0, 1])], deps)
  metrics.clear()

  const poison = aRecord({ offset: 5, value: 'x', timestamp: NOW - 500 })
  const { records } = aBatch(0, [1, 4])
  await consume([{ topic: 'market.bars', partition: 0, records: [...records, poison] }], deps)

  const { BytesWritten: bytes, ...counts } = Object.fromEntries(metrics)
  assert.ok(bytes && bytes > 0)
  assert.deepEqual(counts, {
    LandingLatency: 500,
    RecordsLanded: 2,
    RecordsRejected: 1,
    DuplicatesDropped: 1,
    OffsetsSkipped: 2,
    GapsFilled: 0,
    GapsGivenUp: 0,
  })
  assert.deepEqual(said.at(-1)?.fields?.['rejectedBy'], { not_json: 1 })
})

test('for a mapping that does not read the answer, a partition that is not landed fails the whole event', () => {
  const failure = { itemIdentifier: { partition: 'market.bars-1', offset: 3 } }

  assert.deepEqual(landedOrThrow({ batchItemFailures: [] }), { batchItemFailures: [] })
  assert.throws(() => landedOrThrow({ batchItemFailures: [failure] }), {
    code: 'not-landed',
    retryable: true,
    message: /market\.bars-1@3/,
  })
})
