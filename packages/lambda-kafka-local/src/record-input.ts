/** Records as a test writes them down, and the records of Kafka that they become. */
import type { RecordHeader, SourceRecord } from './core/source-record.ts'
import { UsageError } from './errors.ts'

/** Text is sent as UTF-8, bytes as they are, anything else as JSON; null is null. */
export type Content = string | Uint8Array | null | object | number | boolean

export interface KafkaRecordInput {
  /** @default null */
  readonly key?: Content
  readonly value: Content
  readonly headers?: Readonly<Record<string, string | Uint8Array>>
  /** @default 0 */
  readonly partition?: number
  /** @default one more than the record's before it in the partition, 0 for the first */
  readonly offset?: number
  /** Epoch milliseconds. */
  readonly timestamp?: number
}

interface Defaults {
  readonly topic: string
  readonly timestamp: number
}

/** In the order that they are given; each partition's offsets ascend. */
export function sourceRecords(inputs: readonly KafkaRecordInput[], defaults: Defaults): readonly SourceRecord[] {
  const next = new Map<number, number>()
  return inputs.map((input) => {
    const { partition = 0 } = input
    const least = next.get(partition) ?? 0
    const { offset = least } = input
    if (offset < least) throw new UsageError(`Offsets of a partition ascend; got ${offset} after ${least - 1}.`)
    next.set(partition, offset + 1)
    return {
      topic: defaults.topic,
      partition,
      offset,
      timestamp: input.timestamp ?? defaults.timestamp,
      timestampType: 'CREATE_TIME',
      key: bytesOf(input.key ?? null),
      value: bytesOf(input.value),
      headers: headersOf(input.headers),
    }
  })
}

function bytesOf(content: Content): Buffer | null {
  if (content === null) return null
  if (content instanceof Uint8Array) return Buffer.from(content)
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
}

function headersOf(headers: KafkaRecordInput['headers'] = {}): readonly RecordHeader[] {
  return Object.entries(headers).map(([key, value]) => ({ key, value: Buffer.from(value) }))
}
