import kafkajs, { type Admin, type ConfigEntries, type Kafka } from 'kafkajs'

const RETENTION = 'retention.ms'
/** From Kafka 3.6 on (KIP-937); an hour by default in Kafka 4, no limit in 3.x, which is what MSK offers first. */
const AHEAD = 'message.timestamp.after.max.ms'

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
    const ahead = configs.get(AHEAD)
    return {
      partitions: topics[0]?.partitions.length ?? 0,
      retentionMs: Number(configs.get(RETENTION)),
      ...(ahead === undefined ? {} : { aheadMs: Number(ahead) }),
    }
  }

  async create(topic: string, shape: TopicShape & { readonly replicas: number }): Promise<boolean> {
    const admin = await this.#open()
    return admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: shape.partitions,
          replicationFactor: shape.replicas,
          configEntries: [{ name: RETENTION, value: String(shape.retentionMs) }],
        },
      ],
    })
  }

  async grow(topic: string, partitions: number): Promise<void> {
    const admin = await this.#open()
    await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] })
  }

  async keepFor(topic: string, retentionMs: number): Promise<void> {
    await this.#configure(topic, RETENTION, String(retentionMs))
  }

  async boundAhead(topic: string, aheadMs: number): Promise<void> {
    await this.#configure(topic, AHEAD, String(aheadMs))
  }

  /** The request takes away every setting of the topic that it does not name: those that somebody else made go along. */
  async #configure(topic: string, name: string, value: string): Promise<void> {
    const admin = await this.#open()
    const others = (await configsOf(admin, topic)).filter(({ configName }) => configName !== name)
    const configEntries = [
      ...others
        .filter(({ configSource }) => configSource === kafkajs.ConfigSource.TOPIC_CONFIG)
        .map(({ configName, configValue }) => ({ name: configName, value: configValue })),
      { name, value },
    ]
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
  /** How far ahead of the broker's clock a record may be stamped; undefined where the broker knows no such limit. */
  readonly aheadMs?: number
}

/** Looks at topics, makes and changes them. There is no verb for deleting one. */
export interface TopicAdmin {
  describe(topic: string): Promise<TopicShape | undefined>
  /** False where somebody else has made it in between. */
  create(topic: string, shape: TopicShape & { readonly replicas: number }): Promise<boolean>
  grow(topic: string, partitions: number): Promise<void>
  keepFor(topic: string, retentionMs: number): Promise<void>
  boundAhead(topic: string, aheadMs: number): Promise<void>
  close(): Promise<void>
}
