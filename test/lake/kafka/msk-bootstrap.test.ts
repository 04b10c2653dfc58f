import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaClient } from '@aws-sdk/client-kafka'
import { accessOfCluster } from '../../../lake/kafka/brokers.ts'
import { awsServer } from '../../support/aws-server.ts'

const ARN = 'arn:aws:kafka:eu-central-1:123456789012:cluster/bars/abcd1234-0000-4000-8000-abcdabcdabcd-1'
const IAM = { bootstrapBrokerStringSaslIam: 'b-1.bars:9098,b-2.bars:9098' }
const TLS = { bootstrapBrokerStringTls: 'b-1.bars:9094' }
const PLAIN = { bootstrapBrokerString: 'b-1.bars:9092' }

test('of the ways in that a cluster offers the safest is taken', async (t) => {
  const offers = [{ ...IAM, ...TLS, ...PLAIN }, { ...TLS, ...PLAIN }, PLAIN]
  const msk = new KafkaClient(await awsServer(t, () => ({ body: offers.shift() })))

  const iam = await accessOfCluster(msk, ARN)
  const tls = await accessOfCluster(msk, ARN)
  const plaintext = await accessOfCluster(msk, ARN)

  assert.deepEqual(iam, {
    brokers: ['b-1.bars:9098', 'b-2.bars:9098'],
    security: { kind: 'iam', region: 'eu-central-1' },
  })
  assert.deepEqual(tls, { brokers: ['b-1.bars:9094'], security: { kind: 'tls' } })
  assert.deepEqual(plaintext, { brokers: ['b-1.bars:9092'], security: { kind: 'plaintext' } })
})

test('a cluster that has no brokers yet, or is none, is told by its ARN', async (t) => {
  const making = new KafkaClient(await awsServer(t, () => ({ body: {} })))
  const unknown = new KafkaClient(
    await awsServer(t, () => ({
      status: 404,
      headers: { 'x-amzn-errortype': 'NotFoundException' },
      body: { message: 'The requested resource does not exist.' },
    })),
  )

  await assert.rejects(accessOfCluster(making, ARN), /cluster\/bars.* offers no brokers .* still being made/)
  await assert.rejects(
    accessOfCluster(unknown, ARN),
    /did not tell the brokers of arn.*NotFoundException: The requested/,
  )
})
