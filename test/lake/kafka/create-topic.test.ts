import assert from 'node:assert/strict'
import { test } from 'node:test'
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
