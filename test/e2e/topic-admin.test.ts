/** The topic's admin on a real broker: what a deployment changes, and what it leaves as others made it. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Kafka, logLevel } from 'kafkajs'
import { KafkaTopicAdmin } from '../../lake/kafka/kafka-topic-admin.ts'
import { sharedEngine } from '../support/engine.ts'
import { kafkaTopic } from '../support/kafka-topic.ts'
import { until } from '../support/until.ts'

const { brokers } = (await sharedEngine()).state
const kafka = new Kafka({ clientId: 'test', brokers: brokers.split(','), logLevel: logLevel.NOTHING })
const admin = new KafkaTopicAdmin(kafka)
after(() => admin.close())

test('a topic is made once, grows, and says its shape', async (t) => {
  const others = kafka.admin()
  await others.connect()
  const topic = `test-${process.pid}-${Date.now()}`
  t.after(async () => {
    await others.deleteTopics({ topics: [topic] })
    await others.disconnect()
  })

  assert.equal(await admin.describe(topic), undefined)
  assert.equal(await admin.create(topic, { partitions: 2, retentionMs: 3_600_000, replicas: 1 }), true)
  assert.equal(await admin.create(topic, { partitions: 9, retentionMs: 1, replicas: 1 }), false)
  await admin.grow(topic, 3)

  // A broker learns a moment later what the controller has written.
  await until('three partitions', async () => (await admin.describe(topic))?.partitions === 3)
  assert.deepEqual(await admin.describe(topic), { partitions: 3, retentionMs: 3_600_000, stampedBy: 'LogAppendTime' })
})

test('another retention leaves the settings that somebody else gave the topic', async (t) => {
  const topic = await kafkaTopic(brokers, { configs: [{ name: 'max.message.bytes', value: '5000000' }] })
  t.after(() => topic.close())

  await admin.configure(topic.name, { retentionMs: 7_200_000, stampedBy: 'LogAppendTime' })
  await until('another retention', async () => (await admin.describe(topic.name))?.retentionMs === 7_200_000)

  const others = kafka.admin()
  await others.connect()
  const { resources } = await others.describeConfigs({
    includeSynonyms: false,
    resources: [
      { type: 2, name: topic.name, configNames: ['max.message.bytes', 'retention.ms', 'message.timestamp.type'] },
    ],
  })
  await others.disconnect()
  assert.deepEqual(
    Object.fromEntries(
      resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]) ?? [],
    ),
    { 'max.message.bytes': '5000000', 'retention.ms': '7200000', 'message.timestamp.type': 'LogAppendTime' },
  )
})
