import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import type { KafkaTopic } from '../support/kafka-topic.ts'
import { lambdaApiStandIn } from '../support/lambda-api-stand-in.ts'
import { HANDLED, RecordingFunction, THROWN } from '../support/recording-function.ts'
import { describing, mappingGround, recordsGiven } from '../support/running-mappings.ts'
import { until } from '../support/until.ts'

describe('an event source mapping among AWS services', () => {
  const { state, start, aTopic, close } = mappingGround()
  const { brokers, clusterArn, endpoint } = state
  const aws = localClientConfig(endpoint)
  after(close)

  test('asks the MSK API for the brokers of a cluster that is named by its ARN', async () => {
    const topic = await aTopic()
    await topic.send([{ value: Buffer.from('x') }])
    const invoker = new RecordingFunction()

    const { stop } = start({ brokers: [], mappings: [describing(topic, { EventSourceArn: clusterArn })], invoker })
    await until('an event', () => invoker.events.length > 0)
    await stop()

    const { eventSource, eventSourceArn, bootstrapServers }: Readonly<Record<string, unknown>> = {
      ...invoker.events[0],
    }
    assert.deepEqual([eventSource, eventSourceArn, bootstrapServers], ['aws:kafka', clusterArn, brokers])
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
    await until('a lag of 0', () => status()[0]?.lag === 0)
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
    await until('a lag of 0 of all three', () => status().length === 3 && status().every(({ lag }) => lag === 0))
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
    await until('an event', () => invoker.events.length > 0)
    await reader.stop()
    const dead = JSON.parse(Buffer.from(recordsGiven(invoker)[0]?.value ?? '', 'base64').toString())
    assert.equal(dead.payload.records[`${topic.name}-0`][0].key, Buffer.from('k').toString('base64'))
  })

  test('runs the mappings that CloudFormation deployed, with the deployed function, and ends those that are gone', async () => {
    const topic = await aTopic()
    await topic.send(['1', '2', '3'].map((text) => ({ value: Buffer.from(text) })))
    // A region of its own: in the others stages have mappings, which are not this test's to run.
    const region = 'eu-north-1'
    const cloudFormation = new CloudFormationClient({ ...aws, region })
    const StackName = `mapping-${Date.now()}`
    const { stop, status } = start({ region, rereadMs: 200 })
    const ours = () => status().find(({ topics: [name] }) => name === topic.name)

    await cloudFormation.send(
      new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(templateOf(topic, brokers)) }),
    )
    await until('the deployed mapping with a lag of 0', () => ours()?.lag === 0)
    assert.deepEqual([ours()?.groupId, ours()?.handled, ours()?.lastProcessingResult], [topic.name, 3, 'OK'])
    await cloudFormation.send(new DeleteStackCommand({ StackName }))
    await until('the end of the mapping that is gone', () => ours() === undefined)
    await stop()
  })
})

/** A function that refuses what is no batch of one record: the template's BatchSize counts, not the emulator's default. */
function templateOf({ name }: KafkaTopic, brokers: string) {
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
          ProvisionedPollerConfig: { MinimumPollers: 1 },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
  }
}
