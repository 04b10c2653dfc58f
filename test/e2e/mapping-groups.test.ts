import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { HANDLED, RecordingFunction, THROWN } from '../support/recording-function.ts'
import { describing, mappingGround } from '../support/running-mappings.ts'
import { until } from '../support/until.ts'

describe('an event source mapping that shares its topic, or is troubled', () => {
  const { start, aTopic, close, state } = mappingGround()
  after(close)

  test('two pollers of a group share a topic; the one that leaves loses nothing', async () => {
    const topic = await aTopic({ partitions: 4 })
    const send = (count: number) =>
      topic.send(Array.from({ length: count }, (_, i) => ({ partition: i % 4, value: Buffer.from(String(i)) })))
    await send(400)
    const handled = new Set<string>()
    const slow = () =>
      new RecordingFunction(async (event) => {
        await delay(10)
        for (const { partition, offset } of Object.values(event.records).flat()) handled.add(`${partition}@${offset}`)
        return HANDLED
      })
    const description = describing(topic, { BatchSize: 5 })

    const first = start({ mappings: [description], invoker: slow() })
    await until('twenty handled records', () => handled.size > 20)
    const second = start({ mappings: [description], invoker: slow() })
    await until('the share of the second poller', () => second.status()[0]?.partitions.length === 2)
    await send(200)
    await until('a record for the second poller', () => (second.status()[0]?.handled ?? 0) > 0)
    await first.stop()
    await until(
      'a lag of 0 of all partitions',
      () => second.status()[0]?.lag === 0 && second.status()[0]?.partitions.length === 4,
    )
    await second.stop()

    assert.equal(handled.size, 600)
  })

  test('it shares a group with a consumer of kafkajs', async () => {
    const topic = await aTopic({ partitions: 4 })
    const handled = new Set<string>()
    const consumer = new Kafka({ brokers: state.brokers.split(','), logLevel: logLevel.NOTHING }).consumer({
      groupId: topic.name,
    })
    await consumer.connect()
    await consumer.subscribe({ topic: topic.name, fromBeginning: true })
    let foreign = 0
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        foreign++
        handled.add(`${partition}@${message.offset}`)
      },
    })
    const invoker = new RecordingFunction((event) => {
      for (const { partition, offset } of Object.values(event.records).flat()) handled.add(`${partition}@${offset}`)
      return HANDLED
    })

    const { stop, status } = start({ mappings: [describing(topic, { UUID: topic.name })], invoker })
    await until('half of the partitions', () => status()[0]?.partitions.length === 2)
    await topic.send(Array.from({ length: 40 }, (_, i) => ({ partition: i % 4, value: Buffer.from(String(i)) })))
    await until('forty handled records', () => handled.size === 40)
    await Promise.all([stop(), consumer.disconnect()])

    assert.ok(foreign > 0 && invoker.events.length > 0)
  })

  test('a key that failed goes to the partition that it came from, in a topic as wide', async () => {
    const [topic, failed] = await Promise.all([aTopic({ partitions: 4 }), aTopic({ partitions: 4 })])
    const producer = new Kafka({ brokers: state.brokers.split(','), logLevel: logLevel.NOTHING }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    await producer.connect()
    const messages = Array.from({ length: 20 }, (_, i) => ({ key: `key-${i}`, value: 'poison' }))
    await producer.send({ topic: topic.name, messages })
    await producer.disconnect()
    const Destination = `kafka://${failed.name}`
    const failing = describing(topic, { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } })

    const first = start({ mappings: [failing], invoker: new RecordingFunction(() => THROWN) })
    const second = start({ mappings: [describing(failed)], invoker: new RecordingFunction() })
    await until('twenty records in the other topic', () => second.status()[0]?.handled === 20)
    const ends = [first, second].map((started) =>
      started.status()[0]?.partitions.map(({ partition, highWatermark }) => [partition, highWatermark]),
    )
    await Promise.all([first.stop(), second.stop()])

    assert.deepEqual(ends[1], ends[0])
  })

  test('loses nothing and keeps the order whatever chaos does', async () => {
    const topic = await aTopic({ partitions: 3 })
    await topic.send(Array.from({ length: 1500 }, (_, i) => ({ partition: i % 3, value: Buffer.from(String(i)) })))
    const firstTimes = new Map<number, Set<number>>([0, 1, 2].map((partition) => [partition, new Set()]))
    const invoker = new RecordingFunction((event) => {
      for (const { partition, offset } of Object.values(event.records).flat()) firstTimes.get(partition)?.add(offset)
      return HANDLED
    })
    const chaos = { seed: 7, kill: 0.05, redeliver: 0.2, double: 0.2, recut: 1 }

    const { stop, status } = start({ mappings: [describing(topic)], invoker, chaos })
    await until(
      'every record',
      () => status()[0]?.lag === 0 && [...firstTimes.values()].every(({ size }) => size === 500),
    )
    await stop()

    for (const offsets of firstTimes.values())
      assert.deepEqual(
        [...offsets],
        [...offsets.keys()].toSorted((a, b) => a - b),
      )
  })
})
