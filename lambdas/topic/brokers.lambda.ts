import { KafkaClient } from '@aws-sdk/client-kafka'
import { systemClock } from '../../lake/clock.ts'
import { bootstrapBrokers } from '../../lake/kafka/brokers.ts'
import { jsonLog } from '../../lake/log.ts'
import { readBrokersRequest } from './brokers-request.ts'
import { whenAllowed } from './when-allowed.ts'

const log = jsonLog((line) => void process.stdout.write(line))

/** What CDK's provider framework passes on to CloudFormation. */
interface Answer {
  readonly PhysicalResourceId: string
  readonly Data?: { readonly Brokers: string }
}

/** Tells CloudFormation a cluster's bootstrap list. Nothing is made, so nothing is to be done when it goes. */
export async function handler(event: unknown): Promise<Answer> {
  const request = readBrokersRequest(event)
  if (request.kind === 'leave') return { PhysicalResourceId: request.id }
  const msk = new KafkaClient({})
  const { BootstrapBrokerStringSaslIam: brokers } = await whenAllowed(() => bootstrapBrokers(msk, request.clusterArn), {
    clock: systemClock,
    log,
  })
  if (!brokers) throw new Error(`The cluster ${request.clusterArn} offers no brokers by IAM.`)
  return { PhysicalResourceId: 'bootstrap-brokers', Data: { Brokers: brokers } }
}
