import type { Base64Texts } from './base64-texts.ts'

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

/** Where the key and the value of a record lie among the bytes of others; `keyFrom` or `from` is negative where there is none. */
interface Place {
  readonly keyFrom: number
  readonly keyTo: number
  readonly from: number
  readonly to: number
}

/** A record of an event. Views of its key and value are made for whoever asks; bars of our own form are read without. */
export class EventRecord implements KafkaRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  /** Of this record and some others; the value stands at `from` up to `to`. */
  readonly texts: Base64Texts
  readonly from: number
  readonly to: number
  readonly #keyFrom: number
  readonly #keyTo: number

  constructor(stamp: Omit<KafkaRecord, 'key' | 'value'>, texts: Base64Texts, place: Place) {
    this.topic = stamp.topic
    this.partition = stamp.partition
    this.offset = stamp.offset
    this.timestamp = stamp.timestamp
    this.texts = texts
    this.from = place.from
    this.to = place.to
    this.#keyFrom = place.keyFrom
    this.#keyTo = place.keyTo
  }

  get key(): Uint8Array | null {
    return this.#keyFrom < 0 ? null : this.texts.bytes.subarray(this.#keyFrom, this.#keyTo)
  }

  get value(): Uint8Array | null {
    return this.from < 0 ? null : this.texts.bytes.subarray(this.from, this.to)
  }
}

/** The records of one topic partition, by offset. */
export interface PartitionBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly KafkaRecord[]
}
