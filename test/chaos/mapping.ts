/** The real mapping with its chaos switch on: other borders, doubled and repeated invocations, pollers that die. */
import { setTimeout as delay } from 'node:timers/promises'
import { type FunctionInvoker, type MappingStatus, startMappings } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { KafkaTopicLog } from '../../lake/ledger/kafka-topic-log.ts'
import { silentLog } from '../support/silent-log.ts'
import type { Ground } from './ground.ts'

/** However long the machine takes; a mapping that stands still so long has lost something. */
const DRAIN_MS = 300_000

/** What is mapped: a topic of one name, of a cluster that is told apart. */
interface MappedRun {
  readonly name: string
  readonly cluster: string
  readonly seed: number
  readonly consumers: number
}

interface MappingParts {
  readonly ground: Ground
  readonly invoker: FunctionInvoker
  readonly clusterArn: string
}

export function startMapping(
  { name, cluster, seed, consumers }: MappedRun,
  { ground, invoker, clusterArn }: MappingParts,
) {
  const description = {
    UUID: `${name}-${cluster}`,
    EventSourceArn: clusterArn,
    FunctionName: 'consumer',
    Topics: [name],
    BatchSize: 1_000,
    MaximumBatchingWindowInSeconds: 0,
    StartingPosition: 'TRIM_HORIZON',
    ProvisionedPollerConfig: { MinimumPollers: 1 },
    MaximumRetryAttempts: 10_000,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${name}` } },
  }
  const stopping = new AbortController()
  const running = startMappings({
    mappings: [description],
    brokers: ground.brokers,
    invoker,
    destinationEndpoint: ground.endpoint,
    concurrency: consumers,
    chaos: { seed, redeliver: 0.05, kill: 0.004, double: 0.05, recut: 0.4 },
    signal: stopping.signal,
    clock: systemClock,
    log: silentLog,
  })
  return {
    /** Throws where the mapping was refused, or does not run yet. */
    status(): MappingStatus {
      const [status] = running.status()
      if (!status) throw new TickerlakeError('no-mapping', running.refusals()[0] ?? 'The mapping does not run.')
      return status
    },
    stop: () => {
      stopping.abort()
      return running.done
    },
  }
}

type Mapping = ReturnType<typeof startMapping>

/** Resolves when the mapping has committed everything that the broker has. */
export async function drained(mapping: Mapping, log: KafkaTopicLog, topic: string): Promise<void> {
  const ends = await log.bounds(topic)
  const until = Date.now() + DRAIN_MS
  while (Date.now() < until) {
    const { partitions } = mapping.status()
    const behind = [...ends].filter(
      ([number, { high }]) => (partitions.find(({ partition }) => partition === number)?.committed ?? -1) < high,
    )
    if (behind.length === 0) return
    await delay(250)
  }
  const { lag, state, lastProcessingResult } = mapping.status()
  throw new TickerlakeError(
    'stuck',
    `After ${DRAIN_MS / 1000} s ${lag} records are still not landed; the mapping is ${state} and says: ${lastProcessingResult}.`,
  )
}
