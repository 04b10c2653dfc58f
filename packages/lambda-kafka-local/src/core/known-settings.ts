/**
 * Every setting that AWS knows for a mapping, and what it means here. A name that is not in the list is a mistake: a
 * misspelt BatchSize that vanishes would be found out in the cloud.
 */
import { UsageError } from '../errors.ts'
import type { MappingDescription } from './mapping-description.ts'
import { objectTo, type Strictness } from './strictness.ts'

/** `quiet`: says nothing of which records a function is given, or is an answer's own (API reference). */
type Meaning = 'honoured' | 'quiet' | 'other-source'

const MAPPING: Readonly<Record<keyof MappingDescription, Meaning>> & Readonly<Record<string, Meaning>> = {
  UUID: 'honoured',
  FunctionArn: 'honoured',
  FunctionName: 'honoured',
  Enabled: 'honoured',
  EventSourceArn: 'honoured',
  Topics: 'honoured',
  SelfManagedEventSource: 'honoured',
  AmazonManagedKafkaEventSourceConfig: 'honoured',
  SelfManagedKafkaEventSourceConfig: 'honoured',
  BatchSize: 'honoured',
  MaximumBatchingWindowInSeconds: 'honoured',
  StartingPosition: 'honoured',
  StartingPositionTimestamp: 'honoured',
  FilterCriteria: 'honoured',
  FunctionResponseTypes: 'honoured',
  BisectBatchOnFunctionError: 'honoured',
  MaximumRetryAttempts: 'honoured',
  MaximumRecordAgeInSeconds: 'honoured',
  DestinationConfig: 'honoured',
  ProvisionedPollerConfig: 'honoured',
  SourceAccessConfigurations: 'quiet',
  MetricsConfig: 'quiet',
  LoggingConfig: 'quiet',
  KMSKeyArn: 'quiet',
  KmsKeyArn: 'quiet',
  Tags: 'quiet',
  State: 'quiet',
  StateTransitionReason: 'quiet',
  LastModified: 'quiet',
  LastProcessingResult: 'quiet',
  EventSourceMappingArn: 'quiet',
  FilterCriteriaError: 'quiet',
  ParallelizationFactor: 'other-source',
  TumblingWindowInSeconds: 'other-source',
  Queues: 'other-source',
  ScalingConfig: 'other-source',
  DocumentDBEventSourceConfig: 'other-source',
}

const NESTED: Readonly<Record<string, readonly string[]>> = {
  SelfManagedEventSource: ['Endpoints'],
  AmazonManagedKafkaEventSourceConfig: ['ConsumerGroupId', 'SchemaRegistryConfig'],
  SelfManagedKafkaEventSourceConfig: ['ConsumerGroupId', 'SchemaRegistryConfig', 'ConsumptionMode'],
  FilterCriteria: ['Filters'],
  DestinationConfig: ['OnFailure', 'OnSuccess'],
  ProvisionedPollerConfig: ['MinimumPollers', 'MaximumPollers', 'PollerGroupName'],
}

/** Refuses what nobody knows, what Kafka mappings do not have, and what is not supported here. */
export function checkSettings(description: MappingDescription, strictness: Strictness): void {
  for (const [name, value] of given(description)) {
    const meaning = Object.hasOwn(MAPPING, name) ? MAPPING[name] : undefined
    if (meaning === undefined) throw unknown(name, Object.keys(MAPPING))
    if (meaning === 'other-source') objectTo(`${name} is a setting of other event sources, not of Kafka.`, strictness)
    checkInner(name, value)
  }
  checkUnsupported(description, strictness)
  checkProvisioned(description, strictness)
}

function checkInner(name: string, value: unknown): void {
  const known = NESTED[name]
  const stranger = given(value).find(([inner]) => known && !known.includes(inner))
  if (known && stranger) throw unknown(`${name}.${stranger[0]}`, known)
}

function checkUnsupported(description: MappingDescription, strictness: Strictness): void {
  const { AmazonManagedKafkaEventSourceConfig: msk, SelfManagedKafkaEventSourceConfig: own } = description
  if (msk?.SchemaRegistryConfig || own?.SchemaRegistryConfig)
    objectTo('SchemaRegistryConfig is not supported: records would be delivered as they are, not decoded.', strictness)
  const mode = own?.ConsumptionMode ?? 'Stream'
  if (mode !== 'Stream') objectTo(`ConsumptionMode takes Stream here; got "${mode}".`, strictness)
  if (given(description.DestinationConfig?.OnSuccess).length > 0)
    objectTo('DestinationConfig.OnSuccess is not a setting of Kafka mappings.', strictness)
}

/** Error handling controls are given in provisioned mode alone ("Configuring error handling controls for Kafka event sources"). */
function checkProvisioned(description: MappingDescription, strictness: Strictness): void {
  if (description.ProvisionedPollerConfig) return
  const wanted = [
    ['BisectBatchOnFunctionError', description.BisectBatchOnFunctionError === true],
    ['MaximumRetryAttempts', (description.MaximumRetryAttempts ?? -1) !== -1],
    ['MaximumRecordAgeInSeconds', (description.MaximumRecordAgeInSeconds ?? -1) !== -1],
    ['FunctionResponseTypes', (description.FunctionResponseTypes?.length ?? 0) > 0],
  ] as const
  const names = wanted.filter(([, isSet]) => isSet).map(([name]) => name)
  if (names.length > 0)
    objectTo(`AWS takes ${names.join(', ')} in provisioned mode only: give ProvisionedPollerConfig too.`, strictness)
}

/** What is said at all: null, as JSON has it for "not set", is nothing. */
function given(value: unknown): readonly [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null)
}

function unknown(name: string, known: readonly string[]): UsageError {
  const last = name.split('.').at(-1) ?? name
  const near = known.find((candidate) => distance(candidate.toLowerCase(), last.toLowerCase()) <= 3)
  return new UsageError(`A mapping has no setting ${name}.${near ? ` Is ${near} meant?` : ''}`)
}

/** Levenshtein's: how many letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
