import { systemClock } from '../../lake/clock.ts'
import { kafkaAccess } from '../../lake/kafka/brokers.ts'
import { type KafkaAccess, kafkaClient } from '../../lake/kafka/kafka-access.ts'
import { KafkaTopicAdmin } from '../../lake/kafka/kafka-topic-admin.ts'
import { jsonLog } from '../../lake/log.ts'
import { ensureTopic, type WantedTopic } from './topic.ts'
import { readTopicRequest } from './topic-request.ts'
import { whenAllowed } from './when-allowed.ts'

const log = jsonLog((line) => void process.stdout.write(line))

/** What CDK's provider framework passes on to CloudFormation. */
interface Answer {
  readonly PhysicalResourceId: string
}

export async function handler(event: unknown): Promise<Answer> {
  const request = readTopicRequest(event)
  if (request.kind === 'leave') {
    log.info('topic left alone, records are never deleted by a deployment', { topic: request.name })
    return { PhysicalResourceId: request.name }
  }
  const access = await kafkaAccess(process.env)
  await whenAllowed(() => ensured(request.topic, access), { clock: systemClock, log })
  return { PhysicalResourceId: request.topic.name }
}

/** With a connection of its own: the brokers decide of one as it is made. */
async function ensured(topic: WantedTopic, access: KafkaAccess): Promise<void> {
  const admin = new KafkaTopicAdmin(kafkaClient(access, log))
  try {
    await ensureTopic(topic, { admin, log })
  } finally {
    await admin.close()
  }
}
