import assert from 'node:assert/strict'
import { test } from 'node:test'
import kafkajs from 'kafkajs'
import { createTopic } from '../../../lake/kafka/kafka-topic-admin.ts'

const CONFIG = { topic: 'market.bars', numPartitions: 1 }

class KafkaError extends Error {
  readonly type: string

  constructor(type: string) {
    super(type)
    this.type = type
  }
}

/** Brokers that give these answers, one after the other, to who asks for the leader of a topic. */
function brokersThat(...answers: readonly (number | Error)[]) {
  const left = [...answers]
  return {
    createTopics: async () => true,
    async fetchTopicMetadata() {
      const answer = left.shift() ?? assert.fail('asked once more than it was led')
      if (answer instanceof Error) throw answer
      const partitions = [{ partitionErrorCode: 0, partitionId: 0, leader: answer, replicas: [0], isr: [0] }]
      return { topics: [{ name: CONFIG.topic, partitions }] }
    },
    left,
  }
}

test('a topic is made once a broker has heard of it and of its leader', async () => {
  const behind = new Error('tried five times', { cause: new KafkaError('LEADER_NOT_AVAILABLE') })
  const admin = brokersThat(new KafkaError('UNKNOWN_TOPIC_OR_PARTITION'), behind, -1, 0)
  const slept: number[] = []

  const made = await createTopic(admin, CONFIG, { sleep: async (ms) => void slept.push(ms) })

  assert.equal(made, true)
  assert.deepEqual(admin.left, [])
  assert.equal(slept.length, 3)
})

test('a topic whose brokers may not be asked, or never hear of it, fails with the reason', async () => {
  const sleep = async (): Promise<void> => undefined

  const refused = brokersThat(new KafkaError('TOPIC_AUTHORIZATION_FAILED'))
  await assert.rejects(createTopic(refused, CONFIG, { sleep }), /TOPIC_AUTHORIZATION_FAILED/)
  const deaf = brokersThat(...Array.from({ length: 1_000 }, () => -1))
  await assert.rejects(createTopic(deaf, CONFIG, { sleep }), /know no leader of the topic market\.bars/)
})

test('a controller that takes too long is asked again; what it refuses is refused at once', async () => {
  const sleep = async (): Promise<void> => undefined
  const answering = (...errors: readonly Error[]) => {
    const left = [...errors]
    const createTopics = async () => {
      const error = left.shift()
      if (error) throw error
      return false
    }
    return { ...brokersThat(0), createTopics, left }
  }
  const late = new kafkajs.KafkaJSProtocolError(Object.assign(new Error('REQUEST_TIMED_OUT'), { retriable: true }))
  const lost = new kafkajs.KafkaJSConnectionError('the connection is gone')
  const refused = new kafkajs.KafkaJSProtocolError(Object.assign(new Error('INVALID_PARTITIONS'), { retriable: false }))

  const slow = answering(new kafkajs.KafkaJSAggregateError('late', [late]), lost)
  assert.equal(await createTopic(slow, CONFIG, { sleep }), false)
  assert.deepEqual(slow.left, [])
  const strict = answering(new kafkajs.KafkaJSAggregateError('refused', [late, refused]), lost)
  await assert.rejects(createTopic(strict, CONFIG, { sleep }), /refused/)
  assert.equal(strict.left.length, 1)
  await assert.rejects(createTopic(answering(...Array(9).fill(lost)), CONFIG, { sleep }), /connection is gone/)
})
