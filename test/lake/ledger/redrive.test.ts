import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { land } from '../../../lake/ledger/land.ts'
import { type RedriveDeps, type Redriven, type RedriveRequest, redrive } from '../../../lake/ledger/redrive.ts'
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { encodeRecord } from '../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { failureKey, failureRecord } from '../../../packages/lambda-kafka-local/src/core/failure-record.ts'
import type { Mapping } from '../../../packages/lambda-kafka-local/src/core/mapping.ts'
import type { Discard } from '../../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { aMessage, aRecord, NOW } from '../../support/bars.ts'
import { batchOf, landDeps, landDepsOf, landedOffsets, ledgersOn, recordsAt, rowsAt, span } from '../../support/lake.ts'
import { aMapping, CLUSTER_ARN } from '../../support/mapping.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { MemoryTopic } from '../../support/memory-topic.ts'

const AT = { topic: 'market.bars', partition: 0 }
const AN_HOUR = 3_600_000

/** Puts records where the mapping puts what it gives up, an hour after they were sent. */
async function giveUp(
  store: MemoryObjectStore,
  records: readonly KafkaRecord[],
  at = NOW + AN_HOUR,
  fields: Partial<Mapping> = {},
): Promise<void> {
  const source = { kind: 'self-managed' } as const
  const mapping = aMapping({ source, onFailure: { kind: 's3', bucket: 'lake', prefix: '' }, ...fields })
  const encoded = records.map((record) =>
    encodeRecord(
      {
        ...record,
        key: record.key && Buffer.from(record.key),
        value: record.value && Buffer.from(record.value),
        timestampType: 'CREATE_TIME',
        headers: [],
      },
      at,
    ),
  )
  const discard: Discard = { condition: 'RecordAgeExceeded', records: encoded, invocations: 0, response: null }
  const occasion = { requestId: randomUUID(), at }
  const body = Buffer.from(JSON.stringify(failureRecord(discard, mapping, occasion)))
  await store.put(failureKey(discard, mapping, occasion), body)
}

const run = (store: MemoryObjectStore, request: Partial<RedriveRequest> = {}, deps: Partial<RedriveDeps> = {}) => {
  const all = { ...landDeps(store), store, log: undefined, brokers: ['b-2.demo:9092'], ...deps }
  return Array.fromAsync(redrive({ from: 0, dryRun: false, ...request }, all))
}
const landedNow = (found: readonly (Redriven | TickerlakeError)[]) =>
  found.map((each) => (each instanceof TickerlakeError ? each.code : each.landed))

test('what was given up is landed into its gap, once, and what landed meanwhile is not landed again', async () => {
  const store = new MemoryObjectStore()
  await land(batchOf(...span(0, 9)), landDeps(store))
  await land(batchOf(13, 14, 15), landDeps(store))
  await giveUp(store, recordsAt([9, 10, 11, 12]))

  assert.deepEqual(landedNow(await run(store, { dryRun: true })), [3])
  assert.deepEqual(landedNow(await run(store)), [3])
  assert.deepEqual(landedNow(await run(store)), [0])

  assert.deepEqual(await landedOffsets(store), span(0, 15))
  assert.deepEqual((await ledgersOn(store).read(AT)).ledger.gaps, [])
})

test('a record too large for an event is landed with its bytes', async () => {
  const store = new MemoryObjectStore()
  const value = new Uint8Array(7 * 1024 * 1024).fill(1)
  await giveUp(store, [aRecord({ offset: 0, value })])

  assert.deepEqual(landedNow(await run(store)), [1])

  const [key] = [...store.objects.keys()].filter((name) => name.startsWith('landing/'))
  const [row] = await rowsAt(store, key ?? '')
  assert.match(String(row?.['reject_reason']), /^too_large/)
  assert.deepEqual(row?.['raw_value'], value)
})

test('what was given up before the time that is asked for stays as it is', async () => {
  const store = new MemoryObjectStore()
  await giveUp(store, recordsAt([0]), NOW)
  await giveUp(store, recordsAt([1]), NOW + AN_HOUR)

  assert.deepEqual(landedNow(await run(store, { from: NOW + 1 })), [1])
  assert.deepEqual(await landedOffsets(store), [1])
})

test('a dry run writes nothing', async () => {
  const store = new MemoryObjectStore()
  await giveUp(store, recordsAt([0, 1]))
  const before = [...store.objects.keys()]

  assert.deepEqual(landedNow(await run(store, { dryRun: true })), [2])
  assert.deepEqual([...store.objects.keys()], before)
})

test('what is of a topic before it was made again is left out and said', async () => {
  const store = new MemoryObjectStore()
  const { ledgers } = landDeps(store)
  const { ledger, etag } = await ledgers.read(AT)
  await ledgers.write({ ...ledger, epoch: NOW + 2 * AN_HOUR }, etag)
  await giveUp(store, recordsAt([7]))

  assert.deepEqual(landedNow(await run(store)), ['earlier-topic'])
  assert.deepEqual(await landedOffsets(store), [])
})

test('an object that is no batch is said, and holds up no other', async () => {
  const store = new MemoryObjectStore()
  for (const [name, body] of Object.entries({
    a: '',
    b: '{}',
    c: '{"timestamp":"2026-01-01T00:00:00Z","payload":"[]"}',
  }))
    await store.put(`aws/lambda/0/${name}`, Buffer.from(body))
  await giveUp(store, recordsAt([0]))

  assert.deepEqual(landedNow(await run(store)), ['no-batch', 'no-batch', 'no-batch', 1])
})

test('a store that takes no file is said, and nothing counts as landed', async () => {
  const store = new MemoryObjectStore({
    before: (verb, key) => {
      if (verb === 'put' && key.startsWith('landing/')) throw new TickerlakeError('denied', 'Access is denied.')
    },
  })
  await giveUp(store, recordsAt([0]))

  const [found] = await run(store)

  assert.match(String(found), /is not landed to its end: Access is denied/)
})

describe('what another cluster’s mapping gave up is left out and said, and holds up no other:', () => {
  test('a batch with the ARN of another cluster', async () => {
    const store = new MemoryObjectStore()
    await land(batchOf(...span(0, 9), ...span(13, 19)), landDepsOf('old', store))
    await land(batchOf(...span(0, 4)), landDeps(store))
    await giveUp(store, recordsAt([10, 11, 12]), NOW, { source: { kind: 'msk', clusterArn: CLUSTER_ARN } })

    const [found] = await run(store)
    const after = await land(batchOf(...span(5, 14)), landDeps(store))

    assert.match(
      String(found),
      /given up by a mapping of the cluster arn:aws:kafka.*, and the ledgers are those of test/,
    )
    assert.deepEqual([after.landed.records, after.landed.duplicates], [10, 0])
  })

  test('a batch of other brokers, where there is no ARN', async () => {
    const store = new MemoryObjectStore()
    await giveUp(store, recordsAt([0]), NOW, { brokers: ['old:9092'] })
    await giveUp(store, recordsAt([1]))

    assert.deepEqual(landedNow(await run(store)), ['other-cluster', 1])
    assert.deepEqual(landedNow(await run(store, {}, { brokers: [] })), [1, 0], 'unless they are said to be the same')
  })

  test('a batch with the ARN of the ledgers’ own cluster is landed', async () => {
    const store = new MemoryObjectStore()
    await giveUp(store, recordsAt([0]), NOW, { source: { kind: 'msk', clusterArn: CLUSTER_ARN } })
    const { ledgers } = landDepsOf('751d2973-a626-431c-9d4e-d7975eb44dd7-2', store)

    assert.deepEqual(landedNow(await run(store, {}, { ledgers })), [1])
  })
})

describe('a batch is held against the topic:', () => {
  async function checked(given: readonly KafkaRecord[], prepare: (topic: MemoryTopic) => void = () => undefined) {
    const [store, log] = [new MemoryObjectStore(), new MemoryTopic()]
    log.append(recordsAt(span(0, 9)))
    prepare(log)
    await giveUp(store, given)
    const found = landedNow(await run(store, {}, { log }))
    return { found, landed: await landedOffsets(store) }
  }

  test('what stands there is landed', async () => {
    assert.deepEqual(await checked(recordsAt([3, 4])), { found: [2], landed: [3, 4] })
  })

  test('another value, another key, or no record there: none of it is landed', async () => {
    for (const forged of [{ value: aMessage({ close: 10.5 }) }, { key: 'MSFT' }, { value: null }])
      assert.deepEqual(await checked([...recordsAt([3]), aRecord({ offset: 4, ...forged })]), {
        found: ['batch-differs'],
        landed: [],
      })
    assert.deepEqual((await checked(recordsAt([9, 10]))).found, ['batch-differs'])
  })

  test('what the topic does not keep any more is left out until it is said to be fine', async () => {
    const old = await checked(recordsAt([3, 4]), (topic) => {
      topic.low = 4
    })

    assert.deepEqual(old, { found: ['batch-unchecked'], landed: [] })
  })
})
