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

/** A record as an event has it: key and value in base64, or left out. */
export interface GivenRecord extends Omit<KafkaRecord, 'key' | 'value'> {
  readonly key?: string | null
  readonly value?: string | null
}

/** A record of an event, and no more than a look at it: a million live at once. Bytes of its key and value are made for whoever asks; bars of our own form are read without. */
export class EventRecord implements KafkaRecord {
  /** Of this record and some others; the value stands at `from` up to `to`, as long as their bytes are kept. */
  readonly texts: Base64Texts
  readonly from: number
  readonly to: number
  readonly #given: GivenRecord

  constructor(given: GivenRecord, texts: Base64Texts, from: number) {
    this.#given = given
    this.texts = texts
    this.from = from
    this.to = texts.end
  }

  get topic(): string {
    return this.#given.topic
  }

  get partition(): number {
    return this.#given.partition
  }

  get offset(): number {
    return this.#given.offset
  }

  get timestamp(): number {
    return this.#given.timestamp
  }

  get key(): Uint8Array | null {
    return bytesOf(this.#given.key)
  }

  get value(): Uint8Array | null {
    return bytesOf(this.#given.value)
  }

  /** The value in base64, for whoever decodes many at once. */
  get valueText(): string | null {
    return this.#given.value ?? null
  }
}

function bytesOf(text: string | null | undefined): Uint8Array | null {
  return typeof text === 'string' ? Buffer.from(text, 'base64') : null
}

/** The records of one topic partition, by offset. */
export interface PartitionBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly KafkaRecord[]
}
