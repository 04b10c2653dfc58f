/**
 * An event source mapping as AWS describes it (API reference, EventSourceMappingConfiguration), read into the few
 * facts that the poller needs. Defaults and ranges are those of "All Amazon MSK event source configuration
 * parameters in Lambda" (Developer Guide) and of the API reference.
 */
import { UsageError } from '../errors.ts'
import { parseFilters } from './filter-pattern.ts'
import type { Destination, Mapping, RetryPolicy, StartingPosition } from './mapping.ts'

/** The part of AWS's description that counts here; the answers of the SDK and hand-written JSON files both fit. */
export interface MappingDescription {
  readonly UUID?: string | undefined
  readonly FunctionArn?: string | undefined
  readonly FunctionName?: string | undefined
  readonly EventSourceArn?: string | undefined
  readonly Topics?: readonly string[] | undefined
  readonly SelfManagedEventSource?:
    | { readonly Endpoints?: { readonly [name: string]: readonly string[] | undefined } | undefined }
    | undefined
  readonly AmazonManagedKafkaEventSourceConfig?: { readonly ConsumerGroupId?: string | undefined } | undefined
  readonly SelfManagedKafkaEventSourceConfig?: { readonly ConsumerGroupId?: string | undefined } | undefined
  readonly BatchSize?: number | undefined
  readonly MaximumBatchingWindowInSeconds?: number | undefined
  readonly StartingPosition?: string | undefined
  /** Unix seconds, an ISO text, or the SDK's Date. */
  readonly StartingPositionTimestamp?: number | string | Date | undefined
  readonly FilterCriteria?:
    | { readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined }
    | undefined
  readonly FunctionResponseTypes?: readonly string[] | undefined
  readonly BisectBatchOnFunctionError?: boolean | undefined
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumRecordAgeInSeconds?: number | undefined
  readonly DestinationConfig?:
    | { readonly OnFailure?: { readonly Destination?: string | undefined } | undefined }
    | undefined
  readonly ProvisionedPollerConfig?:
    | { readonly MinimumPollers?: number | undefined; readonly MaximumPollers?: number | undefined }
    | undefined
}

/** The batching window of a Kafka mapping that sets none (Developer Guide, "Batching behavior"). */
const DEFAULT_WINDOW_MS = 500
/** What endless retries become once there is a destination (Developer Guide, "Configuring error handling controls for Kafka"). */
const RETRIES_WITH_DESTINATION = 10

/** `brokers` stands in where the description names a cluster by ARN, or overrules what it names. */
export function parseMapping(description: MappingDescription, brokers: readonly string[] = []): Mapping {
  const functionName = named(description.FunctionArn ?? description.FunctionName, 'function: give FunctionName')
  const topic = named(description.Topics?.[0], 'topic: give Topics, a list with one name')
  const id = description.UUID ?? `${functionName}-${topic}`
  return {
    id,
    functionName,
    source: sourceOf(description),
    brokers: brokers.length > 0 ? brokers : ownBrokers(description),
    topics: description.Topics ?? [],
    groupId: groupIdOf(description) ?? id,
    batchSize: integer(description.BatchSize, 'BatchSize', { fallback: 100, min: 1, max: 10_000 }),
    windowMs: windowMs(description.MaximumBatchingWindowInSeconds),
    start: parseStart(description),
    filters: parseFilters(description.FilterCriteria?.Filters ?? []),
    reportBatchItemFailures: description.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    ...retriesOf(description),
  }
}

function retriesOf(description: MappingDescription): RetryPolicy & Pick<Mapping, 'onFailure'> {
  const onFailure = destinationOf(description)
  return {
    bisect: description.BisectBatchOnFunctionError ?? false,
    maxRetries: maxRetries(description.MaximumRetryAttempts, onFailure),
    maxRecordAgeMs: maxRecordAgeMs(description.MaximumRecordAgeInSeconds),
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

function maxRecordAgeMs(seconds: number | undefined): number {
  const value = integer(seconds, 'MaximumRecordAgeInSeconds', { fallback: -1, min: -1, max: 604_800 })
  return value < 0 ? Number.POSITIVE_INFINITY : 1000 * value
}

function parseStart({ StartingPosition: name, StartingPositionTimestamp: at }: MappingDescription): StartingPosition {
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
