/** A topic as the broker has it, read from outside every consumer group: nothing is joined, nothing committed. */
import { type ClusterMetadata, type ConnectionOptions, Consumer } from '@platformatic/kafka'
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js'
import type { SourceRecord } from 'lambda-kafka-local'
import { fetchedOf } from 'lambda-kafka-local'
import { messageOf, TickerlakeError } from '../errors.ts'
import type { KafkaAccess, KafkaSecurity } from '../kafka/kafka-access.ts'
import type { LogBounds } from './completeness.ts'
import type { TopicPartition } from './ledger.ts'
import type { TopicLog } from './topic-log.ts'

const REQUEST_TIMEOUT_MS = 15_000
const FETCH_BYTES = 4 * 1024 * 1024
/** Kafka's codes in the place of a timestamp. */
const EARLIEST = -2n
const LATEST = -1n

function securityOptions(security: KafkaSecurity): Pick<ConnectionOptions, 'tls' | 'sasl'> {
  if (security.kind === 'plaintext') return {}
  if (security.kind === 'tls') return { tls: {} }
  if (security.kind === 'scram') {
    const { username, password } = security
    return { tls: {}, sasl: { mechanism: 'SCRAM-SHA-512', username, password } }
  }
  const token = async (): Promise<string> => (await generateAuthToken({ region: security.region })).token
  return { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } }
}

export class KafkaTopicLog implements TopicLog {
  readonly #reader: Consumer
  readonly #brokers: readonly string[]

  constructor({ brokers, security }: KafkaAccess) {
    this.#brokers = brokers
    this.#reader = new Consumer({
      clientId: 'tickerlake-cli',
      // Asked for by the client, used by no request that is made here.
      groupId: 'tickerlake-cli',
      bootstrapBrokers: [...brokers],
      timeout: REQUEST_TIMEOUT_MS,
      retries: 3,
      ...securityOptions(security),
    })
  }

  async bounds(topic: string): Promise<ReadonlyMap<number, LogBounds>> {
    const count = (await this.#metadata(topic)).topics.get(topic)?.partitionsCount ?? 0
    const partitions = Array.from({ length: count }, (_, partition) => partition)
    const ask = (timestamp: bigint) =>
      this.#reader.listOffsets({ topics: [topic], partitions: { [topic]: partitions }, timestamp })
    const [low, high] = await Promise.all([ask(EARLIEST), ask(LATEST)])
    return new Map(
      partitions.map((partition) => [
        partition,
        { low: Number(low.get(topic)?.[partition] ?? 0n), high: Number(high.get(topic)?.[partition] ?? 0n) },
      ]),
    )
  }

  async *read(at: TopicPartition, from: number, to: number): AsyncGenerator<readonly SourceRecord[]> {
    for (let next = from; next < to; ) {
      const { records, nextOffset } = await this.#fetch(at, next)
      // No batch at all: what is left up to `to` is neither record nor marker any more.
      if (nextOffset === next) return
      next = nextOffset
      yield records.filter(({ offset }) => offset < to)
    }
  }

  async close(): Promise<void> {
    await this.#reader.close(true)
  }

  async #fetch({ topic, partition }: TopicPartition, offset: number) {
    const found = (await this.#metadata(topic)).topics.get(topic)
    const from = { topic, partition, offset }
    const { responses } = await this.#reader.fetch({
      node: found?.partitions[partition]?.leader ?? -1,
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      topics: [
        {
          topicId: found?.id ?? '',
          partitions: [
            {
              partition,
              fetchOffset: BigInt(offset),
              currentLeaderEpoch: -1,
              lastFetchedEpoch: -1,
              partitionMaxBytes: FETCH_BYTES,
            },
          ],
        },
      ],
    })
    const answer = responses[0]?.partitions[0]
    return answer ? fetchedOf(from, answer) : { records: [], nextOffset: offset }
  }

  async #metadata(topic: string): Promise<ClusterMetadata> {
    try {
      return await this.#reader.metadata({ topics: [topic] })
    } catch (cause) {
      const said = messageOf(cause)
      throw new TickerlakeError(
        'topic-log',
        `Topic ${topic} cannot be read from the broker at ${this.#brokers.join(',')}: ${said}`,
        { cause },
      )
    }
  }
}
