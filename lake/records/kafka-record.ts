/** A Kafka record as the consumer sees it, whoever delivered it. */
export interface KafkaRecord {
  readonly topic: string
  readonly partition: number
  /** A safe integer: at a million records a second, 2^53 offsets last 285 years. */
  readonly offset: number
  /** Epoch milliseconds, if whoever stamped it kept to that: the producer or the broker, as the topic is configured. */
  readonly timestamp: number
  readonly key: Uint8Array | null
  /** Null is a tombstone. */
  readonly value: Uint8Array | null
}

/** The records of one topic partition, by offset. */
export interface PartitionBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly KafkaRecord[]
}
