/** What a mapping needs of the world: a Kafka group member, a function, and a place for what failed. */
import type { InvokeAnswer } from './core/answer.ts'
import type { Mapping } from './core/mapping.ts'
import type { Discard } from './core/retry-policy.ts'
import type { SourceRecord, TopicPartition } from './core/source-record.ts'
import { MappingError } from './errors.ts'

/** Makes members of a mapping's consumer group, one at a time: after a failure the old one is closed and a new one joins. */
export interface RecordSource {
  /** Joins the group; rejects where broker or topic cannot be reached. */
  join(mapping: Mapping): Promise<GroupMember>
}

/**
 * A member of a consumer group that is asked, never pushed: what is not fetched stays with the broker.
 * Any call may reject; the member is then of no more use.
 */
export interface GroupMember {
  assignment(): Assignment
  /**
   * Where each partition starts: at what the group committed, else at the mapping's starting position.
   * An offset that the log no longer (or not yet) has is replaced by the log's first.
   */
  startOffsets(partitions: readonly TopicPartition[]): Promise<readonly Position[]>
  /** Records from the positions on, at most a bounded number of bytes; waits up to `waitMs` where there are none. */
  fetch(from: readonly Position[], waitMs: number): Promise<readonly Fetched[]>
  commit(positions: readonly Position[]): Promise<void>
  /** Leaves the group and closes the connections. */
  close(): Promise<void>
}

export interface Assignment {
  /** Rises by one with every assignment that followed the one before without a gap; jumps where one was missed. */
  readonly generation: number
  readonly partitions: readonly TopicPartition[]
}

export interface Position extends TopicPartition {
  readonly offset: number
}

export interface Fetched extends TopicPartition {
  readonly records: readonly SourceRecord[]
  /** Where the next fetch goes on: behind the last record, and behind what the log holds for itself. */
  readonly nextOffset: number
  readonly highWatermark: number
}

export interface FunctionInvoker {
  /** Rejects with a UsageError where no function can be invoked from here at all. */
  prepare?(): Promise<void>
  /** Never rejects for what a function or its service does: that is an answer. Rejects when aborted. */
  invoke(functionName: string, payload: string, signal: AbortSignal): Promise<InvokeAnswer>
  /** Lets go of what it holds. */
  close?(): Promise<void>
}

export interface FailureDestination {
  /** Rejects with a UsageError where the mapping's destination cannot be reached from here at all. */
  prepare?(mapping: Mapping): Promise<void>
  /**
   * Resolves when the destination has the record for good. Rejects with an Undeliverable where it never will; after any
   * other rejection it is tried again.
   */
  deliver(discard: Discard, mapping: Mapping): Promise<void>
}

/** What no other try would deliver: the record is too large, or there is no such topic, queue or bucket. */
export class Undeliverable extends MappingError {
  constructor(cause: unknown) {
    super('undeliverable', cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause })
    this.name = 'Undeliverable'
  }
}

/** Is told what happens, for whoever keeps it. */
export interface MappingObserver {
  invoked(payload: string, answer: InvokeAnswer): void
  discarded(discard: Discard, isDelivered: boolean): void
}
