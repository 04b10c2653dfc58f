/** A topic of a real broker for one test, and a producer that can write what others write: codecs, headers, transactions. */
import { randomUUID } from 'node:crypto'
import { Admin, type MessageToProduce, Producer } from '@platformatic/kafka'
import { PATIENCE_MS } from './until.ts'

type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
type Message = Omit<MessageToProduce, 'topic'>

/**
 * A broker hears of a topic after its controller, and makes the topics of its coordinators when they are first asked for:
 * until then it answers with errors that go away.
 */
const RETRY_MS = 200
const PATIENT = { timeout: PATIENCE_MS, retries: PATIENCE_MS / RETRY_MS, retryDelay: RETRY_MS }

export interface KafkaTopic {
  readonly name: string
  send(messages: readonly Message[], compression?: Compression): Promise<void>
  /** Writes messages in a transaction and takes them back. */
  abort(messages: readonly Message[]): Promise<void>
  /** Takes the records before an offset of partition 0 out of the log, as retention does. */
  truncate(offset: bigint): Promise<void>
  close(): Promise<void>
}

export async function kafkaTopic(
  brokers: string,
  { partitions = 1, configs = [] }: { partitions?: number; configs?: { name: string; value: string }[] } = {},
): Promise<KafkaTopic> {
  const name = `test-${randomUUID()}`
  const client = { clientId: name, bootstrapBrokers: brokers.split(','), ...PATIENT }
  const admin = new Admin(client)
  await admin.createTopics({ topics: [name], partitions, replicas: 1, configs })
  // Fails, and so is asked again, until all partitions have a leader.
  await admin.metadata({ topics: [name], forceUpdate: true })
  const inTopic = (messages: readonly Message[]) => messages.map((message) => ({ ...message, topic: name }))
  return {
    name,
    async send(messages, compression = 'none') {
      const producer = new Producer({ ...client, idempotent: true })
      await producer.send({ messages: inTopic(messages), compression, acks: -1 })
      await producer.close()
    },
    async abort(messages) {
      const producer = new Producer({ ...client, idempotent: true, transactionalId: name })
      const transaction = await producer.beginTransaction()
      await transaction.send({ messages: inTopic(messages), acks: -1 })
      await transaction.abort()
      await producer.close()
    },
    async truncate(offset) {
      await admin.deleteRecords({ topics: [{ name, partitions: [{ partition: 0, offset }] }] })
    },
    async close() {
      await admin.deleteTopics({ topics: [name] })
      await admin.close()
    },
  }
}
