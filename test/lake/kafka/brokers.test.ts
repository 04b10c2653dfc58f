import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kafkaAccess } from '../../../lake/kafka/brokers.ts'

test('a broker list alone is spoken to in plain text', async () => {
  const access = await kafkaAccess({ KAFKA_BROKERS: 'a:9092, b:9092' })

  assert.deepEqual(access, { brokers: ['a:9092', 'b:9092'], security: { kind: 'plaintext' } })
})

test('a broker list with IAM wins over asking MSK, which a network without a way out cannot', async () => {
  const access = await kafkaAccess({
    KAFKA_BROKERS: 'a:9098',
    KAFKA_AUTH: 'iam',
    AWS_REGION: 'eu-central-1',
    CLUSTER_ARN: 'arn:aws:kafka:eu-central-1:123456789012:cluster/market/0a1b',
  })

  assert.deepEqual(access, { brokers: ['a:9098'], security: { kind: 'iam', region: 'eu-central-1' } })
})

test('an unknown way to log in is refused in a sentence', async () => {
  await assert.rejects(kafkaAccess({ KAFKA_BROKERS: 'a:1', KAFKA_AUTH: 'kerberos' }), {
    name: 'UsageError',
    message: /KAFKA_AUTH takes iam, scram or none; got "kerberos"/,
  })
})

test('neither brokers nor a cluster is refused in a sentence', async () => {
  await assert.rejects(kafkaAccess({}), { name: 'UsageError', message: /CLUSTER_ARN is needed/ })
})
