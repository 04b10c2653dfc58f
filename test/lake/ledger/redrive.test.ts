import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { land } from '../../../lake/ledger/land.ts'
import { type Redriven, type RedriveWish, redrive } from '../../../lake/ledger/redrive.ts'
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { encodeRecord } from '../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { failureKey, failureRecord } from '../../../packages/lambda-kafka-local/src/core/failure-record.ts'
import type { Discard } from '../../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { batchOf, landDeps, landedOffsets, ledgersOn, recordsAt, rowsAt, span } from '../../support/lake.ts'
import { aMapping } from '../../support/mapping.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const AT = { topic: 'market.bars', partition: 0 }
const AN_HOUR = 3_600_000

/** Puts records where the mapping puts what it gives up, an hour after they were sent. */
async function giveUp(store: MemoryObjectStore, records: readonly KafkaRecord[], at = NOW + AN_HOUR): Promise<void> {
  const mapping = aMapping({ onFailure: { kind: 's3', bucket: 'lake', prefix: '' } })
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

const run = (store: MemoryObjectStore, wish: Partial<RedriveWish> = {}) =>
  Array.fromAsync(redrive({ from: 0, dryRun: false, ...wish }, { ...landDeps(store), store }))
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

test('what is of a topic before it was made anew is left out and said', async () => {
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
