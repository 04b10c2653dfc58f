/** Events as Lambda gives them to a function, and the records that they are made of. */

import { encodeRecord, eventJson } from './core/event-json.ts'
import type { Mapping } from './core/mapping.ts'
import type { KafkaRecordInput } from './record-input.ts'
import { sourceRecords } from './record-input.ts'

/** The event of a Kafka mapping, as it is in @types/aws-lambda (MSKEvent, SelfManagedKafkaEvent). */
export interface KafkaEvent {
  readonly eventSource: 'aws:kafka' | 'SelfManagedKafka'
  readonly eventSourceArn?: string
  readonly bootstrapServers: string
  readonly records: Readonly<Record<string, KafkaEventRecord[]>>
}

export interface KafkaEventRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME'
  /** Base64; not there where Kafka has null. */
  readonly key?: string
  readonly value?: string
  /** Objects of one name each; bytes are signed. */
  readonly headers: readonly Readonly<Record<string, readonly number[]>>[]
}

export interface KafkaEventOptions {
  readonly topic: string
  readonly records: readonly KafkaRecordInput[]
  /** An MSK cluster's; without it the event is a self-managed cluster's. */
  readonly clusterArn?: string
  /** @default 127.0.0.1:9092 */
  readonly brokers?: readonly string[]
  /** Of records that have none, epoch milliseconds. @default now */
  readonly timestamp?: number
}

/** An event of the records, for a test that calls a handler itself. */
export function kafkaEvent(options: KafkaEventOptions): KafkaEvent {
  const { topic, records, clusterArn, brokers = ['127.0.0.1:9092'], timestamp = Date.now() } = options
  const encoded = sourceRecords(records, { topic, timestamp })
    .toSorted((a, b) => a.partition - b.partition)
    .map((record) => encodeRecord(record, timestamp))
  const source: Mapping['source'] = clusterArn ? { kind: 'msk', clusterArn } : { kind: 'self-managed' }
  return JSON.parse(eventJson(encoded, { source, brokers }))
}
