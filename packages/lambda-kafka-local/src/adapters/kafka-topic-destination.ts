/** An on-failure destination that is a topic of the mapping's own cluster. */
import { compatibilityPartitioner, type MessageToProduce, Producer } from '@platformatic/kafka'
import { failureMessages } from '../core/failure-message.ts'
import type { RequestStamp } from '../core/failure-record.ts'
import type { Mapping } from '../core/mapping.ts'
import type { Discard } from '../core/retry-policy.ts'
import { Undeliverable } from '../ports.ts'
import { type Security, securityOptions } from './kafka-security.ts'

interface TopicDelivery {
  readonly stamp: RequestStamp
  readonly security: Security
}

/** Errors of Kafka's protocol that another try would meet again. */
const FINAL = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
])

/** A producer per delivery: failures are rare, and a connection that idles between them would have to be looked after. */
export async function sendToTopic(
  discard: Discard,
  mapping: Mapping,
  { stamp, security }: TopicDelivery,
): Promise<void> {
  const topic = mapping.onFailure?.kind === 'kafka' ? mapping.onFailure.topic : ''
  const producer = new Producer({
    clientId: `event-source-mapping-${mapping.id}`,
    bootstrapBrokers: [...mapping.brokers],
    ...(await securityOptions(security)),
  })
  try {
    const messages = failureMessages(discard, mapping, stamp).map(({ key, value }) => {
      return { topic, value: Buffer.from(value), ...(key === null ? {} : { key }) }
    })
    await producer.send({ acks: -1, partitioner: likeJava(), messages })
  } catch (error) {
    throw codesOf(error).some((code) => FINAL.has(code)) ? new Undeliverable(error) : error
  } finally {
    await producer.close()
  }
}

/** Where Java's producers, and kafkajs, send a key; the client's own default differs from theirs. Without a key, in turn. */
function likeJava() {
  let turn = 0
  return (message: MessageToProduce<Buffer, Buffer, Buffer, Buffer>, key?: Buffer): number =>
    key ? compatibilityPartitioner(message, key) : turn++
}

/** The client gathers what failed in errors of errors; the protocol's names stand in the innermost. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors : []
  const own = 'apiId' in error ? [String(error.apiId)] : []
  return [...own, ...[...inner, error.cause].flatMap(codesOf)]
}
