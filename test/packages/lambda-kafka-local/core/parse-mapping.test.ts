import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MappingDescription } from '../../../../packages/lambda-kafka-local/src/core/mapping-description.ts'
import { type ParseOptions, parseMapping } from '../../../../packages/lambda-kafka-local/src/core/parse-mapping.ts'
import { UsageError } from '../../../../packages/lambda-kafka-local/src/errors.ts'

function parse(description: object, options: ParseOptions = {}, brokers: readonly string[] = []) {
  return parseMapping(description, brokers, { id: 'made-up', ...options })
}

const LEAST: MappingDescription = {
  UUID: 'f89f8514',
  FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:consumer',
  Topics: ['orders'],
  StartingPosition: 'TRIM_HORIZON',
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['b-1:9092'] } },
}

test('what a description leaves out has the default that AWS documents', () => {
  assert.deepEqual(parse(LEAST), {
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
  const mapping = parse({
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
    ProvisionedPollerConfig: { MinimumPollers: 1 },
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
  const mapping = parse({
    ...LEAST,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:failed' } },
  })

  assert.equal(mapping.maxRetries, 10)
})

test('CloudFormation’s spelling of the brokers is understood, and brokers that are given overrule it', () => {
  const description = { ...LEAST, SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-2:9092'] } } }

  assert.deepEqual(parse(description).brokers, ['b-2:9092'])
  assert.deepEqual(parse(description, {}, ['127.0.0.1:29092']).brokers, ['127.0.0.1:29092'])
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
  ['an unknown setting', { BatchSise: 5 }],
  ['an unknown inner setting', { FilterCriteria: { Filter: [] } }],
] as const) {
  test(`a description with ${what} is refused, leniently too`, () => {
    assert.throws(() => parse({ ...LEAST, ...fields }), UsageError)
    assert.throws(() => parse({ ...LEAST, ...fields }, { lenient: true }), UsageError)
  })
}

const PROVISIONED = { ProvisionedPollerConfig: { MinimumPollers: 1 } }
const SIX = { Filters: Array.from({ length: 6 }, () => ({ Pattern: '{"value":{"a":["b"]}}' })) }

for (const [what, fields] of [
  ['no starting position', { StartingPosition: undefined }],
  [
    'a schema registry',
    { SelfManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'http://x' } } },
  ],
  ['queue mode', { SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Queue' } }],
  ['a setting of streams', { ParallelizationFactor: 2 }],
  ['an on-success destination', { DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sqs:::x' } } }],
  ['bisecting on demand', { BisectBatchOnFunctionError: true }],
  ['retries on demand', { MaximumRetryAttempts: 0 }],
  ['an age on demand', { MaximumRecordAgeInSeconds: 60 }],
  ['partial responses on demand', { FunctionResponseTypes: ['ReportBatchItemFailures'] }],
  ['an age below a minute', { ...PROVISIONED, MaximumRecordAgeInSeconds: 59 }],
  ['six filters', { FilterCriteria: SIX }],
  ['a filter on the key', { FilterCriteria: { Filters: [{ Pattern: '{"key":["a"]}' }] } }],
] as const) {
  test(`a description with ${what} is refused, and passed with a warning where one is lenient`, () => {
    const warnings: string[] = []

    assert.throws(() => parse({ ...LEAST, ...fields }), UsageError)
    parse({ ...LEAST, ...fields }, { lenient: true, warn: (sentence) => void warnings.push(sentence) })

    assert.equal(warnings.length, 1)
  })
}

test('a misspelt setting is refused with the one that is near', () => {
  assert.throws(() => parse({ ...LEAST, BatchSise: 5 }), /no setting BatchSise\. Is BatchSize meant\?/)
})

test('what says nothing of the records, and what AWS adds in its answers, is taken in silence', () => {
  const answer = {
    State: 'Enabled',
    LastModified: new Date(),
    MetricsConfig: { Metrics: ['EventCount'] },
    Queues: null,
  }

  assert.deepEqual(parse({ ...LEAST, ...answer }), parse(LEAST))
})

test('a mapping without a UUID is named, with its group, by whoever starts it', () => {
  const { id, groupId } = parse({ ...LEAST, UUID: undefined })

  assert.deepEqual([id, groupId], ['made-up', 'made-up'])
})
