/**
 * The chaos of a stream that does not end: five weeks of a market pass in a minute while its fetchers, producers and
 * consumers are killed; then every bar that is due is held against the lake.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import type { Clock } from '../../../lake/clock.ts'
import { yahooCharts } from '../../../lake/history/yahoo-chart.ts'
import { kafkaClient } from '../../../lake/kafka/kafka-access.ts'
import { KafkajsSender } from '../../../lake/kafka/kafkajs-sender.ts'
import { KafkaTopicLog } from '../../../lake/ledger/kafka-topic-log.ts'
import { S3ObjectStore } from '../../../lake/store/s3-object-store.ts'
import { MARKET, MARKET_END, MARKET_START } from '../../support/market.ts'
import { silentLog } from '../../support/silent-log.ts'
import { VirtualClock } from '../../support/virtual-clock.ts'
import { YahooStandIn } from '../../support/yahoo-stand-in.ts'
import { ConsumerPool } from '../consumer-pool.ts'
import { Dice } from '../dice.ts'
import { type Ground, makeBucket, makeTopic } from '../ground.ts'
import { drained, startMapping } from '../mapping.ts'
import type { ChaosRunOptions } from '../options.ts'
import { isExactlyOnce, killsOf } from '../report.ts'
import { type FastTime, fastClock } from './stream-clock.ts'
import { findingsOf, type StreamFindings } from './stream-findings.ts'
import { expectant, fetchOnce, produceOnce, type StreamPlace } from './stream-place.ts'
import { StreamWorker, type WorkerCounts } from './stream-worker.ts'

export interface StreamOutcome extends StreamFindings {
  readonly seed: number
  readonly fetchers: WorkerCounts
  readonly producers: WorkerCounts
  readonly consumersKilled: number
}

const ROLES = ['fetcher', 'producer'] as const
/** Of each, so that one goes on while the other stands still, and both meet. */
const WORKERS = 2
/** The producer's clock: its lease of 30 s lasts a second and a half. */
const PRODUCER_RATE = 20
const MINUTE = 60_000
const QUIET_TURNS = 3
/** The quiet minutes are the market's last: what is over after its end is not expected. */
const TROUBLE_END = MARKET_END - QUIET_TURNS * MINUTE
/** However long it takes until each was killed once. */
const PATIENCE_MS = 5 * MINUTE
/** However long that takes, and to start and to come to rest. */
const REST_MS = 30 * MINUTE

export async function streamChaos(options: ChaosRunOptions, ground: Ground): Promise<StreamOutcome> {
  const run = new StreamRun(options, ground)
  try {
    return await run.run()
  } finally {
    await run.close()
  }
}

class StreamRun {
  readonly #options: ChaosRunOptions
  readonly #ground: Ground
  readonly #name = `stream-${Date.now().toString(36)}`
  readonly #clusterArn: string
  readonly #journal: string
  readonly #log: KafkaTopicLog
  readonly #pool: ConsumerPool
  readonly #minutes: FastTime
  #time: () => number = () => MARKET_START
  readonly #yahoo = new YahooStandIn({ symbols: MARKET, now: () => this.#time(), wobble: 3e-7 })

  constructor(options: ChaosRunOptions, ground: Ground) {
    this.#options = options
    const began = Date.now()
    // Behind the machine's clock to the end: what claims to be sent tomorrow is no valid bar.
    const start = began - PRODUCER_RATE * (options.minutes * MINUTE + REST_MS)
    this.#minutes = { began, start, rate: PRODUCER_RATE, end: began }
    this.#ground = ground
    this.#clusterArn = `arn:aws:kafka:us-east-1:000000000000:cluster/chaos/${this.#name}`
    this.#journal = join(options.dir, 'tmp', `${this.#name}.journal`)
    this.#log = new KafkaTopicLog({ brokers: ground.brokers, security: { kind: 'plaintext' } })
    const place = { endpoint: ground.endpoint, bucket: this.#name, clusterArn: this.#clusterArn }
    this.#pool = new ConsumerPool({ ...options, ...place })
  }

  async run(): Promise<StreamOutcome> {
    const { seed } = this.#options
    const { endpoint, brokers } = this.#ground
    mkdirSync(join(this.#options.dir, 'tmp'), { recursive: true })
    const store = new S3ObjectStore(await makeBucket(endpoint, this.#name), this.#name)
    await makeTopic(brokers, this.#name, this.#options.partitions)
    await this.#pool.start()
    const mapped = { ...this.#options, name: this.#name, cluster: this.#name }
    const mapping = startMapping(mapped, { ground: this.#ground, invoker: this.#pool, clusterArn: this.#clusterArn })
    try {
      await this.#past(store)
      const workers = await this.#fiveWeeks()
      await this.#comeToRest(store)
      this.#pool.calm()
      await drained(mapping, this.#log, this.#name)
      const consumersKilled = killsOf({ pool: this.#pool.counts() })
      const findings = await findingsOf({ store, log: this.#log, topic: this.#name, journal: this.#journal })
      return { seed, ...workers, consumersKilled, ...findings }
    } finally {
      await mapping.stop()
    }
  }

  async close(): Promise<void> {
    rmSync(this.#journal, { force: true })
    await Promise.all([this.#pool.close(), this.#log.close(), this.#yahoo.close()])
  }

  async #fiveWeeks(): Promise<Pick<StreamOutcome, 'fetchers' | 'producers'>> {
    const milliseconds = this.#options.minutes * MINUTE
    const place = await this.#place(milliseconds)
    const module = await bundled(this.#options.dir)
    const roles = Array.from({ length: WORKERS }, () => ROLES).flat()
    const workers = roles.map((role, i) => {
      const dice = new Dice(this.#options.seed + 1_000 * (i + 1))
      return {
        role,
        worker: new StreamWorker({ module, dice, endpoint: this.#ground.endpoint, place: { ...place, role } }),
      }
    })
    this.#time = fastClock(place.market).now
    await Promise.all(workers.map(({ worker }) => worker.start()))
    await delay(milliseconds)
    const wasKilled = (wanted: StreamPlace['role']): boolean =>
      workers.some(({ role, worker }) => role === wanted && worker.counts.kills > 0)
    // A slow machine takes longer until anybody has met his death.
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !ROLES.every(wasKilled); ) await delay(100)
    await Promise.all(workers.map(({ worker }) => worker.stop()))
    const counts = (wanted: StreamPlace['role']): WorkerCounts =>
      together(workers.filter(({ role }) => role === wanted).map(({ worker }) => worker.counts))
    return { fetchers: counts('fetcher'), producers: counts('producer') }
  }

  async #place(milliseconds: number): Promise<Omit<StreamPlace, 'seed' | 'role'>> {
    const began = Date.now()
    return {
      yahoo: await this.#yahoo.listen(),
      brokers: this.#ground.brokers,
      bucket: this.#name,
      topic: this.#name,
      journal: this.#journal,
      market: { began, start: MARKET_START, end: TROUBLE_END, rate: (TROUBLE_END - MARKET_START) / milliseconds },
      minutes: this.#minutes,
    }
  }

  /** What is there before the five weeks, which they restate: else a slow machine might see nothing but their end. */
  #past(store: S3ObjectStore): Promise<void> {
    return this.#quietTurns(store, { from: MARKET_START, turns: 1, clock: fastClock(this.#minutes) })
  }

  /** Up to the end, until nothing is left to ask for and to send. */
  #comeToRest(store: S3ObjectStore): Promise<void> {
    // All leases are over; from here on a minute is a minute, in which a slow machine reads what it has to.
    const start = fastClock(this.#minutes).now() + MINUTE
    const clock = fastClock({ ...this.#minutes, began: Date.now(), start, rate: 1 })
    return this.#quietTurns(store, { from: TROUBLE_END, turns: QUIET_TURNS, clock })
  }

  /** Without trouble, a turn a minute of the market. */
  async #quietTurns(store: S3ObjectStore, { from, turns, clock }: QuietTurns): Promise<void> {
    const { brokers } = this.#ground
    const market = new VirtualClock(from)
    this.#time = () => market.now()
    const charts = yahooCharts({ fetch: this.#yahoo.fetch })
    const kafka = kafkaClient({ brokers, security: { kind: 'plaintext' } }, silentLog)
    const sender = expectant(new KafkajsSender(kafka, this.#name))
    try {
      for (let turn = 0; turn < turns; turn++) {
        await fetchOnce(charts, { store, clock: market })
        while (!(await produceOnce(sender, { store, clock })).done) await delay(200)
        market.advance(MINUTE)
      }
    } finally {
      await sender.close()
    }
  }
}

interface QuietTurns {
  /** The market's time. */
  readonly from: number
  readonly turns: number
  /** The producer's. */
  readonly clock: Clock
}

async function bundled(dir: string): Promise<string> {
  const outfile = join(dir, 'tmp', 'stream-process.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'stream-process.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // A library brings a createRequire of its own.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  })
  return outfile
}

function together(all: readonly WorkerCounts[]): WorkerCounts {
  const sum = (of: 'kills' | 'pauses' | 'steps'): number => all.reduce((total, counts) => total + counts[of], 0)
  return {
    kills: sum('kills'),
    pauses: sum('pauses'),
    steps: sum('steps'),
    failures: all.flatMap(({ failures }) => failures),
  }
}

export function isRightStream(outcome: StreamOutcome): boolean {
  const { fetchers, producers, wrong } = outcome
  return wrong.length + fetchers.failures.length + producers.failures.length === 0 && isExactlyOnce(outcome)
}

export function streamText(outcome: StreamOutcome): string {
  const { seed, fetchers, producers, consumersKilled, count, bars, versions, repeated, wrong } = outcome
  const told = ({ kills, pauses, steps }: WorkerCounts): string =>
    `${kills} killed, ${pauses} made to stand still, ${steps} runs ended`
  const lines = [
    `Chaos of a stream, seed ${seed}: five weeks of a market.`,
    `Fetchers: ${told(fetchers)}.`,
    `Producers: ${told(producers)}.`,
    `Consumers: ${consumersKilled} killed.`,
    `${count.records} records in the topic, ${count.once} in exactly one row; ${count.lost} lost, ${count.duplicates} twice, ${count.wrong} wrong.`,
    `${bars} bars, ${versions} versions; ${repeated} bars sent again by runs that were killed before they had written it down.`,
    ...count.findings,
    ...[...fetchers.failures, ...producers.failures].slice(0, 20),
    ...wrong.slice(0, 20),
    `${wrong.length} findings.`,
  ]
  return lines.join('\n')
}
