/** Sends records at an even pace until it has sent enough, through every restart of the broker. */
import { setTimeout as delay } from 'node:timers/promises'
import { Kafka, logLevel, type Message, Partitioners } from 'kafkajs'
import type { Dice } from './dice.ts'
import { aChaosRecord, EXPECT_HEADER } from './records.ts'

export interface LoadProps {
  readonly brokers: readonly string[]
  readonly topic: string
  readonly records: number
  readonly milliseconds: number
  readonly dice: Dice
}

/** Small enough for the broker's 1 MB of a batch; a record of megabytes goes alone. */
const RECORDS_A_SEND = 500
const LARGE_BYTES = 500_000
const RETRY = { retries: 30, initialRetryTime: 200, maxRetryTime: 3_000 }

/** Resolves when all records are acknowledged. What is tried again may stand in the topic twice, at two offsets. */
export async function sendLoad({ brokers, topic, records, milliseconds, dice }: LoadProps): Promise<void> {
  const kafka = new Kafka({ clientId: 'chaos-load', brokers: [...brokers], logLevel: logLevel.NOTHING, retry: RETRY })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry: RETRY })
  await producer.connect()
  const began = Date.now()
  for (let sent = 0; sent < records; ) {
    const messages = Array.from({ length: Math.min(RECORDS_A_SEND, records - sent) }, () => aMessage(dice))
    for (const request of requestsOf(messages)) await producer.send({ topic, acks: -1, messages: request })
    sent += messages.length
    await delay(Math.max(0, began + (sent / records) * milliseconds - Date.now()))
  }
  await producer.disconnect()
}

function aMessage(dice: Dice): Message {
  const { key, value, expect } = aChaosRecord(dice)
  return { key, value, headers: { [EXPECT_HEADER]: expect } }
}

function requestsOf(messages: readonly Message[]): Message[][] {
  const { small = [], large = [] } = Object.groupBy(messages, ({ value }) =>
    (value?.length ?? 0) > LARGE_BYTES ? 'large' : 'small',
  )
  return [small, ...large.map((message) => [message])].filter((request) => request.length > 0)
}
