import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js'
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs'
import type { Log } from '../log.ts'

export type KafkaSecurity =
  | { readonly kind: 'plaintext' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'iam'; readonly region: string }
  | { readonly kind: 'scram'; readonly username: string; readonly password: string }

/** Where the brokers are and how they want to be spoken to. */
export interface KafkaAccess {
  /** host:port, at least one. */
  readonly brokers: readonly string[]
  readonly security: KafkaSecurity
}

/** A bootstrap list as it stands in KAFKA_BROKERS: separated by commas, spoken to in plain text. */
export function accessOfBrokerList(list: string): KafkaAccess {
  const brokers = list.split(',').map((broker) => broker.trim())
  return { brokers: brokers.filter((broker) => broker !== ''), security: { kind: 'plaintext' } }
}

/** kafkajs waits this long (ms) for one answer before it asks again on a new connection. */
const REQUEST_TIMEOUT_MS = 10_000
const CONNECTION_TIMEOUT_MS = 5_000

/** A kafkajs client. What it reports are tries that it makes again; what fails for good is thrown to the caller. */
export function kafkaClient(access: KafkaAccess, log: Log): Kafka {
  return new Kafka({
    clientId: 'tickerlake',
    brokers: [...access.brokers],
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    ...securityOf(access),
    logLevel: logLevel.ERROR,
    logCreator:
      () =>
      ({ namespace, log: { message, timestamp, logger, ...fields } }) =>
        log.warn('kafka client', { namespace, said: message, ...fields }),
  })
}

function securityOf({ security }: KafkaAccess): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  if (security.kind === 'plaintext') return {}
  if (security.kind === 'tls') return { ssl: true }
  if (security.kind === 'iam') return { ssl: true, sasl: iamLogin(security.region) }
  const { username, password } = security
  return { ssl: true, sasl: { mechanism: 'scram-sha-512', username, password } }
}

/** A token is signed from the function's own role, for every connection again; it is good for 15 minutes. */
function iamLogin(region: string): SASLOptions {
  const oauthBearerProvider = async () => ({ value: (await generateAuthToken({ region })).token })
  return { mechanism: 'oauthbearer', oauthBearerProvider }
}
