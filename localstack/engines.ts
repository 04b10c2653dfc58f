import type { Engine, EngineDeps } from './engine.ts'
import { EngineError } from './errors.ts'
import { startNativeEngine } from './native/engine.ts'

/** Starts the engine that the options name. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  switch (deps.options.engine) {
    case 'native':
      return startNativeEngine(deps)
    case 'own':
      return ownEngine(deps)
    case 'docker':
      throw new EngineError(
        'Containers are started by themselves: docker compose -f localstack/docker-compose.yml up --wait, then ' +
          '--engine own with KAFKA_BROKERS and AWS_ENDPOINT_URL (docs/docker.md). Without Docker: --engine native.',
      )
  }
}

/** Broker and AWS endpoint that somebody else runs. */
function ownEngine({ env }: EngineDeps): Engine {
  const endpoint = env['AWS_ENDPOINT_URL']
  const brokers = env['KAFKA_BROKERS']
  if (endpoint && brokers) return { endpoint, brokers, hasMsk: false }
  throw new EngineError(
    '--engine own uses an AWS endpoint and a broker that run already: set AWS_ENDPOINT_URL=http://host:port and ' +
      'KAFKA_BROKERS=host:port[,host:port], or leave --engine away.',
  )
}
