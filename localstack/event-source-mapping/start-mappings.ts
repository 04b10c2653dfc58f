/** Keeps one poller per deployed mapping: reads what is deployed every few seconds, starts what is new, stops what is gone. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { UsageError } from '../../lambdas/core/errors.ts'
import type { Clock } from '../../lambdas/ports/clock.ts'
import type { Log } from '../../lambdas/ports/log.ts'
import { LOCAL_REGION, localClientConfig } from '../local-aws.ts'
import { deployedMappings } from './adapters/deployed-mappings.ts'
import { failureDestinations } from './adapters/failure-destinations.ts'
import { kafkaSource } from './adapters/kafka-source.ts'
import { lambdaFunction } from './adapters/lambda-function.ts'
import { type Mapping, type MappingDescription, parseMapping } from './core/mapping.ts'
import { type MappingDeps, type MappingOptions, MappingRun } from './mapping-run.ts'
import type { MappingStatus } from './status.ts'

export interface StartOptions extends MappingOptions {
  /** The AWS endpoint, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string
  /** @default the region that local stacks live in */
  readonly region?: string
  /** Bootstrap brokers for all mappings; else each mapping's own, or what the MSK API says of its cluster. */
  readonly brokers?: readonly string[]
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

export function startMappings(options: StartOptions): RunningMappings {
  const fleet = new Fleet(options)
  return { status: () => fleet.status(), done: fleet.run() }
}

interface Member {
  /** The description as text: another text means another mapping. */
  readonly text: string
  readonly run: MappingRun
  readonly stop: AbortController
  readonly ended: Promise<void>
}

class Fleet {
  readonly #options: StartOptions
  readonly #members = new Map<string, Member>()
  readonly #lambda: LambdaClient
  readonly #cloudFormation: CloudFormationClient
  readonly #kafka: KafkaClient
  readonly #deps: MappingDeps
  /** Descriptions that cannot be meant, already said. */
  readonly #refused = new Set<string>()

  constructor(options: StartOptions) {
    const { endpoint, region = LOCAL_REGION, clock, log } = options
    const aws = { ...localClientConfig(endpoint), region }
    this.#options = options
    // Retries are the mapping's business: its own policy says what counts as one.
    this.#lambda = new LambdaClient({ ...aws, maxAttempts: 1 })
    this.#cloudFormation = new CloudFormationClient(aws)
    this.#kafka = new KafkaClient(aws)
    this.#deps = {
      source: kafkaSource(log),
      invoker: lambdaFunction(this.#lambda),
      destination: failureDestinations({
        s3: new S3Client({ ...aws, forcePathStyle: true }),
        sqs: new SQSClient(aws),
        sns: new SNSClient(aws),
        clock,
      }),
      clock,
      log,
    }
  }

  status(): readonly MappingStatus[] {
    return [...this.#members.values()].map(({ run }) => run.status())
  }

  async run(): Promise<void> {
    const { signal, clock, log, rereadMs = REREAD_MS } = this.#options
    while (!signal.aborted) {
      try {
        await this.#follow(await deployedMappings(this.#lambda, this.#cloudFormation))
      } catch (error) {
        if (!signal.aborted) log.warn('the deployed mappings cannot be read; trying again', { reason: String(error) })
      }
      await clock.sleep(rereadMs, signal)
    }
    await Promise.all([...this.#members.keys()].map((id) => this.#end(id)))
  }

  async #follow(descriptions: readonly MappingDescription[]): Promise<void> {
    const wanted = new Map(descriptions.map((description) => [description.UUID ?? '', description]))
    for (const [id, { text }] of this.#members) {
      const description = wanted.get(id)
      if (!description || textOf(description) !== text) await this.#end(id)
    }
    for (const [id, description] of wanted) if (!this.#members.has(id)) await this.#begin(id, description)
  }

  async #begin(id: string, description: MappingDescription): Promise<void> {
    const text = textOf(description)
    try {
      const mapping = await this.#read(description)
      const stop = new AbortController()
      const run = new MappingRun(mapping, this.#deps, this.#options)
      this.#members.set(id, { text, run, stop, ended: run.run(stop.signal) })
      this.#deps.log.info('mapping started', { ...mapping, filters: mapping.filters.length })
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      if (!this.#refused.has(text)) this.#deps.log.error('a mapping is not run', { mapping: id, reason: error.message })
      this.#refused.add(text)
    }
  }

  async #end(id: string): Promise<void> {
    const member = this.#members.get(id)
    this.#members.delete(id)
    member?.stop.abort()
    await member?.ended
  }

  async #read(description: MappingDescription): Promise<Mapping> {
    const mapping = parseMapping(description, this.#options.brokers)
    if (mapping.brokers.length > 0) return mapping
    if (mapping.source.kind !== 'msk') throw new UsageError(`Mapping ${mapping.id} names no brokers.`)
    const answer = await this.#kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: mapping.source.clusterArn }))
    const servers = answer.BootstrapBrokerString ?? answer.BootstrapBrokerStringTls ?? ''
    return { ...mapping, brokers: servers.split(',').filter(Boolean) }
  }
}

function textOf(description: MappingDescription): string {
  return JSON.stringify(description)
}
