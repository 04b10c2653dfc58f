/** A record as Kafka has it, nothing decoded. */
export interface SourceRecord {
  readonly topic: string
  readonly partition: number
  /** A safe integer: at a million records a second, 2^53 offsets last 285 years. */
  readonly offset: number
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly timestampType: TimestampType
  readonly key: Buffer | null
  /** Null is a tombstone. */
  readonly value: Buffer | null
  /** In the producer's order; a key may come twice. */
  readonly headers: readonly RecordHeader[]
}

/** Whose clock the timestamp is: the producer's, or the broker's at append (a setting of the topic). */
type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME'

export interface RecordHeader {
  readonly key: string
  readonly value: Buffer | null
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** `topic-partition`, the name that AWS gives a group of records in an event. */
export function groupKey({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}
