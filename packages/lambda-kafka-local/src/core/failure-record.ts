/**
 * The invocation record that goes to an on-failure destination (Developer Guide, "Capturing discarded batches for Amazon
 * MSK and self-managed Apache Kafka event sources"): metadata for SQS and SNS, the whole event beside it for S3.
 */
import { eventJson } from './event-json.ts'
import type { Mapping } from './mapping.ts'
import type { Discard } from './retry-policy.ts'
import { groupKey } from './source-record.ts'

export interface FailureRecord {
  readonly requestContext: {
    readonly requestId: string
    readonly functionArn: string
    readonly condition: Discard['condition']
    readonly approximateInvokeCount: number
  }
  readonly responseContext: Discard['response']
  readonly version: '1.0'
  readonly timestamp: string
  readonly KafkaBatchInfo: {
    readonly batchSize: number
    /** Left out for a self-managed cluster, which has no ARN. */
    readonly eventSourceArn?: string
    readonly bootstrapServers: string
    readonly payloadSize: number
    readonly recordsInfo: Readonly<Record<string, RecordsInfo>>
  }
  /** The event as JSON text; S3 only. */
  readonly payload?: string
}

interface RecordsInfo {
  readonly firstRecordOffset: string
  readonly lastRecordOffset: string
  readonly firstRecordTimestamp: string
  readonly lastRecordTimestamp: string
}

/** What tells one invocation record from another. */
export interface RequestStamp {
  readonly requestId: string
  /** Epoch milliseconds. */
  readonly at: number
}

export function failureRecord(discard: Discard, mapping: Mapping, { requestId, at }: RequestStamp): FailureRecord {
  const payload = eventJson(discard.records, mapping)
  const arn = mapping.source.kind === 'msk' ? { eventSourceArn: mapping.source.clusterArn } : {}
  return {
    requestContext: {
      requestId,
      functionArn: mapping.functionName,
      condition: discard.condition,
      approximateInvokeCount: discard.invocations,
    },
    responseContext: discard.response,
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    KafkaBatchInfo: {
      batchSize: discard.records.length,
      ...arn,
      bootstrapServers: mapping.brokers.join(),
      payloadSize: Buffer.byteLength(payload),
      recordsInfo: recordsInfo(discard),
    },
    ...(mapping.onFailure?.kind === 's3' ? { payload } : {}),
  }
}

function recordsInfo({ records }: Discard): Readonly<Record<string, RecordsInfo>> {
  const groups = Map.groupBy(records, groupKey)
  return Object.fromEntries([...groups].map(([key, group]) => [key, infoOf(group)]))
}

function infoOf(group: Discard['records']): RecordsInfo {
  const [first, last] = [group[0], group.at(-1)]
  if (!first || !last) throw new Error('a group has at least one record')
  return {
    firstRecordOffset: String(first.offset),
    lastRecordOffset: String(last.offset),
    firstRecordTimestamp: timestampText(first.timestamp),
    lastRecordTimestamp: timestampText(last.timestamp),
  }
}

/** The last instant that a `Date` can hold, epoch milliseconds (ECMA-262, "Time Values"). */
const LAST_INSTANT_MS = 8.64e15

/** A broker may take any 64 bits for a timestamp: what no calendar can say is written as the number it is. */
export function timestampText(epochMs: number): string {
  return Math.abs(epochMs) <= LAST_INSTANT_MS ? new Date(epochMs).toISOString() : String(epochMs)
}

/**
 * The S3 key of an invocation record. AWS documents the form for streams,
 * `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random UUID>`; a Kafka record's shard is its partition.
 */
export function failureKey(discard: Discard, mapping: Mapping, { requestId, at }: RequestStamp): string {
  const iso = new Date(at).toISOString()
  const [first] = discard.records
  const shard = first ? groupKey(first) : 'none'
  const prefix = mapping.onFailure?.kind === 's3' && mapping.onFailure.prefix ? `${mapping.onFailure.prefix}/` : ''
  const day = iso.slice(0, 10).replaceAll('-', '/')
  return `${prefix}aws/lambda/${mapping.id}/${shard}/${day}/${iso.slice(0, 19).replaceAll(':', '.')}-${requestId}`
}
