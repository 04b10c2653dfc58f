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

/** A record whose value lies among those of its batch. A view of it is made for whoever asks; bars of our own form are read without. */
export class EventRecord implements KafkaRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: Uint8Array | null
  /** The values of the batch; this one stands at `from` up to `to`, none at -1. */
  readonly bytes: Buffer
  readonly from: number
  readonly to: number

  constructor(stamp: Omit<KafkaRecord, 'value'>, place: Pick<EventRecord, 'bytes' | 'from' | 'to'>) {
    this.topic = stamp.topic
    this.partition = stamp.partition
    this.offset = stamp.offset
    this.timestamp = stamp.timestamp
    this.key = stamp.key
    this.bytes = place.bytes
    this.from = place.from
    this.to = place.to
  }

  get value(): Uint8Array | null {
    return this.from < 0 ? null : this.bytes.subarray(this.from, this.to)
  }
}

/** The records of one topic partition, by offset. */
export interface PartitionBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly KafkaRecord[]
}
