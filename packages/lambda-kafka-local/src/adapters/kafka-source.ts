/**
 * Kafka through @platformatic/kafka. Its calls are used one by one, not its stream: the poller
 * asks for records when it has room. Two connections a member: on a single one a waiting fetch would hold up the
 * heartbeats and commits behind it.
 */
import { type ClusterMetadata, Consumer } from '@platformatic/kafka'
import type { Mapping } from '../core/mapping.ts'
import { groupKey, type TopicPartition } from '../core/source-record.ts'
import { MappingError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Assignment, Fetched, GroupMember, Position, RecordSource } from '../ports.ts'
import { asNumbers, EARLIEST, LATEST, leaderOf, numbersByTopic, partitionCount, timestampOf } from './kafka-offsets.ts'
import { fetchedOf } from './kafka-records.ts'
import { PLAINTEXT, type Security, securityOptions } from './kafka-security.ts'
import { GROUP_PROTOCOLS, rangeAssigner } from './range-assigner.ts'

/** A member that died without a word is missed after this long; the broker allows no less than 6 s. */
const SESSION_TIMEOUT_MS = 10_000
const HEARTBEAT_MS = 2_000
const REQUEST_TIMEOUT_MS = 15_000
/** A fetch brings at most this much (as compressed; one record may be larger). */
const FETCH_BYTES = 8 * 1024 * 1024
const FETCH_BYTES_PER_PARTITION = 2 * 1024 * 1024

export function kafkaSource(log: Log, security: Security = PLAINTEXT): RecordSource {
  return {
    async join(mapping) {
      const options = {
        clientId: `event-source-mapping-${mapping.id}`,
        groupId: mapping.groupId,
        bootstrapBrokers: [...mapping.brokers],
        timeout: REQUEST_TIMEOUT_MS,
        sessionTimeout: SESSION_TIMEOUT_MS,
        heartbeatInterval: HEARTBEAT_MS,
        rebalanceTimeout: REQUEST_TIMEOUT_MS,
        retryDelay: 250,
        protocols: GROUP_PROTOCOLS,
        partitionAssigner: rangeAssigner,
        ...(await securityOptions(security)),
      }
      const member = new KafkaMember(mapping, { group: new Consumer(options), reader: new Consumer(options), log })
      try {
        await member.join()
        return member
      } catch (error) {
        await member.close().catch((cause: unknown) => log.debug('closing a member that never joined', { cause }))
        throw error
      }
    },
  }
}

interface Clients {
  /** Joins, beats, commits. */
  readonly group: Consumer
  /** Fetches; never joins. */
  readonly reader: Consumer
  readonly log: Log
}

class KafkaMember implements GroupMember {
  readonly #mapping: Mapping
  readonly #group: Consumer
  readonly #reader: Consumer
  readonly #log: Log
  #assignment: Assignment = { generation: 0, partitions: [] }
  #membership: { readonly memberId: string; readonly generationId: number } | undefined
  /** Partitions of the topics when the group was joined; a topic that grew has to be shared out again. */
  #partitionCount = 0
  #failure: Error | undefined

  constructor(mapping: Mapping, { group, reader, log }: Clients) {
    this.#mapping = mapping
    this.#group = group
    this.#reader = reader
    this.#log = log
    for (const client of [group, reader]) client.topics.trackAll(...mapping.topics)
  }

  async join(): Promise<void> {
    this.#partitionCount = partitionCount(await this.#metadata())
    this.#group.on('consumer:group:join', (payload) => this.#joined(payload.memberId, payload.generationId ?? 0))
    this.#group.on('consumer:heartbeat:stalled', ({ lastError }) => {
      this.#failure = lastError ?? new MappingError('kafka_group', 'the group coordinator no longer answers')
    })
    this.#group.on('error', (error: Error) => {
      this.#failure = error
    })
    await this.#group.joinGroup({})
  }

  assignment(): Assignment {
    return this.#assignment
  }

  async startOffsets(partitions: readonly TopicPartition[]): Promise<readonly Position[]> {
    if (partitions.length === 0) return []
    const [committed, earliest, latest, start] = await Promise.all([
      this.#committedOffsets(partitions),
      this.#offsetsAt(partitions, EARLIEST),
      this.#offsetsAt(partitions, LATEST),
      this.#offsetsAt(partitions, timestampOf(this.#mapping.start)),
    ])
    const positions = partitions.map(({ topic, partition }) => {
      const key = groupKey({ topic, partition })
      const [low, high] = [earliest.get(key) ?? 0, latest.get(key) ?? 0]
      const asked = committed.get(key) ?? start.get(key) ?? high
      if (asked < low || asked > high)
        this.#log.warn('the log has no such offset; starting at its first', { key, asked, low, high })
      return { topic, partition, offset: asked < low || asked > high ? low : asked }
    })
    // LATEST must not mean a later place after a restart, so a start is committed even before the first record.
    await this.commit(positions.filter((position) => committed.get(groupKey(position)) !== position.offset))
    return positions
  }

  async fetch(from: readonly Position[], waitMs: number): Promise<readonly Fetched[]> {
    if (this.#failure) throw this.#failure
    const metadata = await this.#metadata()
    if (partitionCount(metadata) !== this.#partitionCount) {
      throw new MappingError('kafka_partitions', 'the number of partitions changed; the group shares them out again')
    }
    const byLeader = Map.groupBy(from, ({ topic, partition }) => leaderOf(metadata, topic, partition))
    const answers = await Promise.all(
      [...byLeader].map(([node, positions]) => this.#fetchFrom(node, positions, { metadata, waitMs })),
    )
    return answers.flat()
  }

  /**
   * A commit that a rebalance refuses is made again by the client once it has joined. For a partition that went elsewhere
   * that may move the group back to what was settled here: records then come again after a restart, none is passed over.
   */
  async commit(positions: readonly Position[]): Promise<void> {
    if (positions.length === 0) return
    await this.#group.commit({
      offsets: positions.map(({ topic, partition, offset }) => {
        return { topic, partition, offset: BigInt(offset), leaderEpoch: -1 }
      }),
    })
  }

  async close(): Promise<void> {
    await Promise.all([this.#group.close(true), this.#reader.close(true)])
  }

  #joined(memberId: string, generationId: number): void {
    const before = this.#membership
    const followed = before?.memberId === memberId && before.generationId + 1 === generationId
    const partitions = (this.#group.assignments ?? []).flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    )
    this.#membership = { memberId, generationId }
    this.#assignment = { generation: this.#assignment.generation + (followed ? 1 : 2), partitions }
  }

  async #metadata(): Promise<ClusterMetadata> {
    try {
      return await this.#reader.metadata({ topics: [...this.#mapping.topics] })
    } catch (error) {
      const { topics, brokers } = this.#mapping
      throw new MappingError(
        'kafka_unreachable',
        `topic ${topics.join()} at ${brokers.join()} cannot be read: ${error}`,
        {
          cause: error,
        },
      )
    }
  }

  async #fetchFrom(
    node: number,
    positions: readonly Position[],
    { metadata, waitMs }: { readonly metadata: ClusterMetadata; readonly waitMs: number },
  ): Promise<readonly Fetched[]> {
    const byTopic = Map.groupBy(positions, ({ topic }) => metadata.topics.get(topic)?.id ?? '')
    const response = await this.#reader.fetch({
      node,
      maxWaitTime: waitMs,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      topics: [...byTopic].map(([topicId, wanted]) => ({ topicId, partitions: wanted.map(fetchRequest) })),
    })
    return response.responses.flatMap(({ topicId, partitions }) =>
      partitions.flatMap((answer) => {
        const from = byTopic.get(topicId)?.find(({ partition }) => partition === answer.partitionIndex)
        return from ? [fetchedOf(from, answer)] : []
      }),
    )
  }

  async #committedOffsets(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, number>> {
    const topics = [...numbersByTopic(partitions)].map(([topic, numbers]) => ({ topic, partitions: numbers }))
    const offsets = await this.#group.listCommittedOffsets({ topics })
    return asNumbers(offsets)
  }

  /** Offsets by Kafka's timestamp codes or a time; a partition with nothing that young is left out. */
  async #offsetsAt(partitions: readonly TopicPartition[], timestamp: bigint): Promise<ReadonlyMap<string, number>> {
    const numbers = numbersByTopic(partitions)
    return asNumbers(
      await this.#reader.listOffsets({
        topics: [...numbers.keys()],
        partitions: Object.fromEntries(numbers),
        timestamp,
      }),
    )
  }
}

function fetchRequest({ partition, offset }: Position) {
  return {
    partition,
    fetchOffset: BigInt(offset),
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    partitionMaxBytes: FETCH_BYTES_PER_PARTITION,
  }
}
