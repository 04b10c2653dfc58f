import kafkajs, { type Admin, type ConfigEntries, type ITopicConfig, type Kafka } from 'kafkajs'
import { type Clock, systemClock } from '../clock.ts'

const RETENTION = 'retention.ms'
const STAMPED_BY = 'message.timestamp.type'

/** By the broker, as a record comes (docs/decisions/0291). */
export const BY_BROKER = 'LogAppendTime'
export const STAMPED_BY_BROKER = { name: STAMPED_BY, value: BY_BROKER } as const

/** Kafka's admin API by kafkajs: one connection, made when first needed. */
export class KafkaTopicAdmin implements TopicAdmin {
  readonly #admin: Admin
  #connected: Promise<void> | undefined

  constructor(kafka: Kafka) {
    this.#admin = kafka.admin()
  }

  async describe(topic: string): Promise<TopicShape | undefined> {
    const admin = await this.#open()
    if (!(await admin.listTopics()).includes(topic)) return undefined
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    const configs = new Map(
      (await configsOf(admin, topic)).map(({ configName, configValue }) => [configName, configValue]),
    )
    return {
      partitions: topics[0]?.partitions.length ?? 0,
      retentionMs: Number(configs.get(RETENTION)),
      stampedBy: configs.get(STAMPED_BY) ?? '',
    }
  }

  async create(topic: string, shape: NewTopic): Promise<boolean> {
    const admin = await this.#open()
    return createTopic(admin, {
      topic,
      numPartitions: shape.partitions,
      replicationFactor: shape.replicas,
      configEntries: [{ name: RETENTION, value: String(shape.retentionMs) }, STAMPED_BY_BROKER],
    })
  }

  async grow(topic: string, partitions: number): Promise<void> {
    const admin = await this.#open()
    await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] })
  }

  /**
   * The request takes away every setting of the topic that it does not name: those that somebody else made go along. A
   * broker learns late of a request before this one, and would give back what that has changed: all goes in one.
   */
  async configure(topic: string, { retentionMs, stampedBy }: TopicSettings): Promise<void> {
    const admin = await this.#open()
    const kept = (await configsOf(admin, topic))
      .filter(({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG)
      .map(({ configName, configValue }) => [configName, configValue] as const)
    const settings = new Map(kept)
    if (retentionMs !== undefined) settings.set(RETENTION, String(retentionMs))
    if (stampedBy !== undefined) settings.set(STAMPED_BY, stampedBy)
    const configEntries = [...settings].map(([name, value]) => ({ name, value }))
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    })
  }

  async close(): Promise<void> {
    if (this.#connected !== undefined) await this.#admin.disconnect()
  }

  async #open(): Promise<Admin> {
    this.#connected ??= this.#admin.connect()
    await this.#connected
    return this.#admin
  }
}

const LOOK_EVERY_MS = 100
/** A controller whose disk is slow takes longer than kafkajs allows by default, 5 s. */
const MAKE_WITHIN_MS = 60_000
const MOST_TRIES = 5
/** A minute and a half, as a broker takes that begins. */
const MOST_LOOKS = 900

/**
 * Makes a topic, and waits until a broker that is asked knows a leader of each of its partitions: what the controller has
 * written brokers hear of later, and kafkajs fails where one has not heard of the topic. False where it is there already.
 */
export async function createTopic(
  admin: Pick<Admin, 'createTopics' | 'fetchTopicMetadata'>,
  config: ITopicConfig,
  clock: Pick<Clock, 'sleep'> = systemClock,
): Promise<boolean> {
  const made = await tryToMake(admin, config, clock)
  // One that was there may have other partitions.
  const partitions = made ? (config.numPartitions ?? 1) : 1
  for (let look = 1; !(await isLed(admin, config.topic, partitions)); look++) {
    if (look === MOST_LOOKS)
      throw new Error(`The brokers know no leader of the topic ${config.topic} after it was made.`)
    await clock.sleep(LOOK_EVERY_MS)
  }
  return made
}

/** kafkajs itself tries again only where it asked another than the controller. */
async function tryToMake(
  admin: Pick<Admin, 'createTopics'>,
  config: ITopicConfig,
  clock: Pick<Clock, 'sleep'>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await admin.createTopics({ waitForLeaders: false, timeout: MAKE_WITHIN_MS, topics: [config] })
    } catch (error) {
      if (attempt === MOST_TRIES || !isPassing(error)) throw error
      await clock.sleep(LOOK_EVERY_MS)
    }
  }
}

/** A controller that is too slow, or that cannot be reached now. */
function isPassing(error: unknown): boolean {
  if (error instanceof kafkajs.KafkaJSAggregateError) return error.errors.every(isPassing)
  return error instanceof kafkajs.KafkaJSError && error.retriable
}

/** Whether at least so many partitions are known, each with a leader. */
async function isLed(admin: Pick<Admin, 'fetchTopicMetadata'>, topic: string, least: number): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    const partitions = topics[0]?.partitions ?? []
    return partitions.length >= least && partitions.every(({ leader }) => leader >= 0)
  } catch (error) {
    if (isNotHeardOf(error)) return false
    throw error
  }
}

/** As kafkajs says it, or behind what it says after some tries of its own. */
function isNotHeardOf(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isSaid = 'type' in error && ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'].includes(String(error.type))
  return isSaid || isNotHeardOf(error.cause)
}

async function configsOf(admin: Admin, topic: string): Promise<readonly ConfigEntries[]> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
  })
  return resources[0]?.configEntries ?? []
}

/** A topic's shape, as far as a deployment decides it. */
export interface TopicShape {
  readonly partitions: number
  readonly retentionMs: number
  /** Whose clock the timestamps are of, in Kafka's words. */
  readonly stampedBy: string
}

/** One that is made is stamped by the broker. */
export interface NewTopic extends Pick<TopicShape, 'partitions' | 'retentionMs'> {
  /** Copies of each partition; decided once. */
  readonly replicas: number
}

/** Those that are not named stay as they are. */
export type TopicSettings = Partial<Pick<TopicShape, 'retentionMs' | 'stampedBy'>>

/** Looks at topics, makes and changes them. There is no verb for deleting one. */
export interface TopicAdmin {
  describe(topic: string): Promise<TopicShape | undefined>
  /** False where somebody else has made it in between. */
  create(topic: string, shape: NewTopic): Promise<boolean>
  grow(topic: string, partitions: number): Promise<void>
  configure(topic: string, settings: TopicSettings): Promise<void>
  close(): Promise<void>
}
