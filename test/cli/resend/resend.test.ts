import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REPLAY_HEADER, type ResendRequest, resendRejected, resentText } from '../../../cli/resend/resend.ts'
import { ResendMarks } from '../../../cli/resend/resend-marks.ts'
import type { RecordSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { land } from '../../../lake/ledger/land.ts'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { counter, landDeps } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { MemoryTopic } from '../../support/memory-topic.ts'

const WISH: ResendRequest = {
  topic: 'market.bars',
  reason: 'not_json',
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  dryRun: false,
  resume: false,
}
const nonce = counter('n')
const VALUES = ['{"bar', null, 'poison', Uint8Array.of(0xff), '']

/** Lists as S3 does, page by page: what comes in between behind the last page is listed, too. */
class PagedStore extends MemoryObjectStore {
  override async *list(prefix: string, options: { readonly startAfter?: string } = {}) {
    for (let after = options; ; ) {
      const [next] = await Array.fromAsync(super.list(prefix, after))
      if (!next) return
      yield next
      after = { startAfter: next.key }
    }
  }
}

/** Two files with three records that are not JSON: offsets 0, 2 and 4. */
async function aLake(store = new MemoryObjectStore()) {
  const topic = new MemoryTopic()
  const records = VALUES.map((value, offset) => aRecord({ value, offset, key: Uint8Array.of(offset) }))
  topic.append(records)
  const deps = landDeps(store)
  for (const part of [records.slice(0, 3), records.slice(3)]) {
    await land({ topic: 'market.bars', partition: 0, records: part }, deps)
  }
  return { store, topic }
}

function replay(
  store: MemoryObjectStore,
  topic: MemoryTopic,
  wish: Partial<ResendRequest> = {},
  sender?: RecordSender,
) {
  const files = new LandedFiles(store)
  const deps = {
    marks: new ResendMarks(store, nonce),
    files,
    log: topic,
    sender: sender ?? topic,
    progress: () => undefined,
  }
  return resendRejected({ ...WISH, ...wish }, deps)
}

function copiesIn({ records }: MemoryTopic): string[] {
  return records.flatMap(({ headers }) =>
    headers.filter(({ key }) => key === REPLAY_HEADER).map(({ value }) => `${value}`),
  )
}

test('records of a reason go back to their topic, key and value byte for byte', async () => {
  const { store, topic } = await aLake()

  const replayed = await replay(store, topic)

  const copies = topic.records.slice(VALUES.length)
  assert.deepEqual(
    copies.map(({ key, value }) => [key?.[0], value?.toString()]),
    [
      [0, '{"bar'],
      [2, 'poison'],
      [4, ''],
    ],
  )
  assert.deepEqual(copiesIn(topic), ['market.bars/0/0@test@0', 'market.bars/0/2@test@0', 'market.bars/0/4@test@0'])
  assert.deepEqual(
    replayed.map(({ records, before }) => [records, before]),
    [
      [2, 0],
      [1, 0],
    ],
  )
})

test('a second run sends nothing again, and says that copies may be among what it sends', async () => {
  const { store, topic } = await aLake()
  await replay(store, topic)

  const again = await replay(store, topic)

  assert.equal(copiesIn(topic).length, 3)
  assert.deepEqual(
    again.map(({ records, before }) => [records, before]),
    [
      [0, 2],
      [0, 1],
    ],
  )
  assert.equal(resentText(again, WISH), '0 records of 0 files sent to market.bars, 3 were sent before.')
  assert.equal(
    resentText([...again, { key: 'landing/bars/copies', partition: 0, records: 3, before: 0 }], {
      ...WISH,
      dryRun: true,
    }),
    '3 records of 1 file would be sent to market.bars, 3 were sent before. Copies of those are among these where they were rejected, too: look whether what was wrong is mended.',
  )
})

test('copies that land and are rejected while a run goes on are not sent by it', async () => {
  const { store, topic } = await aLake(new PagedStore())
  const landing: RecordSender = {
    async send(records) {
      const from = topic.records.length
      await topic.send(records)
      await land({ topic: 'market.bars', partition: 0, records: topic.records.slice(from) }, landDeps(store))
    },
    close: () => topic.close(),
  }

  await replay(store, topic, {}, landing)

  assert.equal(copiesIn(topic).length, 3)
})

test('a dry run sends and marks nothing', async () => {
  const { store, topic } = await aLake()
  const keys = [...store.objects.keys()]

  const replayed = await replay(store, topic, { dryRun: true })

  assert.deepEqual(
    replayed.map(({ records }) => records),
    [2, 1],
  )
  assert.deepEqual(copiesIn(topic), [])
  assert.deepEqual([...store.objects.keys()], keys)
})

test('only arrivals within the wanted time are sent', async () => {
  const { store, topic } = await aLake()

  await replay(store, topic, { from: NOW + 1 })
  await replay(store, topic, { to: NOW })
  assert.equal(copiesIn(topic).length, 0)
  await replay(store, topic, { from: NOW, to: NOW + 1 })

  assert.equal(copiesIn(topic).length, 3)
})

test('a tombstone goes back as a tombstone', async () => {
  const { store, topic } = await aLake()

  await replay(store, topic, { reason: 'tombstone' })

  assert.equal(topic.records.at(-1)?.value, null)
})

test('a replay that was killed after one of two records is finished by asking the topic', async () => {
  const { store, topic } = await aLake()
  const dying: RecordSender = {
    async send(records) {
      await topic.send(records.slice(0, 1))
      throw new Error('killed')
    },
    close: async () => undefined,
  }
  await assert.rejects(replay(store, topic, {}, dying), /killed/)

  await assert.rejects(replay(store, topic), /has ended midway, or still runs.*--resume/)
  await replay(store, topic, { resume: true })

  assert.deepEqual(copiesIn(topic), ['market.bars/0/0@test@0', 'market.bars/0/2@test@0', 'market.bars/0/4@test@0'])
})

test('a replay that was killed before its mark was finished sends nothing again', async () => {
  const { store, topic } = await aLake()
  const dying: RecordSender = {
    async send(records) {
      await topic.send(records)
      throw new Error('the answer was lost')
    },
    close: async () => undefined,
  }
  await assert.rejects(replay(store, topic, {}, dying))

  await replay(store, topic, { resume: true })

  assert.equal(copiesIn(topic).length, 3)
})

test('of two replays at once one stops before it has sent', async () => {
  const { store, topic } = await aLake()

  const outcomes = await Promise.allSettled([replay(store, topic), replay(store, topic)])

  assert.ok(outcomes.some(({ status }) => status === 'rejected'))
  assert.equal(new Set(copiesIn(topic)).size, copiesIn(topic).length)
})

test('what is not a mark is not written over', async () => {
  const { store, topic } = await aLake()
  await replay(store, topic)
  const key = [...store.objects.keys()].find((found) => found.startsWith('replayed/')) ?? ''
  await store.put(key, Buffer.from('{}'))

  await assert.rejects(replay(store, topic), /is not the mark of a resend/)
})
