/** A topic as the broker has it, read from outside every consumer group: nothing is joined, nothing committed. */
import type { LogBounds } from './completeness.ts'
import type { TopicPartition } from './ledger.ts'

/** A record as the broker keeps it, nothing decoded. */
export interface LoggedRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME'
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}

export interface TopicLog {
  /** The bounds of each partition, by its number. Throws where there is no such topic. */
  bounds(topic: string): Promise<ReadonlyMap<number, LogBounds>>
  /** The records from offset `from` up to, not including, `to`, some at a time. */
  read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LoggedRecord[]>
  close(): Promise<void>
}

/** The first record from offset `from` on and before `to`: what a transaction took back, and its marker, are none. */
export async function firstRecord(
  log: TopicLog,
  at: TopicPartition,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<LoggedRecord | undefined> {
  for await (const [first] of log.read(at, from, to)) if (first) return first
  return undefined
}
