/**
 * The event of a Kafka event source mapping, of Amazon MSK and of self-managed clusters alike
 * (AWS, "Using Lambda with Amazon MSK", "Example event"): records in groups by `topic-partition`, keys and values in base64.
 */
import { UsageError } from '../errors.ts'
import { Base64Texts, isBase64, TOGETHER } from './base64-texts.ts'
import { EventRecord, type GivenRecord, type KafkaRecord, type PartitionBatch } from './kafka-record.ts'

/** `aws:SelfManagedKafka` is what older documentation calls the second. */
const EVENT_SOURCES: ReadonlySet<unknown> = new Set(['aws:kafka', 'SelfManagedKafka', 'aws:SelfManagedKafka'])

/** The batches of an event, one per topic partition. An event of another shape is a misuse: it throws and nothing is landed. */
export function partitionBatches(event: unknown): PartitionBatch[] {
  if (!isObject(event)) throw wrong('the event', 'an object', event)
  if (!EVENT_SOURCES.has(event['eventSource'])) {
    throw wrong('eventSource', 'aws:kafka or SelfManagedKafka', event['eventSource'])
  }
  const groups = event['records']
  if (!isObject(groups)) throw wrong('records', 'an object of arrays by topic-partition', groups)
  return Object.entries(groups)
    .map(([group, records]) => batchOf(group, records))
    .filter(({ records }) => records.length > 0)
}

/** Which cluster an event says that it is of; a self-managed one has no ARN. */
export interface EventSource {
  readonly clusterArn: string | undefined
  /** `host:port`; empty where the event does not say. */
  readonly brokers: readonly string[]
}

export function eventSourceOf(event: unknown): EventSource {
  const { eventSourceArn: arn, bootstrapServers: servers } = isObject(event) ? event : {}
  return {
    clusterArn: typeof arn === 'string' ? arn : undefined,
    brokers: typeof servers === 'string' ? servers.split(',').map((broker) => broker.trim()) : [],
  }
}

/** How the mapping names a topic partition: in an event's groups and in the answer's `itemIdentifier`. */
export function groupOf({ topic, partition }: Pick<PartitionBatch, 'topic' | 'partition'>): string {
  return `${topic}-${partition}`
}

type Fields = Readonly<Record<string, unknown>>

const GROUP = /^(?<topic>[A-Za-z0-9._-]{1,249})-(?<partition>\d{1,10})$/

function batchOf(group: string, records: unknown): PartitionBatch {
  const name = GROUP.exec(group)?.groups
  if (!name) throw wrong('a group of records', 'a name like market.bars-0', group)
  if (!Array.isArray(records)) throw wrong(`records["${group}"]`, 'an array', records)
  const at = { topic: name['topic'] ?? '', partition: Number(name['partition']) }
  return { ...at, records: new BatchReader(at, group).records(records) }
}

/** Room that a batch is given at once, by what its first records need: many small pieces would have the collector look at all that lives. */
const SPARE = 1.05
/**
 * Bytes of a batch that are kept: more than an event of Lambda can have. What more there is, is decoded a second
 * time where it is read: so much memory outside of the heap would have the collector look at all that lives, again and
 * again (docs/decisions/0285).
 */
const MOST_KEPT = 8 * 1024 * 1024

/** Nowhere, for what is null. */
const ABSENT = -1

class BatchReader {
  readonly #at: Pick<PartitionBatch, 'topic' | 'partition'>
  readonly #group: string
  #free = Buffer.alloc(0)
  #kept = 0

  constructor(at: Pick<PartitionBatch, 'topic' | 'partition'>, group: string) {
    this.#at = at
    this.#group = group
  }

  records(all: readonly unknown[]): KafkaRecord[] {
    const records: KafkaRecord[] = []
    for (let from = 0; from < all.length; from += TOGETHER) {
      const to = Math.min(from + TOGETHER, all.length)
      const texts = new Base64Texts()
      for (let index = from; index < to; index++) records.push(this.#record(all[index], index, texts))
      const isWhole = this.#decode(texts, (all.length - from) / (to - from))
      if (!isWhole) throw this.#notBase64(all.slice(from, to), from)
    }
    return records
  }

  /** Whether all are base64; `share` is how many times as many are left. */
  #decode(texts: Base64Texts, share: number): boolean {
    const { size } = texts
    const isKept = this.#kept + size <= MOST_KEPT
    const wanted = Math.min(Math.ceil(size * share * SPARE), MOST_KEPT - this.#kept)
    if (this.#free.length < size) this.#free = Buffer.allocUnsafeSlow(Math.max(size, wanted))
    const isWhole = texts.decode(this.#free)
    if (isKept) {
      this.#free = this.#free.subarray(size)
      this.#kept += size
    } else texts.forget()
    return isWhole
  }

  #record(record: unknown, index: number, texts: Base64Texts): EventRecord {
    if (!isObject(record)) throw this.#wrong(index, '', 'an object', record)
    const { topic, partition, offset, timestamp } = record
    if (topic !== this.#at.topic) throw this.#wrong(index, '.topic', this.#at.topic, topic)
    if (partition !== this.#at.partition) throw this.#wrong(index, '.partition', String(this.#at.partition), partition)
    if (!isOffset(offset)) {
      throw this.#wrong(index, '.offset', Number.isSafeInteger(offset) ? 'at least 0' : 'a whole number', offset)
    }
    // However large: brokers take timestamps that no clock shows, and one of them must not cost the event its other records.
    if (!isWhole(timestamp)) throw this.#wrong(index, '.timestamp', 'a whole number', timestamp)
    const { key, value } = record
    if (!isText(key)) throw this.#wrong(index, '.key', 'base64 text or null', key)
    if (!isText(value)) throw this.#wrong(index, '.value', 'base64 text or null', value)
    if (typeof key === 'string') texts.add(key)
    const from = typeof value === 'string' ? texts.add(value) : ABSENT
    return new EventRecord(record as unknown as GivenRecord, texts, from)
  }

  /** Which of some records it is that is not in base64. */
  #notBase64(records: readonly unknown[], first: number): UsageError {
    for (const [at, record] of records.entries()) {
      for (const field of ['key', 'value'] as const) {
        const text = isObject(record) ? record[field] : undefined
        if (typeof text === 'string' && !isBase64(text)) return this.#wrong(first + at, `.${field}`, 'base64', text)
      }
    }
    return this.#wrong(first, ' and what follows', 'base64', undefined)
  }

  #wrong(index: number, field: string, want: string, got: unknown): UsageError {
    return wrong(`records["${this.#group}"][${index}]${field}`, want, got)
  }
}

/** Lambda leaves an absent key or value out, or gives null. */
function isText(value: unknown): value is string | null | undefined {
  return typeof value === 'string' || value === null || value === undefined
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** At most 60 characters of what was got: an event can hold 6 MB. */
function wrong(what: string, want: string, got: unknown): UsageError {
  const shown = (
    typeof got === 'object' ? (Array.isArray(got) ? 'an array' : got ? 'an object' : 'null') : String(got)
  ).slice(0, 60)
  return new UsageError(
    `Not the event of a Kafka event source mapping: ${what} should be ${want}, got ${shown}. The consumer is invoked by its mapping, not by hand.`,
  )
}
