/**
 * The event of a Kafka event source mapping, of Amazon MSK and of self-managed clusters alike
 * (AWS, "Using Lambda with Amazon MSK", "Example event"): records in groups by `topic-partition`, keys and values in base64.
 */
import { UsageError } from '../errors.ts'
import { EventRecord, type KafkaRecord, type PartitionBatch } from './kafka-record.ts'
import type { Stretch } from './words.ts'

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
  const reader = new BatchReader(at, group, records)
  return { ...at, records: records.map((record, index) => reader.record(record, index)) }
}

/** Keys that came before: those of the next batch mostly are the same, the symbols. */
const warmKeys = new Map<string, Buffer>()
const MOST_KEYS = 20_000
const LONGEST_KEPT = 64

function keepKey(text: string, key: Buffer): void {
  if (text.length > LONGEST_KEPT) return
  if (warmKeys.size === MOST_KEYS) warmKeys.clear()
  warmKeys.set(text, key)
}

/** Decodes the values of a batch into one buffer, and its keys, of which there are few, once each. */
class BatchReader {
  readonly #at: Pick<PartitionBatch, 'topic' | 'partition'>
  readonly #group: string
  readonly #bytes: Buffer
  #end = 0

  constructor(at: Pick<PartitionBatch, 'topic' | 'partition'>, group: string, records: readonly unknown[]) {
    this.#at = at
    this.#group = group
    this.#bytes = Buffer.allocUnsafeSlow(records.reduce(addSize, 0))
  }

  record(record: unknown, index: number): KafkaRecord {
    if (!isObject(record)) throw this.#wrong(index, '', 'an object', record)
    const { topic, partition, offset, timestamp } = record
    if (topic !== this.#at.topic) throw this.#wrong(index, '.topic', this.#at.topic, topic)
    if (partition !== this.#at.partition) throw this.#wrong(index, '.partition', String(this.#at.partition), partition)
    if (!isOffset(offset)) {
      throw this.#wrong(index, '.offset', Number.isSafeInteger(offset) ? 'at least 0' : 'a whole number', offset)
    }
    // However large: brokers take timestamps that no clock shows, and one of them must not cost the event its other records.
    if (!isWhole(timestamp)) throw this.#wrong(index, '.timestamp', 'a whole number', timestamp)
    const key = this.#key(record['key'], index)
    const { from, to } = this.#value(record['value'], index)
    return new EventRecord({ topic, partition, offset, timestamp, key }, { bytes: this.#bytes, from, to })
  }

  #key(text: unknown, index: number): Buffer | null {
    if (isAbsent(text)) return null
    if (typeof text !== 'string') throw this.#wrong(index, '.key', 'base64 text or null', text)
    const known = warmKeys.get(text)
    if (known) return known
    const key = Buffer.from(text, 'base64')
    if (key.length !== sizeOf(text)) throw this.#wrong(index, '.key', 'base64', text)
    keepKey(text, key)
    return key
  }

  #value(text: unknown, index: number): Stretch {
    if (isAbsent(text)) return NOWHERE
    if (typeof text !== 'string') throw this.#wrong(index, '.value', 'base64 text or null', text)
    const from = this.#end
    this.#end += this.#bytes.write(text, from, 'base64')
    if (this.#end - from !== sizeOf(text)) throw this.#wrong(index, '.value', 'base64', text)
    return { from, to: this.#end }
  }

  #wrong(index: number, field: string, want: string, got: unknown): UsageError {
    return wrong(`records["${this.#group}"][${index}]${field}`, want, got)
  }
}

/** Where no value is. */
const NOWHERE: Stretch = { from: -1, to: -1 }

function addSize(sum: number, record: unknown): number {
  return isObject(record) ? sum + sizeOf(record['value']) : sum
}

const PADDING = '='.charCodeAt(0)

/** The bytes of a text in base64, as `Buffer.byteLength` says it at a third of the time. What is not base64 is skipped, and makes fewer. */
function sizeOf(text: unknown): number {
  if (typeof text !== 'string') return 0
  let digits = text.length
  if (text.charCodeAt(digits - 1) === PADDING) digits--
  if (digits > 1 && text.charCodeAt(digits - 1) === PADDING) digits--
  return Math.floor(digits * 0.75)
}

/** Lambda leaves an absent key or value out, or gives null. */
function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
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
