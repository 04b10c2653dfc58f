/** A mapping on a cluster in memory, from its start until it has nothing left to do. */
import { after } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../lake/clock.ts'
import type { Mapping } from '../../packages/lambda-kafka-local/src/core/mapping.ts'
import type { Discard } from '../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { type MappingOptions, MappingRun } from '../../packages/lambda-kafka-local/src/mapping-run.ts'
import type { FunctionInvoker } from '../../packages/lambda-kafka-local/src/ports.ts'
import { aMapping } from './mapping.ts'
import type { MemoryCluster } from './memory-cluster.ts'
import { silentLog } from './silent-log.ts'
import { until } from './until.ts'

/** What a failed test has left would keep its file from ending. */
const running = new Set<() => Promise<void>>()
after(() => Promise.all([...running].map((stop) => stop())))

/** The machine's time, but waits are cut short: a back-off of ten seconds takes some milliseconds. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => delay(Math.min(ms / 100, 5)),
}

export interface Fixture {
  readonly cluster: MemoryCluster
  readonly invoker: FunctionInvoker
  readonly mapping?: Partial<Mapping>
  readonly options?: MappingOptions
  readonly deliver?: (discard: Discard) => Promise<void>
}

export interface Running {
  readonly run: MappingRun
  stop(): Promise<void>
  /** Until the group has committed all that was produced. */
  drained(): Promise<void>
}

export function runMapping({
  cluster,
  invoker,
  mapping = {},
  options = {},
  deliver = async () => {},
}: Fixture): Running {
  const deps = { source: cluster, invoker, destination: { deliver }, clock: hastyClock, log: silentLog }
  const run = new MappingRun(aMapping(mapping), deps, { patienceMs: 200, ...options })
  const stopping = new AbortController()
  const done = run.run(stopping.signal)
  const stop = async () => {
    stopping.abort()
    await done
    running.delete(stop)
  }
  running.add(stop)
  return {
    run,
    stop,
    async drained() {
      const isBehind = () => cluster.logs.some((log, partition) => (cluster.committed[partition] ?? -1) < log.length)
      await until('a commit of all that was produced', () => !isBehind(), { everyMs: 2 })
    },
  }
}
