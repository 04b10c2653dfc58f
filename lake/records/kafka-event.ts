/**
 * The event of a Kafka event source mapping, of Amazon MSK and of self-managed clusters alike
 * (AWS, "Using Lambda with Amazon MSK", "Example event"): records in groups by `topic-partition`, keys and values in base64.
 */
import { UsageError } from '../errors.ts'
import type { KafkaRecord, PartitionBatch } from './kafka-record.ts'

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
  return { ...at, records: records.map((record, i) => recordOf(record, at, `records["${group}"][${i}]`)) }
}

function recordOf(record: unknown, at: Pick<PartitionBatch, 'topic' | 'partition'>, where: string): KafkaRecord {
  if (!isObject(record)) throw wrong(where, 'an object', record)
  if (record['topic'] !== at.topic) throw wrong(`${where}.topic`, at.topic, record['topic'])
  if (record['partition'] !== at.partition) throw wrong(`${where}.partition`, String(at.partition), record['partition'])
  const offset = integer(record, 'offset', where)
  if (offset < 0) throw wrong(`${where}.offset`, 'at least 0', offset)
  return {
    ...at,
    offset,
    timestamp: timestampOf(record, where),
    key: bytes(record, 'key', where),
    value: bytes(record, 'value', where),
  }
}

function integer(record: Fields, name: string, where: string): number {
  const value = record[name]
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw wrong(`${where}.${name}`, 'a whole number', value)
  return value
}

/** However large: brokers take timestamps that no clock shows, and one of them must not cost the event its other records. */
function timestampOf(record: Fields, where: string): number {
  const value = record['timestamp']
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong(`${where}.timestamp`, 'a whole number', value)
  return value
}

/** Lambda leaves an absent key or value out or gives null. `Buffer` skips what is not base64, so a shorter answer is a fault. */
function bytes(record: Fields, name: string, where: string): Uint8Array | null {
  const value = record[name]
  if (value === null || value === undefined) return null
  if (typeof value !== 'string') throw wrong(`${where}.${name}`, 'base64 text or null', value)
  const decoded = Buffer.from(value, 'base64')
  if (decoded.length !== Buffer.byteLength(value, 'base64')) throw wrong(`${where}.${name}`, 'base64', value)
  return decoded
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
