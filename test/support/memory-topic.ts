import type { OutgoingRecord, RecordSender } from '../../lake/kafka/kafkajs-sender.ts'
import type { LogBounds } from '../../lake/ledger/completeness.ts'
import type { TopicPartition } from '../../lake/ledger/ledger.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import type { KafkaRecord } from '../../lake/records/kafka-record.ts'
import type { SourceRecord } from '../../packages/lambda-kafka-local/src/core/source-record.ts'
import { NOW } from './bars.ts'

/** A topic of one partition in memory: sent to like a broker's, read like one. */
export class MemoryTopic implements TopicLog, RecordSender {
  readonly records: SourceRecord[] = []
  readonly #topic: string
  /** What the log begins and ends with; offsets without a record were markers, or were compacted away. */
  low = 0
  high = 0

  constructor(topic = 'market.bars') {
    this.#topic = topic
  }

  /** Records as they stand in the log at their own offsets. */
  append(records: readonly KafkaRecord[]): void {
    for (const { key, value, ...record } of records) {
      const bytes = { key: key && Buffer.from(key), value: value && Buffer.from(value) }
      this.records.push({ ...record, ...bytes, timestampType: 'CREATE_TIME', headers: [] })
      this.high = record.offset + 1
    }
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    for (const { key, value, headers = {} } of records) {
      this.records.push({
        topic: this.#topic,
        partition: 0,
        offset: this.high++,
        timestamp: NOW,
        timestampType: 'CREATE_TIME',
        key: key === null ? null : Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
        headers: Object.entries(headers).map(([name, text]) => ({ key: name, value: Buffer.from(text) })),
      })
    }
  }

  async bounds(): Promise<ReadonlyMap<number, LogBounds>> {
    return new Map([[0, { low: this.low, high: this.high }]])
  }

  async *read(_: TopicPartition, from: number, to: number): AsyncGenerator<readonly SourceRecord[]> {
    yield this.records.filter(({ offset }) => offset >= Math.max(from, this.low) && offset < to)
  }

  async close(): Promise<void> {}
}
