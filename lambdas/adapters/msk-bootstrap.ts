import { GetBootstrapBrokersCommand, type GetBootstrapBrokersResponse, type KafkaClient } from '@aws-sdk/client-kafka'
import { TickerlakeError } from '../core/errors.ts'
import { accessOfBrokerList, type KafkaAccess } from './kafka-access.ts'

/** Asks MSK for a cluster's brokers and takes the safest way in that it offers: IAM over TLS, TLS, plain text. */
export async function accessOfCluster(msk: KafkaClient, clusterArn: string): Promise<KafkaAccess> {
  const answer = await bootstrapBrokers(msk, clusterArn)
  const iam = answer.BootstrapBrokerStringSaslIam?.trim()
  if (iam) return { ...accessOfBrokerList(iam), security: { kind: 'iam', region: regionOf(clusterArn) } }
  const tls = answer.BootstrapBrokerStringTls?.trim()
  if (tls) return { ...accessOfBrokerList(tls), security: { kind: 'tls' } }
  const plaintext = answer.BootstrapBrokerString
  if (plaintext) return accessOfBrokerList(plaintext)
  throw new TickerlakeError(
    'no-brokers',
    `The cluster ${clusterArn} offers no brokers by IAM, TLS or plain text; is it still being made?`,
    { retryable: true },
  )
}

async function bootstrapBrokers(msk: KafkaClient, ClusterArn: string): Promise<GetBootstrapBrokersResponse> {
  try {
    return await msk.send(new GetBootstrapBrokersCommand({ ClusterArn }))
  } catch (cause) {
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new TickerlakeError('no-brokers', `MSK did not tell the brokers of ${ClusterArn}: ${said}`, { cause })
  }
}

/** `arn:aws:kafka:<region>:…` */
function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}
