import { GetBootstrapBrokersCommand, type GetBootstrapBrokersResponse, KafkaClient } from '@aws-sdk/client-kafka'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type Environment, required } from '../environment.ts'
import { fullMessageOf, TickerlakeError, UsageError } from '../errors.ts'
import { parsedJson } from '../json.ts'
import { accessOfBrokerList, type KafkaAccess, type KafkaSecurity } from './kafka-access.ts'

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

/** A cluster's bootstrap lists, as MSK's API tells them. */
export async function bootstrapBrokers(msk: KafkaClient, ClusterArn: string): Promise<GetBootstrapBrokersResponse> {
  try {
    return await msk.send(new GetBootstrapBrokersCommand({ ClusterArn }))
  } catch (cause) {
    const said = fullMessageOf(cause)
    throw new TickerlakeError('no-brokers', `MSK did not tell the brokers of ${ClusterArn}: ${said}`, { cause })
  }
}

/** `arn:aws:kafka:<region>:…` */
function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}

/**
 * How a function reaches Kafka, from what its stack says in the environment: `KAFKA_BROKERS` with `KAFKA_AUTH` (iam, scram,
 * none), or `CLUSTER_ARN` alone; then MSK is asked for its brokers.
 */
export async function kafkaAccess(env: Environment): Promise<KafkaAccess> {
  const brokers = env['KAFKA_BROKERS']
  if (!brokers) return accessOfCluster(new KafkaClient({}), required(env, 'CLUSTER_ARN'))
  return { ...accessOfBrokerList(brokers), security: await securityOf(env) }
}

async function securityOf(env: Environment): Promise<KafkaSecurity> {
  const auth = env['KAFKA_AUTH'] || 'none'
  if (auth === 'none') return { kind: 'plaintext' }
  if (auth === 'iam') return { kind: 'iam', region: required(env, 'AWS_REGION') }
  if (auth === 'scram') return { kind: 'scram', ...(await loginOf(required(env, 'KAFKA_SECRET_ARN'))) }
  throw new UsageError(`KAFKA_AUTH takes iam, scram or none; got "${auth}".`)
}

interface Login {
  readonly username: string
  readonly password: string
}

async function loginOf(secretArn: string): Promise<Login> {
  const command = new GetSecretValueCommand({ SecretId: secretArn })
  const { SecretString = '' } = await new SecretsManagerClient({}).send(command)
  const login = parsedJson(SecretString)
  if (isLogin(login)) return { username: login.username, password: login.password }
  throw new UsageError(`The secret ${secretArn} must be JSON with a username and a password, both text.`)
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== 'object' || value === null) return false
  const { username, password } = value as Readonly<Record<string, unknown>>
  return typeof username === 'string' && typeof password === 'string'
}
