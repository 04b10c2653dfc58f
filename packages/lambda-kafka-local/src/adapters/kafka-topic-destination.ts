/** An on-failure destination that is a topic of the mapping's own cluster. */
import { randomUUID } from 'node:crypto'
import { Producer } from '@platformatic/kafka'
import type { Clock } from '../clock.ts'
import { failureMessages } from '../core/failure-message.ts'
import type { FailureDestination } from '../ports.ts'

/** A producer per delivery: failures are rare, and a connection that idles between them would have to be looked after. */
export function kafkaTopicDestination(topic: string, clock: Clock): FailureDestination {
  return {
    async deliver(discard, mapping) {
      const producer = new Producer({
        clientId: `event-source-mapping-${mapping.id}`,
        bootstrapBrokers: [...mapping.brokers],
      })
      try {
        const messages = failureMessages(discard, mapping, { requestId: randomUUID(), at: clock.now() })
        await producer.send({
          acks: -1,
          messages: messages.map(({ key, value }) => {
            return { topic, value: Buffer.from(value), ...(key === null ? {} : { key }) }
          }),
        })
      } finally {
        await producer.close()
      }
    },
  }
}
