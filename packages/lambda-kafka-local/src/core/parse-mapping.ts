/**
 * An event source mapping as AWS describes it (API reference, EventSourceMappingConfiguration), read into the few
 * facts that the poller needs. Defaults and ranges are those of "All Amazon MSK event source configuration
 * parameters in Lambda" (Developer Guide) and of the API reference.
 */
import { randomUUID } from 'node:crypto'
import { UsageError } from '../errors.ts'
import { parseFilters } from './filter-pattern.ts'
import { checkSettings } from './known-settings.ts'
import type { Destination, Mapping, RetryPolicy, StartingPosition } from './mapping.ts'
import type { MappingDescription } from './mapping-description.ts'
import { objectTo, STRICT, type Strictness } from './strictness.ts'

export interface ParseOptions extends Partial<Strictness> {
  /** Names a mapping that has no UUID, and its consumer group: another one for every start, as AWS makes one. @default one made up */
  readonly id?: string
}

/** The batching window of a Kafka mapping that sets none (Developer Guide, "Batching behavior"). */
const DEFAULT_WINDOW_MS = 500
/** What endless retries become once there is a destination (Developer Guide, "Configuring error handling controls for Kafka"). */
const RETRIES_WITH_DESTINATION = 10

/**
 * `brokers` stand in where the description names a cluster by ARN, or overrule what it names.
 * Throws a UsageError where AWS would refuse the description, or where it asks for what is not supported.
 */
export function parseMapping(
  description: MappingDescription,
  brokers: readonly string[] = [],
  options: ParseOptions = {},
): Mapping {
  const strictness = { ...STRICT, ...options }
  checkSettings(description, strictness)
  const functionName = named(description.FunctionArn ?? description.FunctionName, 'function: give FunctionName')
  named(description.Topics?.[0], 'topic: give Topics, a list with one name')
  const id = description.UUID ?? options.id ?? randomUUID()
  return {
    id,
    functionName,
    source: sourceOf(description),
    brokers: brokers.length > 0 ? brokers : ownBrokers(description),
    topics: description.Topics ?? [],
    groupId: groupIdOf(description) ?? id,
    batchSize: integer(description.BatchSize, 'BatchSize', { fallback: 100, min: 1, max: 10_000 }),
    windowMs: windowMs(description.MaximumBatchingWindowInSeconds),
    start: parseStart(description, strictness),
    filters: parseFilters(description.FilterCriteria?.Filters ?? [], strictness),
    reportBatchItemFailures: description.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    ...retriesOf(description, strictness),
  }
}

function retriesOf(description: MappingDescription, strictness: Strictness): RetryPolicy & Pick<Mapping, 'onFailure'> {
  const onFailure = destinationOf(description)
  return {
    bisect: description.BisectBatchOnFunctionError ?? false,
    maxRetries: maxRetries(description.MaximumRetryAttempts, onFailure),
    maxRecordAgeMs: maxRecordAgeMs(description.MaximumRecordAgeInSeconds, strictness),
    onFailure,
  }
}

function named(name: string | undefined, what: string): string {
  if (name) return name
  throw new UsageError(`A mapping names no ${what}.`)
}

function sourceOf({ EventSourceArn }: MappingDescription): Mapping['source'] {
  return EventSourceArn ? { kind: 'msk', clusterArn: EventSourceArn } : { kind: 'self-managed' }
}

function destinationOf({ DestinationConfig, Topics = [] }: MappingDescription): Destination | null {
  const destination = parseDestination(DestinationConfig?.OnFailure?.Destination)
  if (destination?.kind === 'kafka' && Topics.includes(destination.topic)) {
    throw new UsageError(`Topic ${destination.topic} cannot be the on-failure destination of a mapping that reads it.`)
  }
  return destination
}

/** The API's name, or CloudFormation's. */
function ownBrokers({ SelfManagedEventSource }: MappingDescription): readonly string[] {
  const endpoints = SelfManagedEventSource?.Endpoints
  return endpoints?.['KAFKA_BOOTSTRAP_SERVERS'] ?? endpoints?.['KafkaBootstrapServers'] ?? []
}

function groupIdOf(description: MappingDescription): string | undefined {
  return (
    description.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ??
    description.SelfManagedKafkaEventSourceConfig?.ConsumerGroupId
  )
}

function windowMs(seconds: number | undefined): number {
  if (seconds === undefined) return DEFAULT_WINDOW_MS
  return 1000 * integer(seconds, 'MaximumBatchingWindowInSeconds', { fallback: 0, min: 0, max: 300 })
}

function maxRetries(attempts: number | undefined, onFailure: Destination | null): number {
  const value = integer(attempts, 'MaximumRetryAttempts', { fallback: -1, min: -1, max: 10_000 })
  if (value >= 0) return value
  return onFailure ? RETRIES_WITH_DESTINATION : Number.POSITIVE_INFINITY
}

/** Ages from 0 to 59 are within the API's range, and refused: the Kafka page says "60-604800, or -1". */
function maxRecordAgeMs(seconds: number | undefined, strictness: Strictness): number {
  const value = integer(seconds, 'MaximumRecordAgeInSeconds', { fallback: -1, min: -1, max: 604_800 })
  if (value >= 0 && value < 60)
    objectTo(`MaximumRecordAgeInSeconds takes 60 to 604800, or -1; got ${value}.`, strictness)
  return value < 0 ? Number.POSITIVE_INFINITY : 1000 * value
}

function parseStart(description: MappingDescription, strictness: Strictness): StartingPosition {
  const { StartingPosition: name, StartingPositionTimestamp: at } = description
  if (!name) objectTo('A Kafka mapping needs StartingPosition: TRIM_HORIZON, LATEST or AT_TIMESTAMP.', strictness)
  switch (name ?? 'TRIM_HORIZON') {
    case 'TRIM_HORIZON':
      return { kind: 'trim-horizon' }
    case 'LATEST':
      return { kind: 'latest' }
    case 'AT_TIMESTAMP':
      return { kind: 'at-timestamp', epochMs: epochMs(at) }
    default:
      throw new UsageError(`StartingPosition takes TRIM_HORIZON, LATEST or AT_TIMESTAMP; got "${name}".`)
  }
}

function epochMs(at: number | string | Date | undefined): number {
  const value = typeof at === 'number' ? at * 1000 : at === undefined ? Number.NaN : new Date(at).getTime()
  if (Number.isFinite(value)) return Math.floor(value)
  throw new UsageError(
    'StartingPosition AT_TIMESTAMP needs StartingPositionTimestamp: Unix seconds or an ISO 8601 text.',
  )
}

function parseDestination(destination: string | undefined): Destination | null {
  if (!destination) return null
  if (destination.startsWith('kafka://')) return { kind: 'kafka', topic: destination.slice('kafka://'.length) }
  const [, , service, , , ...rest] = destination.split(':')
  if (service === 'sqs' || service === 'sns') return { kind: service, arn: destination }
  if (service === 's3') {
    const [bucket = '', ...path] = rest.join(':').split('/')
    return { kind: 's3', bucket, prefix: path.filter(Boolean).join('/') }
  }
  throw new UsageError(
    `An on-failure destination is an S3 bucket's, an SQS queue's or an SNS topic's ARN, or kafka://<topic>; got "${destination}".`,
  )
}

interface Range {
  readonly fallback: number
  readonly min: number
  readonly max: number
}

function integer(value: number | undefined, name: string, { fallback, min, max }: Range): number {
  if (value === undefined || value === null) return fallback
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new UsageError(`${name} takes a whole number from ${min} to ${max}; got ${JSON.stringify(value)}.`)
}
