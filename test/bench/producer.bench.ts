/**
 * node test/bench/producer.bench.ts BROKERS [bars]: what the producer costs to read a history, order it and send it, how much
 * of that is kafkajs, and what it would be with @platformatic/kafka behind the same port. CPU time of this process alone;
 * topics of its own on a broker such as `npm run local` starts.
 */
import { randomUUID } from 'node:crypto'
import { ProduceAcks, Producer } from '@platformatic/kafka'
import { historyFile } from '../../lake/history/history-writer.ts'
import { accessOfBrokerList, kafkaClient } from '../../lake/kafka/kafka-access.ts'
import { KafkajsSender, type RecordSender } from '../../lake/kafka/kafkajs-sender.ts'
import { kafkaTopic } from '../support/kafka-topic.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { aProducer, byHand, dailyRows } from '../support/replays.ts'
import { silentLog } from '../support/silent-log.ts'

const DAYS = 2_000
const PARTITIONS = 8
const HOUR_MS = 3_600_000
/** As much as one of kafkajs's requests has: some 900 kB. */
const REQUEST_RECORDS = 3_000

const [brokers = '127.0.0.1:9092', bars = '1000000'] = process.argv.slice(2)
const files = Math.ceil(Number(bars) / DAYS)
const store = new MemoryObjectStore()
const file = historyFile(dailyRows('2010-01-04', DAYS))
for (let i = 0; i < files; i++) await store.put(`history/S${i}.parquet`, file)

process.stdout.write(`${files} files of ${DAYS} daily bars\n`)
const alone = await cpuSeconds('given to nobody', () => ({ send: async () => {}, close: async () => {} }))
for (const [name, sender] of Object.entries({ kafkajs, '@platformatic/kafka': platformatic })) {
  const seconds = await cpuSeconds(`sent by ${name}, gzip, all replicas`, sender)
  process.stdout.write(`  of which the library ${(100 * (1 - alone / seconds)).toFixed(0)} %\n`)
}

function kafkajs(topic: string): RecordSender {
  return new KafkajsSender(kafkaClient(accessOfBrokerList(brokers), silentLog), topic)
}

function platformatic(topic: string): RecordSender {
  const producer = new Producer({ clientId: topic, bootstrapBrokers: brokers.split(','), idempotent: true })
  const bytes = (content: string | Uint8Array | null) => Buffer.from(content ?? '')
  return {
    async send(records) {
      for (let from = 0; from < records.length; from += REQUEST_RECORDS) {
        const some = records.slice(from, from + REQUEST_RECORDS)
        const messages = some.map(({ key, value }) => ({ topic, key: bytes(key), value: bytes(value) }))
        await producer.send({ messages, acks: ProduceAcks.ALL, compression: 'gzip' })
      }
    },
    close: () => producer.close(),
  }
}

async function cpuSeconds(what: string, senderTo: (topic: string) => RecordSender): Promise<number> {
  const topic = await kafkaTopic(brokers, { partitions: PARTITIONS })
  const sender = senderTo(topic.name)
  const producer = aProducer({ store, invocationMs: HOUR_MS })
  const start = process.cpuUsage()
  const { sent } = await producer.invoke(byHand({}, randomUUID()), { sender })
  const { user, system } = process.cpuUsage(start)
  const seconds = (user + system) / 1e6
  process.stdout.write(`${what}: ${sent} records, ${seconds.toFixed(1)} CPU s\n`)
  await sender.close()
  await topic.close()
  return seconds
}
