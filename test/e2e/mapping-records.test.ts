import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { type GivenRecord, RecordingFunction, THROWN } from '../support/recording-function.ts'
import { describing, mappingGround, recordsGiven } from '../support/running-mappings.ts'
import { until } from '../support/until.ts'

describe('the records that an event source mapping reads from a real broker', () => {
  const { start, aTopic, close } = mappingGround()
  after(close)

  test('gives a function every record of every codec as it was written, headers and tombstones included', async () => {
    const topic = await aTopic()
    const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
    for (const codec of codecs) await topic.send([{ key: Buffer.from('k'), value: Buffer.from(codec) }], codec)
    await topic.send([
      { key: Buffer.from('gone'), headers: new Map([[Buffer.from('why'), Buffer.from('ë')]]) } as never,
    ])
    const invoker = new RecordingFunction()

    const { stop, status } = start({ mappings: [describing(topic)], invoker })
    await until('a lag of 0', () => status()[0]?.lag === 0)
    await stop()

    const records = recordsGiven(invoker)
    assert.deepEqual(
      records.slice(0, 5).map(({ value }) => Buffer.from(value ?? '', 'base64').toString()),
      codecs,
    )
    assert.deepEqual(
      { ...records[5], timestamp: 0 },
      {
        topic: topic.name,
        partition: 0,
        offset: 5,
        timestamp: 0,
        timestampType: 'CREATE_TIME',
        key: Buffer.from('gone').toString('base64'),
        headers: [{ why: [-61, -85] }],
      },
    )
  })

  test('says whose clock the timestamps of a topic are', async () => {
    const topic = await aTopic({ configs: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] })
    await topic.send([{ value: Buffer.from('x'), timestamp: 1_000n }])
    const invoker = new RecordingFunction()

    const { stop } = start({ mappings: [describing(topic)], invoker })
    await until('an event', () => invoker.events.length > 0)
    await stop()

    const [record] = recordsGiven(invoker) as readonly (GivenRecord & { timestampType?: string; timestamp?: number })[]
    assert.equal(record?.timestampType, 'LOG_APPEND_TIME')
    assert.ok((record?.timestamp ?? 0) > 1_000_000_000_000)
  })

  test('leaves out what a transaction took back', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('before') }])
    await topic.abort([{ value: Buffer.from('taken back') }])
    await topic.send([{ value: Buffer.from('after') }])
    const invoker = new RecordingFunction()

    const { stop, status } = start({ mappings: [describing(topic)], invoker })
    // Until the broker has written the end of the transaction, which it does after it answers, nobody reads past it.
    await until('the records before and after', () => recordsGiven(invoker).length >= 2 && status()[0]?.lag === 0)
    await stop()

    assert.deepEqual(
      recordsGiven(invoker).map(({ value }) => Buffer.from(value ?? '', 'base64').toString()),
      ['before', 'after'],
    )
  })

  test('begins where the mapping says, and goes on where its group has come to', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('old'), timestamp: 1_600_000_000_000n }])
    await topic.send([{ value: Buffer.from('newer'), timestamp: 1_700_000_000_000n }])
    const [atTime, latest, again] = [new RecordingFunction(), new RecordingFunction(), new RecordingFunction()]
    const atTimestamp = describing(topic, {
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_650_000_000,
    })
    const fromLatest = describing(topic, { UUID: `latest-${topic.name}`, StartingPosition: 'LATEST' })

    const first = start({ mappings: [atTimestamp], invoker: atTime })
    const second = start({ mappings: [fromLatest], invoker: latest })
    await until('a lag of 0 of both', () => [first, second].every(({ status }) => status()[0]?.lag === 0))
    await Promise.all([first.stop(), second.stop()])
    await topic.send([{ value: Buffer.from('while away') }])
    const third = start({ mappings: [fromLatest], invoker: again })
    await until('the record sent while away', () => again.events.length > 0)
    await third.stop()

    assert.deepEqual(
      recordsGiven(atTime).map(({ offset }) => offset),
      [1],
    )
    assert.deepEqual(recordsGiven(latest), [])
    assert.deepEqual(
      recordsGiven(again).map(({ offset }) => offset),
      [2],
    )
  })

  test('goes on at the first offset that is left where retention was faster', async () => {
    const topic = await aTopic()
    await topic.send(['1', '2', '3', '4'].map((text) => ({ value: Buffer.from(text) })))
    const [before, later] = [new RecordingFunction(() => THROWN), new RecordingFunction()]

    const first = start({ mappings: [describing(topic)], invoker: before })
    await until('a first event', () => before.events.length > 0)
    await first.stop()
    await topic.truncate(2n)
    const second = start({ mappings: [describing(topic)], invoker: later })
    await until('a lag of 0', () => second.status()[0]?.lag === 0)
    await second.stop()

    assert.deepEqual(
      recordsGiven(later).map(({ offset }) => offset),
      [2, 3],
    )
  })
})
