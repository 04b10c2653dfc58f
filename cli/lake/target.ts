/**
 * Where a command points: the endpoint of the environment, else the local engine if one runs, else AWS. What only reads
 * may fall through to AWS; what changes something gets there by `--stage` alone.
 */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { type Deployment, readDeployment } from '../../lake/deployment.ts'
import type { Environment } from '../../lake/environment.ts'
import { UsageError } from '../../lake/errors.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { lakeCopies, localPaths } from '../../localstack/engine/paths.ts'
import { type EngineState, runningEngine } from '../../localstack/engine/run-state.ts'
import { isAlive } from '../../localstack/process/identity.ts'

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
  /** Whether the local engine's event source mapping runs, so that what is sent lands; undefined on AWS, whose own does. */
  readonly lands?: boolean
  /** Where Trino answers for a lake on this machine; undefined where DuckDB does. */
  readonly trino?: { readonly port: number } | undefined
  /** The folder of this machine where copies of a lake's files are kept for the next command. */
  readonly copies: string
}

/** What a command says where the engine was kept (`--keep`) and its mapping has ended with the run. */
export const NOTHING_LANDS =
  'Nothing lands now: this engine was kept by --keep, and its mapping ended with that run. What is sent waits in the topic and lands with the next "npm run local".'

/** The target of a command; `stage` is its `--stage`, which wins over `TICKERLAKE_STAGE`. */
export function targetOf(env: Environment, stage?: string): Target {
  const brokers = env['KAFKA_BROKERS'] ? brokerList(env['KAFKA_BROKERS']) : undefined
  const wanted = stage ?? env['TICKERLAKE_STAGE']
  const copies = lakeCopies(localPaths(env['TICKERLAKE_LOCAL_DIR']))
  if (env['AWS_ENDPOINT_URL']) {
    const endpoint = endpointOf(env['AWS_ENDPOINT_URL'])
    const clients = emulatorClients(endpoint, env['AWS_REGION'])
    return { where: endpoint, stage: wanted ?? 'local', clients, brokers, copies }
  }
  const engine = wanted === undefined || wanted === 'local' ? runningEngine(env) : undefined
  if (engine) return { ...localTarget(engine), copies, ...(brokers ? { brokers } : {}) }
  return { where: 'AWS', stage: wanted ?? 'dev', clients: {}, brokers, copies }
}

function localTarget(engine: EngineState): Omit<Target, 'copies'> {
  return {
    where: `the local engine at ${engine.endpoint}`,
    stage: engine.stage,
    clients: emulatorClients(engine.endpoint, engine.region),
    brokers: brokerList(engine.brokers),
    lands: engine.owner !== undefined && isAlive(engine.owner),
    trino: engine.trino,
  }
}

function endpointOf(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return text
  throw new UsageError(`AWS_ENDPOINT_URL takes an address like http://127.0.0.1:4566; got "${text}".`)
}

function brokerList(bootstrap: string): readonly string[] {
  return bootstrap.split(',').map((broker) => broker.trim())
}

function emulatorClients(endpoint: string, region?: string): ClientConfig {
  return { ...localClientConfig(endpoint), ...(region && { region }), forcePathStyle: true }
}

export function isAws({ clients }: Target): boolean {
  return clients.endpoint === undefined
}

/** The deployed stage's names, from its stacks' outputs. */
export async function deploymentOf(target: Target): Promise<Deployment> {
  return readDeployment(new CloudFormationClient(target.clients), target.stage)
}
