/** What a mapping is doing, as data: for a status line, a dashboard, or a test that waits. */
import type { Mapping } from './core/mapping.ts'
import type { PartitionQueue } from './core/partition-queue.ts'
import type { Counts } from './tally.ts'

/** `waiting`: the broker, the group or the topic is out of reach; the next try is on its way. */
export type PollerState = 'starting' | 'running' | 'waiting' | 'stopped'

export interface MappingStatus extends Counts {
  readonly id: string
  readonly functionName: string
  readonly topics: readonly string[]
  readonly groupId: string
  readonly state: PollerState
  readonly partitions: readonly PartitionStatus[]
  /** Records that are not committed, of all partitions; null without partitions, or while one has not told its end. */
  readonly lag: number | null
  readonly bufferedBytes: number
  /** Batches with the function. */
  readonly inFlight: number
  /** The counts under AWS's names ("Event source mapping metrics"). */
  readonly metrics: AwsMetrics
}

export interface AwsMetrics {
  readonly PolledEventCount: number
  readonly FilteredOutEventCount: number
  readonly InvokedEventCount: number
  readonly FailedInvokeEventCount: number
  readonly DroppedEventCount: number
  readonly OnFailureDestinationDeliveredEventCount: number
  readonly CommittedEventCount: number
  readonly PollingErrorCount: number
  readonly InvokeErrorCount: number
  readonly OnFailureDestinationDeliveryErrorCount: number
  readonly MaxOffsetLag: number | null
  readonly SumOffsetLag: number | null
}

interface PartitionStatus {
  readonly topic: string
  readonly partition: number
  readonly committed: number
  readonly highWatermark: number | null
  readonly lag: number | null
  readonly bufferedRecords: number
}

export interface StatusFacts {
  readonly mapping: Mapping
  readonly state: PollerState
  readonly queues: readonly PartitionQueue[]
  readonly inFlight: number
  readonly counts: Counts
}

export function statusOf({ mapping, state, queues, inFlight, counts }: StatusFacts): MappingStatus {
  const partitions = queues.map(partitionStatus)
  const lags = partitions.map(({ lag }) => lag)
  return {
    id: mapping.id,
    functionName: mapping.functionName,
    topics: mapping.topics,
    groupId: mapping.groupId,
    state,
    partitions,
    lag: sumOf(lags),
    bufferedBytes: queues.reduce((sum, { bytes }) => sum + bytes, 0),
    inFlight,
    ...counts,
    metrics: metricsOf(counts, lags),
  }
}

export function metricsOf(counts: Counts, lags: readonly (number | null)[]): AwsMetrics {
  const known = lags.filter((lag) => lag !== null)
  return {
    PolledEventCount: counts.polled,
    FilteredOutEventCount: counts.filtered,
    InvokedEventCount: counts.invokedRecords,
    FailedInvokeEventCount: counts.failedRecords,
    DroppedEventCount: counts.dropped,
    OnFailureDestinationDeliveredEventCount: counts.delivered,
    CommittedEventCount: counts.committed,
    PollingErrorCount: counts.pollingErrors,
    InvokeErrorCount: counts.failures,
    OnFailureDestinationDeliveryErrorCount: counts.deliveryErrors,
    MaxOffsetLag: known.length === 0 ? null : Math.max(...known),
    SumOffsetLag: sumOf(lags),
  }
}

function sumOf(lags: readonly (number | null)[]): number | null {
  if (lags.length === 0) return null
  return lags.reduce((sum, lag) => (sum === null || lag === null ? null : sum + lag))
}

function partitionStatus(queue: PartitionQueue): PartitionStatus {
  const { topic, partition, committed, highWatermark, lag, length } = queue
  return {
    topic,
    partition,
    committed,
    highWatermark: highWatermark ?? null,
    lag: lag ?? null,
    bufferedRecords: length,
  }
}
