/**
 * kafkajs behind the port RecordSender: pure JavaScript, what AWS's IAM signer documents, held to
 * test/contract/record-sender.ts on a real broker, so that another library is one file. It has had no release since
 * 2023, and sets timers in the past, of which Node 24 warns: NODE_OPTIONS silences that one warning, nothing is patched.
 * gzip because it is built in and every client reads it: 100,000 bars cost 1.0 s of CPU without, 1.4 s with gzip, 1.1 s
 * with zstd. A missing topic is found out after 16 s of tries, for kafkajs takes it for a leader election.
 */
import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer } from 'kafkajs'
import { messageOf, TickerlakeError } from '../errors.ts'

/**
 * Bytes of one request: should all its records be of one partition, their batch stays below the 1,048,588 bytes that
 * a broker takes by default (Kafka, `message.max.bytes`), compressed or not.
 */
const REQUEST_BYTES = 900_000
/** Length of the record's frame, its key and its headers, rounded up. */
const FRAME_BYTES = 128

/** Tries of one request, the waits between them growing from 0.1 s to 5 s: some 20 s in all. */
const RETRY = { retries: 8, initialRetryTime: 100, maxRetryTime: 5_000 }

/**
 * kafkajs as a sender: idempotent, one request in flight, all in-sync replicas acknowledge. A key goes to the
 * partition that Java's clients would choose (murmur2). It connects at the first send and stays connected.
 */
export class KafkajsSender implements RecordSender {
  readonly #kafka: Kafka
  readonly #topic: string
  #producer: Promise<Producer> | undefined

  constructor(kafka: Kafka, topic: string) {
    this.#kafka = kafka
    this.#topic = topic
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    try {
      this.#producer ??= this.#connect()
      const producer = await this.#producer
      for (const messages of requestsOf(records)) {
        await producer.send({ topic: this.#topic, acks: -1, compression: CompressionTypes.GZIP, messages })
      }
    } catch (cause) {
      // The broker may hold part of it; a producer that goes on after that would send out of sequence.
      await this.close()
      const said = messageOf(cause)
      const message = `Kafka did not take ${records.length} records for the topic ${this.#topic}: ${said}`
      throw new TickerlakeError('kafka', message, { retryable: true, cause })
    }
  }

  async close(): Promise<void> {
    const producer = this.#producer
    this.#producer = undefined
    // A connection that never came about, or is gone already, needs no closing.
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined)
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: RETRY,
    })
    await producer.connect()
    return producer
  }
}

function* requestsOf(records: readonly OutgoingRecord[]): Generator<Message[]> {
  let messages: Message[] = []
  let bytes = 0
  for (const record of records) {
    const message = kafkaMessage(record)
    const size = FRAME_BYTES + Buffer.byteLength(message.key ?? '') + Buffer.byteLength(message.value ?? '')
    if (messages.length > 0 && bytes + size > REQUEST_BYTES) {
      yield messages
      messages = []
      bytes = 0
    }
    messages.push(message)
    bytes += size
  }
  if (messages.length > 0) yield messages
}

function kafkaMessage({ key, value, headers }: OutgoingRecord): Message {
  return { key: kafkaBytes(key), value: kafkaBytes(value), ...(headers ? { headers: { ...headers } } : {}) }
}

function kafkaBytes(content: string | Uint8Array | null): string | Buffer | null {
  return content instanceof Uint8Array ? Buffer.from(content) : content
}

/** Sends records to one Kafka topic: all replicas acknowledge, in order within a key, none doubled by a retry. */
export interface RecordSender {
  /** Resolves when the broker has acknowledged every record. */
  send(records: readonly OutgoingRecord[]): Promise<void>
  close(): Promise<void>
}

export interface OutgoingRecord {
  readonly key: string | Uint8Array | null
  /** UTF-8 text, raw bytes, or null for a tombstone. */
  readonly value: string | Uint8Array | null
  readonly headers?: Readonly<Record<string, string>>
}
