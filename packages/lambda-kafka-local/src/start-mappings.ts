/** Keeps one poller per mapping: those that are given, or those that are deployed, read again every few seconds. */
import { type AwsSettings, awsSettings } from './adapters/aws-settings.ts'
import type { Deployment } from './adapters/deployed-mappings.ts'
import { failureDestinations } from './adapters/failure-destinations.ts'
import { PLAINTEXT, type Security } from './adapters/kafka-security.ts'
import { lambdaFunction } from './adapters/lambda-function.ts'
import { optionalPeer } from './adapters/optional-peer.ts'
import type { Clock } from './clock.ts'
import type { MappingDescription } from './core/mapping-description.ts'
import { Fleet } from './fleet.ts'
import type { Log } from './log.ts'
import type { MappingOptions } from './mapping-run.ts'
import type { FunctionInvoker, MappingObserver, RecordSource } from './ports.ts'
import type { MappingStatus } from './status.ts'

export interface StartOptions extends MappingOptions {
  /** Where Lambda and the destinations answer, e.g. `http://127.0.0.1:4566`. @default AWS itself */
  readonly endpoint?: string
  /** Where Lambda alone answers, e.g. SAM's `http://127.0.0.1:3001`. @default `endpoint` */
  readonly lambdaEndpoint?: string
  /** Where S3, SQS and SNS alone answer. @default `endpoint` */
  readonly destinationEndpoint?: string
  /** @default the region that local stacks live in */
  readonly region?: string
  /** Bootstrap brokers for all mappings; else each mapping's own, or what the MSK API says of its cluster. */
  readonly brokers?: readonly string[]
  /** How the brokers are reached. @default plain text */
  readonly security?: Security
  /** Mappings that are not deployed anywhere. @default those that the Lambda API lists */
  readonly mappings?: readonly MappingDescription[]
  /** @default the Lambda API at the endpoint */
  readonly invoker?: FunctionInvoker
  /** Pass over what AWS refuses and what is not supported, with a warning. @default false */
  readonly lenient?: boolean
  readonly observer?: MappingObserver
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  /** How often the deployed mappings are read again, in milliseconds. @default 3 s */
  readonly rereadMs?: number
}

export interface RunningMappings {
  status(): readonly MappingStatus[]
  /** Why mappings are not run that should be: what is wrong with each. */
  refusals(): readonly string[]
  /** Resolves after the signal, when every poller has left its group. */
  readonly done: Promise<void>
}

const REREAD_MS = 3_000
export const LOCAL_REGION = 'us-east-1'

export function startMappings(options: StartOptions): RunningMappings {
  const { region = LOCAL_REGION, brokers = [], mappings, clock, log, signal, rereadMs = REREAD_MS } = options
  const { endpoint, lambdaEndpoint = endpoint, destinationEndpoint = endpoint, security = PLAINTEXT } = options
  const lambda = awsSettings(lambdaEndpoint, region)
  const deployed = lazily(() => deploymentAt(awsSettings(endpoint ?? lambdaEndpoint, region)))
  const invoker = options.invoker ?? lazyInvoker(lambda)
  const fleet = new Fleet(
    {
      source: kafka(log, security),
      invoker,
      destination: failureDestinations({ aws: awsSettings(destinationEndpoint, region), security, clock }),
      clock,
      log,
      lenient: options.lenient ?? false,
      ...(options.observer ? { observer: options.observer } : {}),
      descriptions: async () => mappings ?? (await deployed()).descriptions(),
      brokersOf: async (clusterArn) => {
        if (brokers.length > 0 || !clusterArn) return brokers
        return (await deployed()).brokersOf(clusterArn)
      },
    },
    options,
  )
  const done = fleet.run(signal, rereadMs).finally(() => invoker.close?.())
  return { status: () => fleet.status(), refusals: () => fleet.refusals(), done }
}

/** The client of Kafka is loaded when the first mapping wants it. */
function kafka(log: Log, security: Security): RecordSource {
  return {
    async join(mapping) {
      const { kafkaSource } = await import('./adapters/kafka-source.ts')
      return kafkaSource(log, security).join(mapping)
    },
  }
}

function lazyInvoker(aws: AwsSettings): FunctionInvoker {
  const invoker = lazily(() => lambdaFunction(aws))
  return {
    prepare: async () => void (await invoker()),
    invoke: async (name, payload, signal) => (await invoker()).invoke(name, payload, signal),
  }
}

async function deploymentAt(aws: AwsSettings): Promise<Deployment> {
  const packages = ['client-lambda', 'client-cloudformation', 'client-kafka'].map((name) => `@aws-sdk/${name}`)
  const load = () => import('./adapters/deployed-mappings.ts')
  return (await optionalPeer(packages.join(' '), 'Reading what is deployed', load)).deployment(aws)
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
