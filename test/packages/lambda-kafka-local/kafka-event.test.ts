import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kafkaEvent, UsageError } from 'lambda-kafka-local'

test('an event has AWS’s shape: groups by partition, base64, signed header bytes, no key where there is none', () => {
  const event = kafkaEvent({
    topic: 'orders',
    timestamp: 1_545_084_650_987,
    records: [
      { partition: 1, value: { id: 7 }, headers: { source: 'é' } },
      { key: 'k', value: 'text', offset: 15 },
      { value: null },
    ],
  })

  const common = { topic: 'orders', timestamp: 1_545_084_650_987, timestampType: 'CREATE_TIME' }
  assert.deepEqual(event, {
    eventSource: 'SelfManagedKafka',
    bootstrapServers: '127.0.0.1:9092',
    records: {
      'orders-0': [
        { ...common, partition: 0, offset: 15, key: 'aw==', value: 'dGV4dA==', headers: [] },
        { ...common, partition: 0, offset: 16, headers: [] },
      ],
      'orders-1': [{ ...common, partition: 1, offset: 0, value: 'eyJpZCI6N30=', headers: [{ source: [-61, -87] }] }],
    },
  })
})

test('an event of MSK names its cluster', () => {
  const clusterArn = 'arn:aws:kafka:us-east-1:123456789012:cluster/demo/1'
  const { eventSource, eventSourceArn } = kafkaEvent({ topic: 'orders', records: [], clusterArn })

  assert.deepEqual([eventSource, eventSourceArn], ['aws:kafka', clusterArn])
})

test('offsets that go back are refused', () => {
  assert.throws(
    () =>
      kafkaEvent({
        topic: 'o',
        records: [
          { value: 'a', offset: 5 },
          { value: 'b', offset: 5 },
        ],
      }),
    UsageError,
  )
})
