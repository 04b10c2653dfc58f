import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { systemClock } from '../../../lake/clock.ts'
import { accessOfBrokerList, kafkaClient } from '../../../lake/kafka/kafka-access.ts'
import { createTopic } from '../../../lake/kafka/kafka-topic-admin.ts'
import { KafkajsSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { KafkaTopicLog } from '../../../lake/ledger/kafka-topic-log.ts'
import { objectCursors } from '../../../lake/replay/cursors.ts'
import { newCursor } from '../../../lake/replay/replay-cursor.ts'
import { invokeReplay } from '../../../lake/replay/replay-invoker.ts'
import { EVERYTHING } from '../../../lake/replay/replay-request.ts'
import { localClientConfig } from '../../../localstack/aws/local-aws.ts'
import { type LandedRecord, recordSenderContract } from '../../contract/record-sender.ts'
import { sharedEngine } from '../../support/engine.ts'
import { silentLog } from '../../support/silent-log.ts'

describe('the producer on a real broker', async () => {
  const { state, deployment, lake } = await sharedEngine()
  const access = accessOfBrokerList(state.brokers)
  const kafka = kafkaClient(access, silentLog)
  const log = new KafkaTopicLog(access)
  const admin = kafka.admin()
  await admin.connect()
  after(async () => {
    await Promise.all([log.close(), admin.disconnect()])
  })

  async function makeTopic(topic: string, numPartitions: number): Promise<void> {
    await createTopic(admin, { topic, numPartitions, replicationFactor: 1 })
  }

  async function recordsOf(topic: string): Promise<readonly LandedRecord[]> {
    const landed: LandedRecord[] = []
    for (const [partition, { low, high }] of await log.bounds(topic)) {
      for await (const records of log.read({ topic, partition }, low, high)) {
        landed.push(
          ...records.map(({ key, value, headers }) => ({
            partition,
            key,
            value,
            headers: Object.fromEntries(headers.map((header) => [header.key, String(header.value)])),
          })),
        )
      }
    }
    return landed
  }

  recordSenderContract('kafkajs on Apache Kafka', async () => {
    const topic = `contract-${randomUUID()}`
    await makeTopic(topic, 3)
    return { sender: new KafkajsSender(kafka, topic), landed: () => recordsOf(topic) }
  })

  test('a topic that is not there is told by its name, and the sender works again once it is', async () => {
    const topic = `late-${randomUUID()}`
    const sender = new KafkajsSender(kafka, topic)

    await assert.rejects(sender.send([{ key: 'a', value: '1' }]), new RegExp(`did not take 1 records .* ${topic}`))
    await makeTopic(topic, 1)
    await sender.send([{ key: 'a', value: '2' }])

    await sender.close()
    assert.equal((await recordsOf(topic)).length, 1)
  })

  test('the deployed producer sends what it is asked for and answers how much', async () => {
    const runId = `e2e-${randomUUID()}`
    const lambda = new LambdaClient(localClientConfig(state.endpoint))
    const payload = { runId, symbols: ['IBM'], from: '2012-12-01', to: '2012-12-31', speed: 'max' }
    const call = { functionName: deployment.producerFunction, payload, signal: new AbortController().signal, tell() {} }

    const answer = await invokeReplay(call, lambda, systemClock)
    const again = await invokeReplay(call, lambda, systemClock)

    assert.deepEqual(
      { sent: answer.sent, markers: answer.markers, done: answer.done },
      { sent: 21, markers: 1, done: true },
    )
    assert.deepEqual({ sent: again.sent, total: again.total }, { sent: 0, total: { sent: 21, markers: 1 } })
    const own = (await recordsOf(deployment.topic)).filter(({ value }) => String(value).includes(runId))
    assert.equal(own.length, 21)
  })

  test('the deployed producer refuses a payload that it does not understand', async () => {
    const lambda = new LambdaClient(localClientConfig(state.endpoint))
    const payload = { runId: 'e2e-wrong', symbol: 'IBM' }
    const call = { functionName: deployment.producerFunction, payload, signal: new AbortController().signal, tell() {} }

    await assert.rejects(
      invokeReplay(call, lambda, systemClock),
      /takes symbols, from, to, speed, runId, limit.* got "symbol"/,
    )
  })

  test('of sixteen writers of one cursor exactly one gets through', async () => {
    const cursors = objectCursors(lake, randomUUID)
    const key = `replay/runs/e2e-${randomUUID()}.json`
    const first = await cursors.replace(key, newCursor('r', EVERYTHING), undefined)
    assert.equal(first.kind, 'written')

    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () => cursors.replace(key, newCursor('r', EVERYTHING), first.version.etag)),
    )

    assert.equal(outcomes.filter(({ kind }) => kind === 'written').length, 1)
  })
})
