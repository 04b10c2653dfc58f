import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { systemClock } from '../../lambdas/adapters/system-clock.ts'
import type { MappingDescription } from '../../localstack/event-source-mapping/core/parse-mapping.ts'
import {
  type RunningMappings,
  type StartOptions,
  startMappings,
} from '../../localstack/event-source-mapping/start-mappings.ts'
import { localClientConfig } from '../../localstack/local-aws.ts'
import { sharedState } from '../support/engine.ts'
import { type KafkaTopic, kafkaTopic } from '../support/kafka-topic.ts'
import { lambdaApiStandIn } from '../support/lambda-api-stand-in.ts'
import { type GivenRecord, HANDLED, RecordingFunction, THROWN } from '../support/recording-function.ts'
import { silent } from '../support/run-mapping.ts'

const { brokers, endpoint, clusterArn } = sharedState()
const aws = localClientConfig(endpoint)

interface Started extends RunningMappings {
  stop(): Promise<void>
}

const running: Started[] = []

function start(options: Partial<StartOptions>): Started {
  const stopping = new AbortController()
  const mappings = startMappings({
    endpoint,
    brokers: brokers.split(','),
    signal: stopping.signal,
    clock: systemClock,
    log: silent,
    ...options,
  })
  const started = {
    ...mappings,
    async stop() {
      stopping.abort()
      await mappings.done
    },
  }
  running.push(started)
  return started
}

/** A mapping of its own group on the topic. */
function describing(topic: KafkaTopic, fields: MappingDescription = {}): MappingDescription {
  return {
    UUID: `group-of-${topic.name}`,
    FunctionName: 'recorder',
    Topics: [topic.name],
    MaximumBatchingWindowInSeconds: 0,
    ...fields,
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(20)
}

function allOf(invoker: RecordingFunction): readonly GivenRecord[] {
  return invoker.events.flatMap(({ records }) => Object.values(records).flat())
}

describe('the event source mapping on a real broker', () => {
  const topics: KafkaTopic[] = []
  after(async () => {
    await Promise.all(running.map(({ stop }) => stop())) // what a failed test has left
    await Promise.all(topics.map((topic) => topic.close()))
  })

  async function aTopic(
    ...args: Parameters<typeof kafkaTopic> extends [string, ...infer R] ? R : never
  ): Promise<KafkaTopic> {
    const topic = await kafkaTopic(brokers, ...args)
    topics.push(topic)
    return topic
  }

  test('gives a function every record of every codec as it was written, headers and tombstones included', async () => {
    const topic = await aTopic()
    const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
    for (const codec of codecs) await topic.send([{ key: Buffer.from('k'), value: Buffer.from(codec) }], codec)
    await topic.send([
      { key: Buffer.from('gone'), headers: new Map([[Buffer.from('why'), Buffer.from('ë')]]) } as never,
    ])
    const invoker = new RecordingFunction()

    const { stop, status } = start({ mappings: [describing(topic)], invoker })
    await until(() => status()[0]?.lag === 0)
    await stop()

    const records = allOf(invoker)
    assert.deepEqual(
      records.slice(0, 5).map(({ value }) => Buffer.from(value ?? '', 'base64').toString()),
      codecs,
    )
    assert.deepEqual(
      { ...records[5], timestamp: 0 },
      {
        topic: topic.name,
        partition: 0,
        offset: 5,
        timestamp: 0,
        timestampType: 'CREATE_TIME',
        key: Buffer.from('gone').toString('base64'),
        headers: [{ why: [-61, -85] }],
      },
    )
  })

  test('says whose clock the timestamps of a topic are', async () => {
    const topic = await aTopic({ configs: [{ name: 'message.timestamp.type', value: 'LogAppendTime' }] })
    await topic.send([{ value: Buffer.from('x'), timestamp: 1_000n }])
    const invoker = new RecordingFunction()

    const { stop } = start({ mappings: [describing(topic)], invoker })
    await until(() => invoker.events.length > 0)
    await stop()

    const [record] = allOf(invoker) as readonly (GivenRecord & { timestampType?: string; timestamp?: number })[]
    assert.equal(record?.timestampType, 'LOG_APPEND_TIME')
    assert.ok((record?.timestamp ?? 0) > 1_000_000_000_000)
  })

  test('leaves out what a transaction took back', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('before') }])
    await topic.abort([{ value: Buffer.from('taken back') }])
    await topic.send([{ value: Buffer.from('after') }])
    const invoker = new RecordingFunction()

    const { stop, status } = start({ mappings: [describing(topic)], invoker })
    await until(() => status()[0]?.lag === 0)
    await stop()

    assert.deepEqual(
      allOf(invoker).map(({ value }) => Buffer.from(value ?? '', 'base64').toString()),
      ['before', 'after'],
    )
  })

  test('begins where the mapping says, and goes on where its group has come to', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('old'), timestamp: 1_600_000_000_000n }])
    await topic.send([{ value: Buffer.from('newer'), timestamp: 1_700_000_000_000n }])
    const [atTime, latest, again] = [new RecordingFunction(), new RecordingFunction(), new RecordingFunction()]
    const atTimestamp = describing(topic, {
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_650_000_000,
    })
    const fromLatest = describing(topic, { UUID: `latest-${topic.name}`, StartingPosition: 'LATEST' })

    const first = start({ mappings: [atTimestamp], invoker: atTime })
    const second = start({ mappings: [fromLatest], invoker: latest })
    await until(() => [first, second].every(({ status }) => status()[0]?.lag === 0))
    await Promise.all([first.stop(), second.stop()])
    await topic.send([{ value: Buffer.from('while away') }])
    const third = start({ mappings: [fromLatest], invoker: again })
    await until(() => again.events.length > 0)
    await third.stop()

    assert.deepEqual(
      allOf(atTime).map(({ offset }) => offset),
      [1],
    )
    assert.deepEqual(allOf(latest), [])
    assert.deepEqual(
      allOf(again).map(({ offset }) => offset),
      [2],
    )
  })

  test('goes on at the first offset that is left where retention was faster', async () => {
    const topic = await aTopic()
    await topic.send(['1', '2', '3', '4'].map((text) => ({ value: Buffer.from(text) })))
    const [before, later] = [new RecordingFunction(() => THROWN), new RecordingFunction()]

    const first = start({ mappings: [describing(topic)], invoker: before })
    await until(() => before.events.length > 0)
    await first.stop()
    await topic.truncate(2n)
    const second = start({ mappings: [describing(topic)], invoker: later })
    await until(() => second.status()[0]?.lag === 0)
    await second.stop()

    assert.deepEqual(
      allOf(later).map(({ offset }) => offset),
      [2, 3],
    )
  })

  test('asks the MSK API for the brokers of a cluster that is named by its ARN', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('x') }])
    const invoker = new RecordingFunction()

    const { stop } = start({ brokers: [], mappings: [describing(topic, { EventSourceArn: clusterArn })], invoker })
    await until(() => invoker.events.length > 0)
    await stop()

    const { eventSource, eventSourceArn, bootstrapServers }: Readonly<Record<string, unknown>> = {
      ...invoker.events[0],
    }
    assert.deepEqual([eventSource, eventSourceArn, bootstrapServers], ['aws:kafka', clusterArn, brokers])
  })

  test('two pollers of a group share a topic; the one that leaves loses nothing', async () => {
    const topic = await aTopic({ partitions: 4 })
    const send = (count: number) =>
      topic.send(Array.from({ length: count }, (_, i) => ({ partition: i % 4, value: Buffer.from(String(i)) })))
    await send(400)
    const handled = new Set<string>()
    const slow = () =>
      new RecordingFunction(async (event) => {
        await delay(10)
        for (const { partition, offset } of Object.values(event.records).flat()) handled.add(`${partition}@${offset}`)
        return HANDLED
      })
    const description = describing(topic, { BatchSize: 5 })

    const first = start({ mappings: [description], invoker: slow() })
    await until(() => handled.size > 20)
    const second = start({ mappings: [description], invoker: slow() })
    await until(() => second.status()[0]?.partitions.length === 2)
    await send(200)
    await until(() => (second.status()[0]?.handled ?? 0) > 0)
    await first.stop()
    await until(() => second.status()[0]?.lag === 0 && second.status()[0]?.partitions.length === 4)
    await second.stop()

    assert.equal(handled.size, 600)
  })

  test('loses nothing and keeps the order whatever chaos does', async () => {
    const topic = await aTopic({ partitions: 3 })
    await topic.send(Array.from({ length: 1500 }, (_, i) => ({ partition: i % 3, value: Buffer.from(String(i)) })))
    const firstTimes = new Map<number, Set<number>>([0, 1, 2].map((partition) => [partition, new Set()]))
    const invoker = new RecordingFunction((event) => {
      for (const { partition, offset } of Object.values(event.records).flat()) firstTimes.get(partition)?.add(offset)
      return HANDLED
    })
    const chaos = { seed: 7, kill: 0.05, redeliver: 0.2, double: 0.2, recut: 1 }

    const { stop, status } = start({ mappings: [describing(topic)], invoker, chaos })
    await until(() => status()[0]?.lag === 0 && [...firstTimes.values()].every(({ size }) => size === 500))
    await stop()

    for (const offsets of firstTimes.values())
      assert.deepEqual(
        [...offsets],
        [...offsets.keys()].toSorted((a, b) => a - b),
      )
  })

  test('invokes through the Lambda API, and a throttled invocation uses up no retry', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('x') }])
    const invoker = new RecordingFunction((_, invocation) =>
      invocation < 3 ? { kind: 'unavailable', message: 'Rate Exceeded.' } : HANDLED,
    )
    const api = await lambdaApiStandIn(invoker)

    const { stop, status } = start({
      endpoint: api.endpoint,
      mappings: [describing(topic, { MaximumRetryAttempts: 0 })],
    })
    await until(() => status()[0]?.lag === 0)
    const discarded = status()[0]?.discarded
    await stop()
    await api.close()

    assert.deepEqual(api.names, ['recorder', 'recorder', 'recorder'])
    assert.equal(discarded, 0)
  })

  test('a bucket, a queue and a topic take what a function fails on', async () => {
    const topic = await aTopic()
    const failures = await aTopic()
    await topic.send([{ key: Buffer.from('k'), value: Buffer.from('poison') }])
    const s3 = new S3Client({ ...aws, forcePathStyle: true })
    const sqs = new SQSClient(aws)
    const bucket = `failures-${Date.now()}`
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: bucket }))
    const failing = (kind: string, Destination: string) =>
      describing(topic, {
        UUID: `${kind}-${topic.name}`,
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination } },
      })
    const mappings = [
      failing('s3', `arn:aws:s3:::${bucket}`),
      failing('sqs', `arn:aws:sqs:us-east-1:000000000000:${bucket}`),
      failing('kafka', `kafka://${failures.name}`),
    ]

    const { stop, status } = start({ mappings, invoker: new RecordingFunction(() => THROWN) })
    await until(() => status().length === 3 && status().every(({ lag }) => lag === 0))
    await stop()

    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }))
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: Contents?.[0]?.Key }))
    const record = JSON.parse((await object.Body?.transformToString()) ?? '')
    assert.equal(record.requestContext.condition, 'RetryAttemptsExhausted')
    assert.equal(
      JSON.parse(record.payload).records[`${topic.name}-0`][0].value,
      Buffer.from('poison').toString('base64'),
    )
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
    assert.ok(!('payload' in JSON.parse(Messages?.[0]?.Body ?? '')))
    const invoker = new RecordingFunction()
    const reader = start({ mappings: [describing(failures)], invoker })
    await until(() => invoker.events.length > 0)
    await reader.stop()
    const dead = JSON.parse(Buffer.from(allOf(invoker)[0]?.value ?? '', 'base64').toString())
    assert.equal(dead.payload.records[`${topic.name}-0`][0].key, Buffer.from('k').toString('base64'))
  })

  test('runs the mappings that CloudFormation deployed, with the deployed function, and ends those that are gone', async () => {
    const topic = await aTopic()
    await topic.send(['1', '2', '3'].map((text) => ({ value: Buffer.from(text) })))
    const cloudFormation = new CloudFormationClient(aws)
    const StackName = `mapping-${Date.now()}`
    const { stop, status } = start({ rereadMs: 200 })
    const ours = () => status().find(({ topics: [name] }) => name === topic.name)

    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(templateOf(topic)) }))
    await until(() => ours()?.lag === 0)
    assert.deepEqual([ours()?.groupId, ours()?.handled, ours()?.lastProcessingResult], [topic.name, 3, 'OK'])
    await cloudFormation.send(new DeleteStackCommand({ StackName }))
    await until(() => ours() === undefined)
    await stop()
  })
})

/** A function that refuses what is no batch of one record: the template's BatchSize counts, not the emulator's default. */
function templateOf({ name }: KafkaTopic) {
  const code = `exports.handler = async ({ records }) => {
    if (Object.values(records).flat().length !== 1) throw new Error('want one record')
    return { batchItemFailures: [] }
  }`
  return {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: code },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Function' },
          SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: brokers.split(',') } },
          SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: name },
          Topics: [name],
          BatchSize: 1,
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
  }
}
