/** Keeps one poller per mapping: reads what is deployed every few seconds, starts what is new, ends what is gone. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { deployedMappings } from './adapters/deployed-mappings.ts'
import { failureDestinations } from './adapters/failure-destinations.ts'
import { kafkaSource } from './adapters/kafka-source.ts'
import { lambdaFunction } from './adapters/lambda-function.ts'
import type { Clock } from './clock.ts'
import type { MappingDescription } from './core/parse-mapping.ts'
import { Fleet } from './fleet.ts'
import type { Log } from './log.ts'
import type { MappingOptions } from './mapping-run.ts'
import type { FunctionInvoker } from './ports.ts'
import type { MappingStatus } from './status.ts'

export interface StartOptions extends MappingOptions {
  /** Where Lambda and the destinations answer, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string
  /** @default the region that local stacks live in */
  readonly region?: string
  /** Bootstrap brokers for all mappings; else each mapping's own, or what the MSK API says of its cluster. */
  readonly brokers?: readonly string[]
  /** Mappings that are not deployed anywhere. @default those that the Lambda API lists */
  readonly mappings?: readonly MappingDescription[]
  /** @default the Lambda API at the endpoint */
  readonly invoker?: FunctionInvoker
  readonly signal: AbortSignal
  readonly clock: Clock
  readonly log: Log
  /** How often the deployed mappings are read again, in milliseconds. @default 3 s */
  readonly rereadMs?: number
}

export interface RunningMappings {
  status(): readonly MappingStatus[]
  /** Resolves after the signal, when every poller has left its group. */
  readonly done: Promise<void>
}

const REREAD_MS = 3_000
const LOCAL_REGION = 'us-east-1'
/** Emulators take any credentials; these cannot be mistaken for real ones. */
const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const

export function startMappings(options: StartOptions): RunningMappings {
  const { endpoint, region = LOCAL_REGION, brokers = [], mappings, clock, log, signal, rereadMs = REREAD_MS } = options
  const aws = { endpoint, region, credentials: LOCAL_CREDENTIALS }
  // Retries are the mapping's business: its own policy says what counts as one.
  const lambda = new LambdaClient({ ...aws, maxAttempts: 1 })
  const cloudFormation = new CloudFormationClient(aws)
  const fleet = new Fleet(
    {
      source: kafkaSource(log),
      invoker: options.invoker ?? lambdaFunction(lambda),
      destination: failureDestinations({
        s3: new S3Client({ ...aws, forcePathStyle: true }),
        sqs: new SQSClient(aws),
        sns: new SNSClient(aws),
        clock,
      }),
      clock,
      log,
      descriptions: async () => mappings ?? deployedMappings(lambda, cloudFormation),
      brokersOf: async (clusterArn) =>
        brokers.length > 0 ? brokers : clusterBrokers(new KafkaClient(aws), clusterArn),
    },
    options,
  )
  return { status: () => fleet.status(), done: fleet.run(signal, rereadMs) }
}

/** A self-managed mapping has no ARN and names its brokers itself. */
async function clusterBrokers(client: KafkaClient, clusterArn: string | undefined): Promise<readonly string[]> {
  if (!clusterArn) return []
  const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }))
  const servers = answer.BootstrapBrokerString ?? answer.BootstrapBrokerStringTls ?? ''
  return servers.split(',').filter(Boolean)
}
