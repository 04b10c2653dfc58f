/**
 * What a Kafka topic gets as an on-failure destination: one message per record, with the record's own key and the record
 * itself as payload (Developer Guide, "Using a Kafka topic as an on-failure destination").
 */
import { type EncodedRecord, eventJson } from './event-json.ts'
import { type RequestStamp, timestampText } from './failure-record.ts'
import type { Mapping } from './mapping.ts'
import type { Discard } from './retry-policy.ts'

export interface FailureMessage {
  readonly key: Buffer | null
  readonly value: string
}

export function failureMessages(discard: Discard, mapping: Mapping, stamp: RequestStamp): readonly FailureMessage[] {
  return discard.records.map((record) => ({
    key: keyOf(record),
    value: JSON.stringify(messageOf(record, { discard, mapping, stamp })),
  }))
}

interface Failure {
  readonly discard: Discard
  readonly mapping: Mapping
  readonly stamp: RequestStamp
}

function messageOf(record: EncodedRecord, { discard, mapping, stamp }: Failure) {
  const payload = eventJson([record], mapping)
  return {
    requestContext: {
      requestId: stamp.requestId,
      functionArn: mapping.functionName,
      // The word of this destination's page; the other destinations' pages say RetryAttemptsExhausted.
      condition: discard.condition === 'RetryAttemptsExhausted' ? 'RetriesExhausted' : discard.condition,
      approximateInvokeCount: discard.invocations,
    },
    responseContext: discard.response,
    version: '1.0',
    timestamp: new Date(stamp.at).toISOString(),
    KafkaBatchInfo: {
      batchSize: 1,
      ...(mapping.source.kind === 'msk' ? { eventSourceArn: mapping.source.clusterArn } : {}),
      bootstrapServers: mapping.brokers.join(),
      payloadSize: Buffer.byteLength(payload),
      recordInfo: { offset: String(record.offset), timestamp: timestampText(record.timestamp) },
    },
    payload: JSON.parse(payload),
  }
}

function keyOf({ json }: EncodedRecord): Buffer | null {
  const { key }: { readonly key?: string } = JSON.parse(json)
  return key === undefined ? null : Buffer.from(key, 'base64')
}
