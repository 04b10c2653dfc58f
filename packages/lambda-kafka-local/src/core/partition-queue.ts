/**
 * One assigned partition: what was fetched and waits, what is on its way, and how far the group may commit.
 * Only a prefix may be committed: everything before the first record whose outcome is not known. Filtered records,
 * control records and holes of a compacted log need no bookkeeping of their own: they lie before `position`.
 */
import type { EncodedRecord } from './event-json.ts'
import { groupKey, type TopicPartition } from './source-record.ts'

export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  readonly key: string
  /** The next offset to fetch. */
  position: number
  /** The broker's end of the partition, as the last fetch told; undefined before the first. */
  highWatermark: number | undefined
  /** What the group has committed here. */
  committed: number
  /** A batch with records of this partition is with the function: no other may be started, or order is lost. */
  busy = false
  #waiting: EncodedRecord[] = []
  #head = 0
  #bytes = 0
  /** Offsets fetched and not settled, ascending. */
  #open: number[] = []
  #openHead = 0
  readonly #settled = new Set<number>()

  constructor({ topic, partition }: TopicPartition, position: number) {
    this.topic = topic
    this.partition = partition
    this.key = groupKey({ topic, partition })
    this.position = position
    this.committed = position
  }

  /** Records that wait, oldest first. */
  get length(): number {
    return this.#waiting.length - this.#head
  }

  /** Bytes of the records that wait. */
  get bytes(): number {
    return this.#bytes
  }

  at(index: number): EncodedRecord | undefined {
    return this.#waiting[this.#head + index]
  }

  /** `nextPosition` is where the next fetch starts: behind the last record, and behind those that were filtered. */
  append(records: readonly EncodedRecord[], nextPosition: number): void {
    for (const record of records) {
      this.#waiting.push(record)
      this.#open.push(record.offset)
      this.#bytes += record.bytes
    }
    this.position = nextPosition
  }

  /** Takes the oldest records out; they stay open until they are settled. */
  take(count: number): readonly EncodedRecord[] {
    const taken = this.#waiting.slice(this.#head, this.#head + count)
    this.#head += taken.length
    for (const record of taken) this.#bytes -= record.bytes
    if (this.#head > 1024 && this.#head * 2 > this.#waiting.length) this.#compact()
    return taken
  }

  /** Puts taken records back before all others: they will be cut again. */
  putBack(records: readonly EncodedRecord[]): void {
    this.#waiting = [...records, ...this.#waiting.slice(this.#head)]
    this.#head = 0
    for (const record of records) this.#bytes += record.bytes
  }

  /** Says that a record's fate is decided: handled, or kept elsewhere. */
  settle(offset: number): void {
    this.#settled.add(offset)
    while (this.#openHead < this.#open.length && this.#settled.delete(this.#open[this.#openHead] as number)) {
      this.#openHead++
    }
    if (this.#openHead > 4096) {
      this.#open = this.#open.slice(this.#openHead)
      this.#openHead = 0
    }
  }

  /** The offset that may be committed: the first open one, or the position where none is open. */
  get committable(): number {
    return this.#open[this.#openHead] ?? this.position
  }

  /** Records that the group has not committed; undefined before the broker told its end. */
  get lag(): number | undefined {
    return this.highWatermark === undefined ? undefined : Math.max(0, this.highWatermark - this.committed)
  }

  #compact(): void {
    this.#waiting = this.#waiting.slice(this.#head)
    this.#head = 0
  }
}
