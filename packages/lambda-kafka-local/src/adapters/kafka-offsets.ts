/** Between the mapping's words for places in a log and the client's. */
import type { ClusterMetadata } from '@platformatic/kafka'
import type { StartingPosition } from '../core/mapping.ts'
import { groupKey, type TopicPartition } from '../core/source-record.ts'
import { MappingError } from '../errors.ts'

/** Kafka's codes in the place of a timestamp (ListOffsets). */
export const EARLIEST = -2n
export const LATEST = -1n

export function timestampOf(start: StartingPosition): bigint {
  switch (start.kind) {
    case 'trim-horizon':
      return EARLIEST
    case 'latest':
      return LATEST
    case 'at-timestamp':
      return BigInt(start.epochMs)
  }
}

export function partitionCount(metadata: ClusterMetadata): number {
  return [...metadata.topics.values()].reduce((sum, { partitionsCount }) => sum + partitionsCount, 0)
}

export function leaderOf(metadata: ClusterMetadata, topic: string, partition: number): number {
  const leader = metadata.topics.get(topic)?.partitions[partition]?.leader
  if (leader !== undefined && leader >= 0) return leader
  throw new MappingError('kafka_leader', `${topic}-${partition} has no leader now`)
}

export function numbersByTopic(partitions: readonly TopicPartition[]): ReadonlyMap<string, number[]> {
  const grouped = Map.groupBy(partitions, ({ topic }) => topic)
  return new Map([...grouped].map(([topic, group]) => [topic, group.map(({ partition }) => partition)]))
}

/** The client answers by topic, in lists with holes; -1 is Kafka's "none". */
export function asNumbers(offsets: ReadonlyMap<string, readonly (bigint | undefined)[]>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (const [topic, list] of offsets) {
    list.forEach((offset, partition) => {
      if (offset !== undefined && offset >= 0n) numbers.set(groupKey({ topic, partition }), Number(offset))
    })
  }
  return numbers
}
