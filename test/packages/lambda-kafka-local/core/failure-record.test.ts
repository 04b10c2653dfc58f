import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { eventJson } from '../../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { failureMessages } from '../../../../packages/lambda-kafka-local/src/core/failure-message.ts'
import { failureKey, failureRecord } from '../../../../packages/lambda-kafka-local/src/core/failure-record.ts'
import type { Discard } from '../../../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { aMapping, anEncodedRecord, encodedRecords } from '../../../support/mapping.ts'

const OCCASION = {
  requestId: '316aa6d0-8154-4d1c-9af7-85d5f4a6bc81',
  at: Date.parse('2019-11-14T00:38:06.021Z'),
}
const DISCARD: Discard = {
  condition: 'RetryAttemptsExhausted',
  records: [...encodedRecords(15, 17), anEncodedRecord({ partition: 1, offset: 3 })],
  invocations: 3,
  response: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
}
const SQS = { kind: 'sqs', arn: 'arn:aws:sqs:us-east-1:123456789012:failed' } as const
const S3 = { kind: 's3', bucket: 'failed', prefix: '' } as const

function golden(name: string): unknown {
  return JSON.parse(readFileSync(`test/golden/lambda-kafka-local/${name}.json`, 'utf8'))
}

test('a queue or topic gets what AWS documents: the metadata of a failure, without the records', () => {
  assert.deepEqual(failureRecord(DISCARD, aMapping({ onFailure: SQS }), OCCASION), golden('failure-sqs'))
})

test('a bucket gets the whole event beside it, as text', () => {
  const mapping = aMapping({ onFailure: S3 })

  const { payload, ...metadata } = failureRecord(DISCARD, mapping, OCCASION)

  assert.deepEqual(metadata, golden('failure-sqs'))
  assert.equal(payload, eventJson(DISCARD.records, mapping))
})

test('a timestamp that no calendar can say is told as the number it is', () => {
  const records = [anEncodedRecord({ offset: 1, timestamp: 1e18 }), anEncodedRecord({ offset: 2, timestamp: 0 })]
  const discard = { ...DISCARD, records }

  const { KafkaBatchInfo } = failureRecord(discard, aMapping({ onFailure: SQS }), OCCASION)
  const [message] = failureMessages(discard, aMapping({ onFailure: SQS }), OCCASION)

  const [info] = Object.values(KafkaBatchInfo.recordsInfo)
  assert.equal(info?.firstRecordTimestamp, '1000000000000000000')
  assert.equal(info?.lastRecordTimestamp, '1970-01-01T00:00:00.000Z')
  assert.match(message?.value ?? '', /"timestamp":"1000000000000000000"/)
})

test('a bucket’s keys tell mapping, partition, day and second, and never meet', () => {
  const key = failureKey(DISCARD, aMapping({ onFailure: { ...S3, prefix: 'on-failure' } }), OCCASION)

  assert.equal(
    key,
    'on-failure/aws/lambda/f89f8514-cdd9-4602-9e1f-01a5b77d449b/orders-0/2019/11/14/2019-11-14T00.38.06-316aa6d0-8154-4d1c-9af7-85d5f4a6bc81',
  )
})

test('a record that was never sent has no response context', () => {
  const discard: Discard = { ...DISCARD, condition: 'MaximumPayloadSizeExceeded', invocations: 0, response: null }

  const record = failureRecord(discard, aMapping({ source: { kind: 'self-managed' } }), OCCASION)

  assert.equal(record.responseContext, null)
  assert.equal(record.requestContext.condition, 'MaximumPayloadSizeExceeded')
  assert.ok(!('eventSourceArn' in record.KafkaBatchInfo))
})

test('a topic gets one message a record, with its own key and the record as payload', () => {
  const messages = failureMessages(
    { ...DISCARD, records: [anEncodedRecord(), anEncodedRecord({ offset: 16, key: null })] },
    aMapping({ onFailure: { kind: 'kafka', topic: 'failed' } }),
    OCCASION,
  )

  assert.deepEqual(
    messages.map(({ key }) => key?.toString() ?? null),
    ['recordKey', null],
  )
  const first = JSON.parse(messages[0]?.value ?? '')
  assert.equal(first.requestContext.condition, 'RetriesExhausted')
  assert.deepEqual(first.KafkaBatchInfo.recordInfo, { offset: '15', timestamp: '2018-12-17T22:10:50.987Z' })
  assert.equal(first.payload.records['orders-0'][0].value, 'SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==')
})
