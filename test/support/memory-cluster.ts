/** A Kafka cluster in memory: one topic, consumer groups that share out its partitions, commits that are kept. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Mapping } from '../../packages/lambda-kafka-local/src/core/mapping.ts'
import type { SourceRecord, TopicPartition } from '../../packages/lambda-kafka-local/src/core/source-record.ts'
import type {
  Assignment,
  Fetched,
  GroupMember,
  Position,
  RecordSource,
} from '../../packages/lambda-kafka-local/src/ports.ts'
import { aSourceRecord } from './mapping.ts'

export class MemoryCluster implements RecordSource {
  readonly logs: SourceRecord[][]
  readonly committed: number[]
  /** Every commit, to be judged at the moment that it is made. */
  onCommit: (position: Position) => void = () => {}
  /** What the next calls of members reject with. */
  outage: Error | undefined
  /** How many members have ever joined. */
  joins = 0
  #members: MemoryMember[] = []
  #generation = 0

  constructor(partitions: number) {
    this.logs = Array.from({ length: partitions }, () => [])
    this.committed = new Array(partitions).fill(-1)
  }

  produce(partition: number, fields: Partial<SourceRecord> = {}): void {
    const log = this.logs[partition] ?? []
    log.push(aSourceRecord({ ...fields, partition, offset: log.length }))
  }

  async join(_mapping: Mapping): Promise<GroupMember> {
    this.check()
    this.joins++
    const member = new MemoryMember(this)
    this.#members.push(member)
    this.#rebalance()
    return member
  }

  leave(member: MemoryMember): void {
    this.#members = this.#members.filter((other) => other !== member)
    this.#rebalance()
  }

  check(): void {
    if (this.outage) throw this.outage
  }

  #rebalance(): void {
    this.#generation++
    this.#members.forEach((member, i) => {
      const partitions = this.logs.flatMap((_, partition) =>
        partition % this.#members.length === i ? [{ topic: 'orders', partition }] : [],
      )
      member.assigned = { generation: this.#generation, partitions }
    })
  }
}

class MemoryMember implements GroupMember {
  assigned: Assignment = { generation: 0, partitions: [] }
  readonly #cluster: MemoryCluster

  constructor(cluster: MemoryCluster) {
    this.#cluster = cluster
  }

  assignment(): Assignment {
    return this.assigned
  }

  async startOffsets(partitions: readonly TopicPartition[]): Promise<readonly Position[]> {
    return partitions.map(({ topic, partition }) => {
      return { topic, partition, offset: Math.max(0, this.#cluster.committed[partition] ?? 0) }
    })
  }

  async fetch(from: readonly Position[], waitMs: number): Promise<readonly Fetched[]> {
    await delay(1)
    this.#cluster.check()
    const found = from.map((position) => this.#read(position))
    if (found.every(({ records }) => records.length === 0)) await delay(Math.min(waitMs, 2))
    return found
  }

  async commit(positions: readonly Position[]): Promise<void> {
    await delay(1)
    this.#cluster.check()
    const { partitions } = this.assigned
    for (const position of positions) {
      // A coordinator refuses commits for what was taken away meanwhile.
      if (!partitions.some(({ partition }) => partition === position.partition)) continue
      this.#cluster.onCommit(position)
      this.#cluster.committed[position.partition] = position.offset
    }
  }

  async close(): Promise<void> {
    this.#cluster.leave(this)
  }

  #read({ topic, partition, offset }: Position): Fetched {
    const log = this.#cluster.logs[partition] ?? []
    const records = log.slice(offset, offset + 50)
    return { topic, partition, records, nextOffset: offset + records.length, highWatermark: log.length }
  }
}
