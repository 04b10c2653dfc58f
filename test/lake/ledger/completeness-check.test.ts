import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { completenessText, completenessVerdict } from '../../../cli/ledger/completeness-text.ts'
import { isComplete, type PartitionReport } from '../../../lake/ledger/completeness.ts'
import { checkCompleteness } from '../../../lake/ledger/completeness-check.ts'
import { land } from '../../../lake/ledger/land.ts'
import { LandedFiles } from '../../../lake/ledger/landed-files.ts'
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { landDeps, ledgersOn, recordsAt, span } from '../../support/lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { MemoryTopic } from '../../support/memory-topic.ts'

const AT = { topic: 'market.bars', partition: 0 }

async function landRecords(store: MemoryObjectStore, records: readonly KafkaRecord[]): Promise<void> {
  const { failure } = await land({ ...AT, records }, landDeps(store))
  assert.equal(failure, undefined)
}

async function check(store: MemoryObjectStore, log?: MemoryTopic, since?: number): Promise<PartitionReport> {
  const deps = {
    store,
    files: new LandedFiles(store),
    ledgers: ledgersOn(store),
    log,
    progress: () => undefined,
    ...(since !== undefined && { since: new Map([[AT.partition, since]]) }),
  }
  const [report, ...others] = await checkCompleteness('market.bars', deps)
  assert.deepEqual(others, [])
  assert.ok(report)
  return report
}

function landingKey(store: MemoryObjectStore): string {
  const key = [...store.objects.keys()].find((found) => found.startsWith('landing/'))
  assert.ok(key)
  return key
}

describe('a topic of which everything is landed', () => {
  test('is complete: first and last offset, rejects, newest arrival, lag', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    const records = [...recordsAt(span(0, 8)), aRecord({ offset: 9, value: 'poison', timestamp: NOW + 9 })]
    topic.append([...records, ...recordsAt([10, 11])])
    await landRecords(store, records.slice(0, 4))
    await landRecords(store, records.slice(4))

    const report = await check(store, topic)

    assert.deepEqual(report, {
      ...AT,
      epoch: 0,
      first: 0,
      last: 9,
      landed: 10,
      rejected: 1,
      duplicates: 0,
      gaps: [],
      lost: [],
      newestArrival: NOW,
      log: { low: 0, high: 12 },
      lag: 2,
      next: 10,
    })
    assert.ok(isComplete([report]))
    assert.equal(
      completenessVerdict([report]),
      'Complete: 10 records landed in 1 topic partitions, each once; 2 at the end of the log are still to come.',
    )
  })

  test('may have offsets that never were records: they are gaps, not losses', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    const records = recordsAt([0, 1, 3, 4])
    topic.append(records)
    await landRecords(store, records)

    const report = await check(store, topic)

    assert.deepEqual([report.gaps, report.lost], [[[2, 2]], []])
  })

  test('has nothing to come where its log ends in what a transaction took back', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    const records = recordsAt(span(0, 4))
    topic.append(records)
    await landRecords(store, records)
    topic.high += 7

    const report = await check(store, topic)

    assert.deepEqual([report.lag, report.gaps, report.lost], [0, [[5, 11]], []])
    assert.match(completenessVerdict([report]), /each once\.$/)
  })

  test('counts what is to come behind it', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    topic.append(recordsAt([...span(0, 4), 12, 13]))
    await landRecords(store, recordsAt(span(0, 4)))

    const report = await check(store, topic)

    assert.deepEqual([report.lag, report.gaps, report.lost], [2, [[5, 11]], []])
  })

  test('is complete while its last claim is not written down as landed', async () => {
    const store = new MemoryObjectStore()
    await landRecords(store, recordsAt(span(0, 4)))

    assert.equal((await check(store)).next, 5)
  })
})

describe('a topic of which something is lost', () => {
  test('is told by a record of the broker that no file has, whatever the ledger says', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    topic.append(recordsAt(span(0, 9)))
    await landRecords(store, recordsAt([...span(0, 3), ...span(6, 9)]))

    const report = await check(store, topic)

    assert.deepEqual([report.lost, report.gaps], [[[4, 5]], []])
    assert.match(completenessVerdict([report]), /NOT COMPLETE: .* 2 lost, 0 duplicates.*market.bars-0 at 4-5/)
  })

  test('is told by a file that is gone, without the broker too', async () => {
    const store = new MemoryObjectStore()
    const deps = landDeps(store)
    for (const offsets of [span(0, 3), span(4, 6), span(7, 9)]) await land({ ...AT, records: recordsAt(offsets) }, deps)
    const middle = [...store.objects.keys()].find((key) => key.includes('@4-6@'))
    await store.delete(middle ?? '')

    assert.deepEqual((await check(store)).lost, [[4, 6]])
  })

  test('is told where no file of the partition is left', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    topic.append(recordsAt(span(0, 4)))
    await landRecords(store, recordsAt(span(0, 2)))
    await ledgersOn(store).settle(AT)
    await store.delete(landingKey(store))

    assert.deepEqual((await check(store, topic)).lost, [[0, 2]])
  })
})

describe('a topic that is asked about from an offset on', () => {
  test('has the same losses, gaps and lag there, and older files are not read', async () => {
    const read = new Set<string>()
    const store = new MemoryObjectStore({
      before: (verb, key) => {
        if (verb.startsWith('get') && key.startsWith('landing/')) read.add(key)
      },
    })
    const topic = new MemoryTopic()
    topic.append(recordsAt([...span(0, 11), ...span(13, 16)]))
    for (const offsets of [[0, 1, 3], span(4, 7), span(8, 9), [13, 14]]) await landRecords(store, recordsAt(offsets))

    const whole = await check(store, topic)
    read.clear()
    const part = await check(store, topic, 6)

    assert.deepEqual(
      [whole.lost, whole.gaps, whole.lag],
      [
        [
          [2, 2],
          [10, 11],
        ],
        [[12, 12]],
        2,
      ],
    )
    assert.deepEqual([part.lost, part.gaps, part.lag], [[[10, 11]], [[12, 12]], 2])
    assert.deepEqual(
      [...read].map((key) => key.split('@')[1]),
      ['13-14', '4-7', '8-9'],
    )
  })

  test('has lost what its first file had, when that file is gone', async () => {
    const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
    topic.append(recordsAt(span(0, 9)))
    for (const offsets of [span(0, 3), span(4, 6), span(7, 9)]) await landRecords(store, recordsAt(offsets))
    const middle = [...store.objects.keys()].find((key) => key.includes('@4-6@'))
    await store.delete(middle ?? '')

    assert.deepEqual((await check(store, topic, 4)).lost, [[4, 6]])
  })
})

test('a record in two files is a duplicate', async () => {
  const store = new MemoryObjectStore()
  await landRecords(store, recordsAt(span(0, 4)))
  const key = landingKey(store)
  const { body } = store.objects.get(key) ?? {}
  await store.put(key.replace('@id', '@copy'), body ?? new Uint8Array())

  const report = await check(store)

  assert.deepEqual([report.duplicates, report.landed], [5, 10])
  assert.ok(!isComplete([report]))
})

test('a partition that nothing is landed of yet has only lag', async () => {
  const [store, topic] = [new MemoryObjectStore(), new MemoryTopic()]
  topic.append(recordsAt(span(0, 2)))

  const report = await check(store, topic)

  assert.deepEqual([report.landed, report.first, report.lag, report.lost], [0, null, 3, []])
})

test('a file that is none of the table is named', async () => {
  const store = new MemoryObjectStore()
  await store.put('landing/bars/dt=2026-01-15/notes.txt', Buffer.from('hello'))

  await assert.rejects(check(store), /notes.txt is not a file of bars_landing/)
})

test('the report prints as a table, as CSV, and as JSON with the offsets of gaps', async () => {
  const store = new MemoryObjectStore()
  await landRecords(store, recordsAt([0, 3]))
  const report = await check(store)

  assert.match(completenessText([report], 'table'), /^topic +partition +epoch +first/)
  assert.match(completenessText([report], 'csv'), /\nmarket.bars,0,"",0,3,2,0,0,2,0,,2026-01-15T12:00:00.000Z,,,4$/)
  const [parsed] = JSON.parse(completenessText([report], 'json'))
  assert.deepEqual(parsed.gaps, [[1, 2]])
})
