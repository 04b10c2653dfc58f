import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type MappingDescription,
  parseMapping,
} from '../../../../packages/lambda-kafka-local/src/core/parse-mapping.ts'
import { UsageError } from '../../../../packages/lambda-kafka-local/src/errors.ts'

const LEAST: MappingDescription = {
  UUID: 'f89f8514',
  FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:consumer',
  Topics: ['orders'],
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['b-1:9092'] } },
}

test('what a description leaves out has the default that AWS documents', () => {
  assert.deepEqual(parseMapping(LEAST), {
    id: 'f89f8514',
    functionName: LEAST.FunctionArn,
    source: { kind: 'self-managed' },
    brokers: ['b-1:9092'],
    topics: ['orders'],
    groupId: 'f89f8514',
    batchSize: 100,
    windowMs: 500,
    start: { kind: 'trim-horizon' },
    filters: [],
    reportBatchItemFailures: false,
    bisect: false,
    maxRetries: Number.POSITIVE_INFINITY,
    maxRecordAgeMs: Number.POSITIVE_INFINITY,
    onFailure: null,
  })
})

test('everything that a description says is taken over', () => {
  const mapping = parseMapping({
    ...LEAST,
    EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/demo/75',
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'consumer' },
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 0,
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: 1_545_084_650,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 0,
    MaximumRecordAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failed/of/consumer' } },
  })

  assert.equal(mapping.source.kind, 'msk')
  assert.equal(mapping.groupId, 'consumer')
  assert.equal(mapping.windowMs, 0)
  assert.deepEqual(mapping.start, { kind: 'at-timestamp', epochMs: 1_545_084_650_000 })
  assert.deepEqual([mapping.maxRetries, mapping.maxRecordAgeMs], [0, 60_000])
  assert.deepEqual(mapping.onFailure, { kind: 's3', bucket: 'failed', prefix: 'of/consumer' })
})

test('endless retries become ten where a destination takes what fails', () => {
  const mapping = parseMapping({
    ...LEAST,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:failed' } },
  })

  assert.equal(mapping.maxRetries, 10)
})

test('CloudFormation’s spelling of the brokers is understood, and brokers that are given overrule it', () => {
  const description = { ...LEAST, SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-2:9092'] } } }

  assert.deepEqual(parseMapping(description).brokers, ['b-2:9092'])
  assert.deepEqual(parseMapping(description, ['127.0.0.1:29092']).brokers, ['127.0.0.1:29092'])
})

for (const [what, fields] of [
  ['no function', { FunctionArn: undefined }],
  ['no topic', { Topics: [] }],
  ['a batch size of 0', { BatchSize: 0 }],
  ['a batch size above 10,000', { BatchSize: 10_001 }],
  ['a window above 300 s', { MaximumBatchingWindowInSeconds: 301 }],
  ['an unknown starting position', { StartingPosition: 'NOW' }],
  ['AT_TIMESTAMP without a timestamp', { StartingPosition: 'AT_TIMESTAMP' }],
  ['a destination of another service', { DestinationConfig: { OnFailure: { Destination: 'arn:aws:kinesis:::x' } } }],
  ['its own topic as destination', { DestinationConfig: { OnFailure: { Destination: 'kafka://orders' } } }],
] as const) {
  test(`a description with ${what} is refused`, () => {
    assert.throws(() => parseMapping({ ...LEAST, ...fields }), UsageError)
  })
}
