import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { BY_BROKER, type TopicAdmin, type TopicShape } from '../../../lake/kafka/kafka-topic-admin.ts'
import { ensureTopic, planTopic, type WantedTopic } from '../../../lambdas/topic/topic.ts'
import { readTopicRequest } from '../../../lambdas/topic/topic-request.ts'
import { silentLog } from '../../support/silent-log.ts'

const WANTED: WantedTopic = { name: 'market.bars', partitions: 4, replicas: 2, retentionMs: 86_400_000 }
const SHAPE: TopicShape = { partitions: 4, retentionMs: 86_400_000, stampedBy: BY_BROKER }
const log = silentLog

/** A cluster with one topic at most. */
function clusterWith(topic: TopicShape | undefined): TopicAdmin & { topic: TopicShape | undefined } {
  return {
    topic,
    async describe() {
      return this.topic
    },
    async create(_name, { partitions, retentionMs }) {
      if (this.topic) return false
      this.topic = { partitions, retentionMs, stampedBy: BY_BROKER }
      return true
    },
    async grow(_name, partitions) {
      if (this.topic) this.topic = { ...this.topic, partitions }
    },
    async configure(_name, settings) {
      if (this.topic) this.topic = { ...this.topic, ...settings }
    },
    async close() {},
  }
}

describe('the topic', () => {
  test('is made where there is none, and left as it is by a second deployment', async () => {
    const admin = clusterWith(undefined)

    assert.deepEqual(await ensureTopic(WANTED, { admin, log }), [{ kind: 'create' }])
    assert.deepEqual(await ensureTopic(WANTED, { admin, log }), [])
    assert.deepEqual(admin.topic, SHAPE)
  })

  test('grows, and keeps records as long as it is told', async () => {
    const admin = clusterWith({ ...SHAPE, partitions: 1, retentionMs: 1000 })

    await ensureTopic(WANTED, { admin, log })

    assert.deepEqual(admin.topic, SHAPE)
  })

  test('is stamped by the broker, whoever made it', async () => {
    const admin = clusterWith({ ...SHAPE, stampedBy: 'CreateTime' })

    assert.deepEqual(await ensureTopic(WANTED, { admin, log }), [
      { kind: 'configure', settings: { stampedBy: BY_BROKER } },
    ])
    assert.deepEqual(await ensureTopic(WANTED, { admin, log }), [])
  })

  test('gets all its settings in one request, for a broker learns late of the one before', async () => {
    const admin = clusterWith({ partitions: 4, retentionMs: 1000, stampedBy: 'CreateTime' })

    const steps = await ensureTopic(WANTED, { admin, log })

    assert.deepEqual(steps, [{ kind: 'configure', settings: { retentionMs: 86_400_000, stampedBy: BY_BROKER } }])
  })

  test('never gets smaller: that is refused with the way out', () => {
    assert.throws(() => planTopic(WANTED, { ...SHAPE, partitions: 6 }), {
      name: 'UsageError',
      message: /has 6 partitions and 4 are asked for: partitions can only grow\. Give -c partitions=6/,
    })
  })

  test('that another deployment makes at the same moment is brought into shape all the same', async () => {
    const admin = clusterWith(undefined)
    const racing: TopicAdmin = {
      describe: () => admin.describe('market.bars'),
      async create() {
        admin.topic = { ...SHAPE, partitions: 2, retentionMs: 1000 }
        return false
      },
      grow: (name, partitions) => admin.grow(name, partitions),
      configure: (name, settings) => admin.configure(name, settings),
      close: () => admin.close(),
    }

    await ensureTopic(WANTED, { admin: racing, log })

    assert.deepEqual(admin.topic, SHAPE)
  })

  test('has as many partitions as wanted after any deployment that is not refused, and never fewer than before', async () => {
    const shape = fc.record({
      partitions: fc.integer({ min: 1, max: 9 }),
      retentionMs: fc.integer({ min: 1, max: 9 }),
      stampedBy: fc.constant(BY_BROKER),
    })
    await fc.assert(
      fc.asyncProperty(fc.option(shape, { nil: undefined }), shape, async (found, wanted) => {
        const admin = clusterWith(found)
        const refused = await ensureTopic({ ...WANTED, ...wanted }, { admin, log }).then(
          () => false,
          () => true,
        )

        assert.equal(refused, found !== undefined && wanted.partitions < found.partitions)
        assert.deepEqual({ ...admin.topic }, { ...(refused ? found : wanted) })
      }),
    )
  })
})

describe("the custom resource's request", () => {
  const properties = { topic: 'market.bars', partitions: '4', replicas: '2', retentionMs: '86400000' }

  test('hands numbers over as text', () => {
    const request = readTopicRequest({ RequestType: 'Update', ResourceProperties: properties })

    assert.deepEqual(request, { kind: 'ensure', topic: WANTED })
  })

  test('to delete leaves the topic alone', () => {
    const request = readTopicRequest({ RequestType: 'Delete', ResourceProperties: { topic: 'market.bars' } })

    assert.deepEqual(request, { kind: 'leave', name: 'market.bars' })
  })

  for (const [broken, answer] of [
    [undefined, /the event is undefined/],
    [{ RequestType: 'Create', ResourceProperties: { ...properties, topic: '' } }, /topic is ""/],
    [{ RequestType: 'Create', ResourceProperties: { ...properties, partitions: 'four' } }, /partitions is "four"/],
  ] as const) {
    test(`${JSON.stringify(broken)} is refused in a sentence`, () => {
      assert.throws(() => readTopicRequest(broken), { code: 'custom-resource-request', message: answer })
    })
  }
})
