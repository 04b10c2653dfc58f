/** One run of chaos: load, mapping, consumers and trouble for a while; then quiet, and the count. */
import { mkdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { KafkaTopicLog } from '../../cli/lake/kafka-topic-log.ts'
import { systemClock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import type { Log } from '../../lake/log.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { kafkaSource } from '../../packages/lambda-kafka-local/src/adapters/kafka-source.ts'
import { parseMapping } from '../../packages/lambda-kafka-local/src/core/parse-mapping.ts'
import { MappingRun } from '../../packages/lambda-kafka-local/src/mapping-run.ts'
import type { FailureDestination, RecordSource } from '../../packages/lambda-kafka-local/src/ports.ts'
import { ConsumerPool, type PoolCounts } from './consumer-pool.ts'
import { type Count, countIndependently } from './count.ts'
import { Dice } from './dice.ts'
import { type Ground, makeBucket, makeTopic } from './ground.ts'
import { sendLoad } from './load.ts'
import type { ChaosRunOptions } from './options.ts'

export interface ChaosOutcome {
  readonly options: ChaosRunOptions
  readonly seconds: number
  readonly brokerRestarts: number
  readonly mapping: { readonly invocations: number; readonly failures: number; readonly pollers: number }
  readonly pool: PoolCounts
  readonly count: Count
}

export interface ChaosRunDeps {
  readonly ground: Ground
  readonly say: (text: string) => void
}

const RESTART_EVERY_MS = 100_000
/** However long the machine takes; a mapping that stands still so long has lost something. */
const DRAIN_MS = 300_000
const STATUS_MS = 10_000

export async function runChaos(options: ChaosRunOptions, { ground, say }: ChaosRunDeps): Promise<ChaosOutcome> {
  const began = Date.now()
  const name = `chaos-${began.toString(36)}`
  mkdirSync(options.dir, { recursive: true })
  await makeTopic(ground.brokers, name, options.partitions)
  const s3 = await makeBucket(ground.endpoint, name)
  const pool = new ConsumerPool({ ...options, endpoint: ground.endpoint, bucket: name, cluster: 'chaos' })
  await pool.start()
  const kept = new Set<string>()
  const mapping = startMapping(name, options, { ground, pool, kept })
  const log = new KafkaTopicLog({ brokers: ground.brokers, security: { kind: 'plaintext' } })
  try {
    const restarts = restartNowAndThen(ground, options, say)
    const status = setInterval(() => say(statusLine(mapping.run, pool)), STATUS_MS)
    await sendLoad({
      brokers: ground.brokers,
      topic: name,
      records: Math.round(options.rate * options.minutes * 60),
      milliseconds: options.minutes * 60_000,
      dice: new Dice(options.seed),
    })
    const brokerRestarts = await restarts.stop()
    say('All is sent; waiting until all of it is landed, in trouble to the end.')
    await drained(mapping.run, log, name)
    clearInterval(status)
    await mapping.stop()
    pool.calm()
    await pool.rest()
    say('Counting every record of the topic against every row of the files.')
    const files = new LandedFiles(new S3ObjectStore(s3, name))
    const count = await countIndependently({ topic: name, log, files, kept })
    const { invocations, failures } = mapping.run.status()
    const seconds = Math.round((Date.now() - began) / 1000)
    return {
      options,
      seconds,
      brokerRestarts,
      mapping: { invocations, failures, pollers: mapping.pollers() },
      pool: pool.counts(),
      count,
    }
  } finally {
    await mapping.stop()
    await Promise.all([pool.close(), log.close()])
  }
}

interface MappingParts {
  readonly ground: Ground
  readonly pool: ConsumerPool
  readonly kept: Set<string>
}

/** The real mapping with its chaos switch on: other borders, doubled and repeated invocations, pollers that die. */
function startMapping(topic: string, { seed, consumers }: ChaosRunOptions, { ground, pool, kept }: MappingParts) {
  const description = {
    UUID: topic,
    FunctionName: 'consumer',
    Topics: [topic],
    BatchSize: 1_000,
    MaximumBatchingWindowInSeconds: 0,
    MaximumRetryAttempts: 10_000,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${topic}` } },
  }
  const destination: FailureDestination = {
    async deliver({ condition, records }) {
      if (condition !== 'MaximumPayloadSizeExceeded') return
      for (const { topic, partition, offset } of records) kept.add(`${topic}-${partition}@${offset}`)
    },
  }
  const source = kafkaSource(QUIET)
  let pollers = 0
  const counted: RecordSource = {
    join(mapping) {
      pollers++
      return source.join(mapping)
    },
  }
  const run = new MappingRun(
    parseMapping(description, ground.brokers),
    { source: counted, invoker: pool, destination, clock: systemClock, log: QUIET },
    { concurrency: consumers, chaos: { seed, redeliver: 0.05, kill: 0.004, double: 0.05, recut: 0.4 } },
  )
  const stopping = new AbortController()
  const done = run.run(stopping.signal)
  return {
    run,
    pollers: () => pollers,
    stop: () => {
      stopping.abort()
      return done
    },
  }
}

const QUIET: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

function restartNowAndThen({ restartBroker }: Ground, { minutes }: ChaosRunOptions, say: (text: string) => void) {
  const stopped = new AbortController()
  const every = Math.min(RESTART_EVERY_MS, (minutes * 60_000) / 2)
  let restarts = 0
  const restarting = (async () => {
    while (restartBroker) {
      await systemClock.sleep(every, stopped.signal)
      if (stopped.signal.aborted) return
      say('Killing the broker and starting it again.')
      await restartBroker()
      restarts++
    }
  })()
  return {
    async stop(): Promise<number> {
      stopped.abort()
      await restarting
      return restarts
    },
  }
}

/** Resolves when the mapping has committed everything that the broker has. */
async function drained(run: MappingRun, log: KafkaTopicLog, topic: string): Promise<void> {
  const ends = await log.bounds(topic)
  const until = Date.now() + DRAIN_MS
  while (Date.now() < until) {
    const { partitions } = run.status()
    const behind = [...ends].filter(
      ([number, { high }]) => (partitions.find(({ partition }) => partition === number)?.committed ?? -1) < high,
    )
    if (behind.length === 0) return
    await delay(250)
  }
  const { lag, state, lastProcessingResult } = run.status()
  throw new TickerlakeError(
    'stuck',
    `After ${DRAIN_MS / 1000} s ${lag} records are still not landed; the mapping is ${state} and says: ${lastProcessingResult}.`,
  )
}

function statusLine(run: MappingRun, pool: ConsumerPool): string {
  const { handled, lag, state } = run.status()
  const { invocations, started } = pool.counts()
  return `${handled} records handled, lag ${lag ?? '?'}, ${invocations} invocations, ${started} consumers started, mapping ${state}`
}
