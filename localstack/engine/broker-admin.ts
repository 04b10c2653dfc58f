import { type Admin, Kafka, logLevel } from 'kafkajs'
import { createTopic, STAMPED_BY_BROKER } from '../../lake/kafka/kafka-topic-admin.ts'

/** Runs with an admin client and closes it whatever happens. */
async function withAdmin<T>(brokers: string, use: (admin: Admin) => Promise<T>): Promise<T> {
  const kafka = new Kafka({
    clientId: 'tickerlake-local',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { retries: 3, initialRetryTime: 100 },
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return await use(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Whether the broker serves clients: it knows itself and has a controller. */
export function brokerAnswers(brokers: string): Promise<boolean> {
  return withAdmin(brokers, async (admin) => (await admin.describeCluster()).brokers.length > 0)
}

export interface TopicSpec {
  readonly name: string
  readonly partitions: number
}

/** Makes the topic where there is none and gives its number of partitions. */
export function ensureTopic(brokers: string, { name, partitions }: TopicSpec): Promise<number> {
  return withAdmin(brokers, async (admin) => {
    const replicationFactor = Math.min(3, (await admin.describeCluster()).brokers.length)
    await createTopic(admin, {
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: [STAMPED_BY_BROKER],
    })
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] })
    return topics[0]?.partitions.length ?? 0
  })
}

/** The offset that the next record of each partition gets, by partition. */
export function highWatermarks(brokers: string, topic: string): Promise<ReadonlyMap<number, number>> {
  return withAdmin(brokers, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic)
    return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]))
  })
}
