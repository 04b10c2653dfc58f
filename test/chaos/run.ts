/** One run of chaos: load, mapping, consumers and trouble for a while; then quiet, and the count. */
import { mkdirSync } from 'node:fs'
import type { MappingStatus } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import { KafkaTopicLog } from '../../lake/ledger/kafka-topic-log.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { ConsumerPool, type PoolCounts, poolsTogether } from './consumer-pool.ts'
import { type Count, countIndependently, countsTogether } from './count.ts'
import { Dice } from './dice.ts'
import { GivingUp } from './giving-up.ts'
import { type Ground, makeBucket, makeTopic, removeTopic } from './ground.ts'
import { sendLoad } from './load.ts'
import { drained, startMapping } from './mapping.ts'
import { Mending, type MendingCounts } from './mending.ts'
import type { ChaosRunOptions } from './options.ts'

export interface ChaosOutcome {
  readonly options: ChaosRunOptions
  readonly seconds: number
  readonly brokerRestarts: number
  readonly mapping: { readonly invocations: number; readonly failures: number; readonly pollers: number }
  readonly pool: PoolCounts
  readonly mending: MendingCounts & { readonly givenUp: number }
  readonly count: Count
}

export interface ChaosRunDeps {
  readonly ground: Ground
  readonly say: (text: string) => void
}

const RESTART_EVERY_MS = 100_000
const STATUS_MS = 10_000

/** Two clusters one after the other, each for half of the time, landing the same topic into the same lake. */
export async function runChaos(options: ChaosRunOptions, deps: ChaosRunDeps): Promise<ChaosOutcome> {
  const began = Date.now()
  const name = `chaos-${began.toString(36)}`
  mkdirSync(options.dir, { recursive: true })
  const s3 = await makeBucket(deps.ground.endpoint, name)
  const store = new S3ObjectStore(s3, name)
  const half = { ...options, minutes: options.minutes / 2 }
  const first = await runCluster({ ...half, name, store, cluster: 'first' }, deps)
  deps.say('The cluster is changed: the topic begins again at offset 0, the lake stays.')
  await removeTopic(deps.ground.brokers, name)
  const second = await runCluster({ ...half, seed: options.seed + 1, name, store, cluster: 'second' }, deps)
  return { ...together(first, second), options, seconds: Math.round((Date.now() - began) / 1000) }
}

type ClusterOutcome = Omit<ChaosOutcome, 'options' | 'seconds'>

function together(a: ClusterOutcome, b: ClusterOutcome): ClusterOutcome {
  return {
    brokerRestarts: a.brokerRestarts + b.brokerRestarts,
    mapping: sums(a.mapping, b.mapping),
    pool: poolsTogether(a.pool, b.pool),
    mending: sums(a.mending, b.mending),
    count: countsTogether(a.count, b.count),
  }
}

function sums<Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(a) as Name[]
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Record<Name, number>
}

interface ClusterRun extends ChaosRunOptions {
  readonly name: string
  readonly store: S3ObjectStore
  readonly cluster: string
}

async function runCluster(run: ClusterRun, { ground, say }: ChaosRunDeps): Promise<ClusterOutcome> {
  const { name, store, cluster, seed } = run
  const clusterArn = `arn:aws:kafka:us-east-1:000000000000:cluster/chaos/${cluster}`
  await makeTopic(ground.brokers, name, run.partitions)
  const pool = new ConsumerPool({ ...run, endpoint: ground.endpoint, bucket: name, clusterArn })
  await pool.start()
  const giving = new GivingUp(pool, store, new Dice(seed + 100))
  const mapping = startMapping(run, { ground, invoker: giving, clusterArn })
  const log = new KafkaTopicLog({ brokers: ground.brokers, security: { kind: 'plaintext' } })
  const mending = new Mending({ ...run, topic: name, log, dice: new Dice(seed + 200) })
  try {
    const restarts = restartNowAndThen(ground, run, say)
    const status = setInterval(() => say(statusLine(mapping.status(), pool)), STATUS_MS)
    mending.start()
    await sendLoad({
      brokers: ground.brokers,
      topic: name,
      records: Math.round(run.rate * run.minutes * 60),
      milliseconds: run.minutes * 60_000,
      dice: new Dice(seed),
    })
    const brokerRestarts = await restarts.stop()
    say('All is sent; waiting until all of it is landed, in trouble to the end.')
    await drained(mapping, log, name)
    clearInterval(status)
    const { invocations, failures, joins } = mapping.status()
    await mapping.stop()
    pool.calm()
    await pool.rest()
    await mending.finish()
    say('Counting every record of the topic against every row of the files.')
    const count = await countIndependently({
      topic: name,
      cluster,
      log,
      files: new LandedFiles(store),
    })
    return {
      brokerRestarts,
      mapping: { invocations, failures, pollers: joins },
      pool: pool.counts(),
      mending: { ...mending.counts, givenUp: giving.givenUp },
      count,
    }
  } finally {
    await mapping.stop()
    await Promise.all([pool.close(), log.close()])
  }
}

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

function statusLine({ handled, lag, state }: MappingStatus, pool: ConsumerPool): string {
  const { invocations, started } = pool.counts()
  return `${handled} records handled, lag ${lag ?? '?'}, ${invocations} invocations, ${started} consumers started, mapping ${state}`
}
