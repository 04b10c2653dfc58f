/** Where the mapping puts what a function fails on: LocalStack's S3, SQS and SNS. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startMappings } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import { kafkaTopic } from '../support/kafka-topic.ts'
import { RecordingFunction, THROWN } from '../support/recording-function.ts'
import { silentLog } from '../support/silent-log.ts'
import { brokersOfTests, clientsOfTests, endpointOfTests, freshLake } from './engine.ts'

const ACCOUNT = '000000000000'
const brokers = brokersOfTests()
const topic = await kafkaTopic(brokers.join())
const sqs = new SQSClient(clientsOfTests())
after(() => topic.close())

/** A queue; `next` waits for its next message. */
async function aQueue(name: string) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
  return {
    arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`,
    async next(): Promise<string> {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
      return Messages?.[0]?.Body ?? ''
    },
  }
}

/** A topic of SNS with a queue that hears of what is published. */
async function aHeardTopic(name: string) {
  const queue = await aQueue(name)
  const sns = new SNSClient(clientsOfTests())
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }))
  const Attributes = { RawMessageDelivery: 'true' }
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes }))
  return { ...queue, arn: TopicArn }
}

test('a bucket gets the whole batch, a queue and a topic are told of it', async () => {
  await topic.send([{ key: Buffer.from('k'), value: Buffer.from('poison') }])
  const [{ store, bucket }, queue, heard] = await Promise.all([freshLake(), aQueue('failed'), aHeardTopic('told')])
  const mappings = [`arn:aws:s3:::${bucket}`, queue.arn, heard.arn].map((Destination) => ({
    UUID: Destination,
    FunctionName: 'consumer',
    Topics: [topic.name],
    StartingPosition: 'TRIM_HORIZON',
    MaximumBatchingWindowInSeconds: 0,
    ProvisionedPollerConfig: { MinimumPollers: 1 },
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination } },
  }))

  const stopping = new AbortController()
  const { done, status } = startMappings({
    endpoint: endpointOfTests(),
    brokers,
    mappings,
    invoker: new RecordingFunction(() => THROWN),
    signal: stopping.signal,
    clock: systemClock,
    log: silentLog,
  })
  while (status().length < 3 || status().some(({ lag }) => lag !== 0)) await delay(20)
  stopping.abort()
  await done

  const [object] = await Array.fromAsync(store.list(''))
  const whole = JSON.parse(new TextDecoder().decode((await store.get(object?.key ?? ''))?.body))
  const { records } = JSON.parse(whole.payload)
  assert.equal(Buffer.from(records[`${topic.name}-0`][0].value, 'base64').toString(), 'poison')
  for (const { next } of [queue, heard]) {
    const { requestContext, KafkaBatchInfo, payload } = JSON.parse(await next())
    assert.equal(requestContext.condition, 'RetryAttemptsExhausted')
    assert.equal(KafkaBatchInfo.recordsInfo[`${topic.name}-0`].firstRecordOffset, '0')
    assert.equal(payload, undefined)
  }
})
