import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { readBrokersRequest } from '../../../lambdas/topic/brokers-request.ts'
import { isRefused, whenAllowed } from '../../../lambdas/topic/when-allowed.ts'
import { silentLog } from '../../support/silent-log.ts'
import { VirtualClock } from '../../support/virtual-clock.ts'

function refusedFor(seconds: number, clock: VirtualClock, error: Error): () => Promise<string> {
  const until = clock.now() + 1000 * seconds
  return async () => {
    if (clock.now() < until) throw error
    return 'done'
  }
}

const DENIED = Object.assign(new Error('User is not authorized to perform: kafka:GetBootstrapBrokers'), {
  name: 'AccessDeniedException',
})

describe('work that waits for rights which IAM has taken and not told everybody', () => {
  test('is done as soon as they are known', async () => {
    const clock = new VirtualClock()

    const answer = await whenAllowed(refusedFor(120, clock, DENIED), { clock, log: silentLog })

    assert.equal(answer, 'done')
  })

  test('fails with the refusal where they never are', async () => {
    const clock = new VirtualClock()
    const started = clock.now()

    await assert.rejects(whenAllowed(refusedFor(3600, clock, DENIED), { clock, log: silentLog }), DENIED)

    assert.ok(clock.now() - started <= 5 * 60_000)
  })

  test('fails at once for any other reason', async () => {
    const clock = new VirtualClock()
    const broken = new Error('the cluster is being deleted')

    await assert.rejects(whenAllowed(refusedFor(60, clock, broken), { clock, log: silentLog }), broken)
  })
})

test('a refusal is known by the words of MSK, of Kafka and of kafkajs, and behind an error of ours', () => {
  const kafka = Object.assign(new Error('Not permitted'), { type: 'TOPIC_AUTHORIZATION_FAILED' })
  const login = Object.assign(new Error('Access denied'), { name: 'KafkaJSSASLAuthenticationError' })
  const ours = new TickerlakeError('no-brokers', 'MSK did not tell', { cause: DENIED })

  for (const error of [DENIED, kafka, login, ours]) assert.ok(isRefused(error), error.message)
  assert.ok(!isRefused(Object.assign(new Error('x'), { type: 'INVALID_REPLICATION_FACTOR' })))
})

test('the brokers of a cluster are asked for by its ARN, and nothing is to be done when the resource goes', () => {
  const ResourceProperties = { clusterArn: 'arn:aws:kafka:x' }

  assert.deepEqual(readBrokersRequest({ RequestType: 'Create', ResourceProperties }), {
    kind: 'ask',
    clusterArn: 'arn:aws:kafka:x',
  })
  assert.equal(readBrokersRequest({ RequestType: 'Delete', PhysicalResourceId: 'b', ResourceProperties }).kind, 'leave')
  assert.throws(() => readBrokersRequest({ RequestType: 'Create', ResourceProperties: {} }), {
    code: 'custom-resource-request',
  })
})
