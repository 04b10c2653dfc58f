import { type EncodedRecord, encodeRecord } from '../../packages/lambda-kafka-local/src/core/event-json.ts'
import type { Mapping } from '../../packages/lambda-kafka-local/src/core/mapping.ts'
import type { SourceRecord } from '../../packages/lambda-kafka-local/src/core/source-record.ts'

export const CLUSTER_ARN = 'arn:aws:kafka:us-east-1:123456789012:cluster/demo/751d2973-a626-431c-9d4e-d7975eb44dd7-2'

export function aMapping(fields: Partial<Mapping> = {}): Mapping {
  return {
    id: 'f89f8514-cdd9-4602-9e1f-01a5b77d449b',
    functionName: 'arn:aws:lambda:us-east-1:123456789012:function:consumer',
    source: { kind: 'msk', clusterArn: CLUSTER_ARN },
    brokers: ['b-1.demo:9092', 'b-2.demo:9092'],
    topics: ['orders'],
    groupId: 'group',
    batchSize: 100,
    windowMs: 0,
    start: { kind: 'trim-horizon' },
    filters: [],
    reportBatchItemFailures: false,
    bisect: false,
    maxRetries: Number.POSITIVE_INFINITY,
    maxRecordAgeMs: Number.POSITIVE_INFINITY,
    onFailure: null,
    ...fields,
  }
}

export function aSourceRecord(fields: Partial<SourceRecord> = {}): SourceRecord {
  return {
    topic: 'orders',
    partition: 0,
    offset: 15,
    timestamp: 1_545_084_650_987,
    timestampType: 'CREATE_TIME',
    key: Buffer.from('recordKey'),
    value: Buffer.from('Hello, this is a test.'),
    headers: [],
    ...fields,
  }
}

export function anEncodedRecord(fields: Partial<SourceRecord> = {}, arrivedAt = 0): EncodedRecord {
  return encodeRecord(aSourceRecord(fields), arrivedAt)
}

/** Offsets `from` up to, not including, `to` of one partition. */
export function encodedRecords(from: number, to: number, fields: Partial<SourceRecord> = {}): readonly EncodedRecord[] {
  return Array.from({ length: to - from }, (_, i) => anEncodedRecord({ ...fields, offset: from + i }))
}
