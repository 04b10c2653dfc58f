/** Where a command points: the endpoint of the environment, else the local engine if one runs, else AWS. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { type Deployment, readDeployment } from '../../lake/deployment.ts'
import type { Environment } from '../../lake/environment.ts'
import { type EngineState, runningEngine } from '../../localstack/engine/run-state.ts'

/** What every AWS SDK client of a command is made with. */
export interface ClientConfig {
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Emulators have no bucket host names; ignored by clients other than S3's. */
  readonly forcePathStyle?: boolean
}

export interface Target {
  /** For people: `the local engine at http://…`, `AWS`. */
  readonly where: string
  readonly stage: string
  readonly clients: ClientConfig
  /** Kafka bootstrap brokers, `host:port`, where they are known without asking AWS. */
  readonly brokers: readonly string[] | undefined
}

/** What the emulators take for credentials; they check none. */
const ANY_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' }

/** The target of a command; `stage` is its `--stage`, which wins over `TICKERLAKE_STAGE`. */
export function targetOf(env: Environment, stage?: string): Target {
  const brokers = env['KAFKA_BROKERS'] ? brokerList(env['KAFKA_BROKERS']) : undefined
  const wanted = stage ?? env['TICKERLAKE_STAGE']
  if (env['AWS_ENDPOINT_URL']) {
    const endpoint = env['AWS_ENDPOINT_URL']
    return { where: endpoint, stage: wanted ?? 'local', clients: emulatorClients(endpoint, env['AWS_REGION']), brokers }
  }
  const engine = wanted === undefined || wanted === 'local' ? runningEngine(env) : undefined
  if (engine) return { ...localTarget(engine), ...(brokers ? { brokers } : {}) }
  return { where: 'AWS', stage: wanted ?? 'dev', clients: {}, brokers }
}

function localTarget(engine: EngineState): Target {
  return {
    where: `the local engine at ${engine.endpoint}`,
    stage: engine.stage,
    clients: emulatorClients(engine.endpoint, engine.region),
    brokers: brokerList(engine.brokers),
  }
}

function brokerList(bootstrap: string): readonly string[] {
  return bootstrap.split(',').map((broker) => broker.trim())
}

function emulatorClients(endpoint: string, region = 'us-east-1'): ClientConfig {
  return { endpoint, region, credentials: ANY_CREDENTIALS, forcePathStyle: true }
}

/** The deployed stage's names, from its stacks' outputs. */
export async function deploymentOf(target: Target): Promise<Deployment> {
  return readDeployment(new CloudFormationClient(target.clients), target.stage)
}
