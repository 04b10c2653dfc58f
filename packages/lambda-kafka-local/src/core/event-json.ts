/**
 * The event that Lambda gives a function for Kafka records, in the form of AWS's examples
 * (AWS Lambda Developer Guide, "Using Lambda with Amazon MSK" and "… with self-managed Apache Kafka", example events).
 * Each record is turned into JSON once, on arrival: its size is then known, and an event is a concatenation.
 */
import type { Mapping } from './mapping.ts'
import { groupKey, type RecordHeader, type SourceRecord } from './source-record.ts'

/** What an event says of where it comes from. */
export type EventOrigin = Pick<Mapping, 'source' | 'brokers'>

/** A record on its way: its place, its age and its JSON; the raw bytes are let go. */
export interface EncodedRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Epoch milliseconds, Kafka's. */
  readonly timestamp: number
  readonly json: string
  /** UTF-8 bytes of `json`. */
  readonly bytes: number
  /** Epoch milliseconds at which the poller got it: the batching window counts from here. */
  readonly arrivedAt: number
}

/** A payload of a synchronous invocation: 6 MB, and not one byte more (Developer Guide, "Lambda quotas"). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024

export function encodeRecord(record: SourceRecord, arrivedAt: number): EncodedRecord {
  const { topic, partition, offset, timestamp } = record
  const json = recordJson(record)
  return { topic, partition, offset, timestamp, json, bytes: Buffer.byteLength(json), arrivedAt }
}

/** Null keys and values are left out, as AWS does (seen in aws-powertools/powertools-lambda-typescript issue 5016). */
function recordJson({ topic, partition, offset, timestamp, timestampType, key, value, headers }: SourceRecord): string {
  const place = `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${offset}`
  const time = `,"timestamp":${timestamp},"timestampType":"${timestampType}"`
  const keyJson = key === null ? '' : `,"key":"${key.toString('base64')}"`
  const valueJson = value === null ? '' : `,"value":"${value.toString('base64')}"`
  return `${place}${time}${keyJson}${valueJson},"headers":[${headers.map(headerJson).join()}]}`
}

/**
 * Header bytes are Java's: signed, so 0xC3 is -61
 * (seen in aws-powertools/powertools-lambda-python issue 6862 and aws/aws-lambda-dotnet pull request 1476).
 */
function headerJson({ key, value }: RecordHeader): string {
  const bytes = value === null ? 'null' : `[${new Int8Array(value).join()}]`
  return `{${JSON.stringify(key)}:${bytes}}`
}

/** The event around records; those of one partition must stand together, in their order. */
export function eventJson(records: readonly EncodedRecord[], mapping: EventOrigin): string {
  const groups: string[] = []
  for (let start = 0; start < records.length; ) {
    const end = groupEnd(records, start)
    const lines = records.slice(start, end).map((record) => record.json)
    groups.push(`${groupHead(records[start] as EncodedRecord)}${lines.join()}]`)
    start = end
  }
  return `${eventHead(mapping)}${groups.join()}}}`
}

function groupEnd(records: readonly EncodedRecord[], start: number): number {
  const { topic, partition } = records[start] as EncodedRecord
  let end = start + 1
  while (records[end]?.partition === partition && records[end]?.topic === topic) end++
  return end
}

function groupHead(record: EncodedRecord): string {
  return `${JSON.stringify(groupKey(record))}:[`
}

function eventHead({ source, brokers }: EventOrigin): string {
  const servers = `"bootstrapServers":${JSON.stringify(brokers.join())},"records":{`
  return source.kind === 'msk'
    ? `{"eventSource":"aws:kafka","eventSourceArn":${JSON.stringify(source.clusterArn)},${servers}`
    : `{"eventSource":"SelfManagedKafka",${servers}`
}

/** What an event weighs before its first group: the head and the two closing braces. */
export function eventHeadBytes(mapping: Mapping): number {
  return Buffer.byteLength(eventHead(mapping)) + 2
}

/** What a group adds to its records' bytes: its name, brackets and the comma before it; each record adds a comma too. */
export function groupHeadBytes(topic: string, partition: number): number {
  return Buffer.byteLength(JSON.stringify(groupKey({ topic, partition }))) + 4
}
