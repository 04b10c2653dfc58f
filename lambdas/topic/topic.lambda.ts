import { kafkaAccess } from '../../lake/kafka/brokers.ts'
import { kafkaClient } from '../../lake/kafka/kafka-access.ts'
import { KafkaTopicAdmin } from '../../lake/kafka/kafka-topic-admin.ts'
import { jsonLog } from '../../lake/log.ts'
import { ensureTopic } from './topic.ts'
import { readTopicRequest } from './topic-request.ts'

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
  const admin = new KafkaTopicAdmin(kafkaClient(await kafkaAccess(process.env), log))
  try {
    await ensureTopic(request.topic, { admin, log })
  } finally {
    await admin.close()
  }
  return { PhysicalResourceId: request.topic.name }
}
