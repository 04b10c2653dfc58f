import { AthenaClient, AthenaServiceException, ListWorkGroupsCommand } from '@aws-sdk/client-athena'
import { localClientConfig } from '../aws/local-aws.ts'
import type { Engine, EngineDeps } from './engine.ts'
import { EngineError } from './engine-error.ts'

/** Broker and AWS endpoint that somebody else runs. */
export async function ownEngine({ env }: Pick<EngineDeps, 'env'>): Promise<Engine> {
  const endpoint = env['AWS_ENDPOINT_URL']
  const brokers = env['KAFKA_BROKERS']
  if (!endpoint || !brokers) {
    throw new EngineError(
      '--engine own uses an AWS endpoint and a broker that run already: set AWS_ENDPOINT_URL=http://host:port and ' +
        'KAFKA_BROKERS=host:port[,host:port], or leave --engine away.',
    )
  }
  const functionBrokers = env['FUNCTION_KAFKA_BROKERS'] ?? brokers
  const emulator = (await hasAthena(endpoint)) ? 'ministack' : 'localstack'
  const ready = { endpointReady: Promise.resolve(), brokersReady: Promise.resolve() }
  return { kind: 'own', endpoint, brokers, ...ready, functionBrokers, hasMsk: false, emulator }
}

const NOT_IMPLEMENTED = 501

/** LocalStack's free edition answers for a service that it does not have: 501. */
async function hasAthena(endpoint: string): Promise<boolean> {
  const athena = new AthenaClient({ ...localClientConfig(endpoint), maxAttempts: 1 })
  try {
    await athena.send(new ListWorkGroupsCommand({}))
    return true
  } catch (cause) {
    if (cause instanceof AthenaServiceException && cause.$metadata.httpStatusCode === NOT_IMPLEMENTED) return false
    const said = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new EngineError(
      `AWS_ENDPOINT_URL=${endpoint} should be where AWS answers; asked for Athena's workgroups: ${said}.`,
      {
        cause,
      },
    )
  }
}
