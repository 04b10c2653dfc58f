import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { KafkaClient } from '@aws-sdk/client-kafka'
import { ensureCluster } from './aws/cluster.ts'
import { ensureTopic } from './broker-admin.ts'
import type { EngineDeps } from './engine.ts'
import { startEngine } from './engines.ts'
import { EngineError } from './errors.ts'
import { LOCAL_REGION, localClientConfig } from './local-aws.ts'
import { leftRunning } from './process/book.ts'
import { identify } from './process/identity.ts'
import { type Lock, takeLock } from './process/lock.ts'
import { type EngineState, removeEngineState, writeEngineState } from './run-state.ts'

const CLUSTER_NAME = 'tickerlake-local'
/** The stage whose stacks a local engine gets. */
const LOCAL_STAGE = 'local'

/** Does what the command line asked for and gives the exit code. Whatever happens, nothing is left running. */
export async function runLocal(deps: EngineDeps): Promise<number> {
  const lock = lockOrRefuse(deps)
  try {
    return deps.options.command === 'down' ? await bringDown(deps) : await runEngine(deps)
  } finally {
    lock.release()
  }
}

function lockOrRefuse({ paths }: EngineDeps): Lock {
  const outcome = takeLock(join(paths.run, 'lock'))
  if (outcome.kind === 'taken') return outcome.lock
  throw new EngineError(
    `npm run local is running already for ${paths.root} (pid ${outcome.by.pid}). ` +
      'End it with Ctrl-C there, or give this one a folder and ports of its own: --dir, --port-kafka, --port-aws.',
  )
}

async function bringDown(deps: EngineDeps): Promise<number> {
  const ended = await endLeftovers(deps)
  deps.progress.say(ended === 0 ? 'Nothing was running.' : `Ended ${ended} processes.`)
  return 0
}

async function runEngine(deps: EngineDeps): Promise<number> {
  try {
    await endLeftovers(deps)
    if (deps.options.reset) rmSync(deps.paths.state, { recursive: true, force: true })
    const state = await bringUp(deps)
    deps.progress.say(
      `AWS     ${state.endpoint}\nKafka   ${state.brokers}, topic ${state.topic}\nMSK     ${state.clusterArn}`,
    )
    await untilAborted(deps.signal)
    return 0
  } finally {
    if (!deps.options.keep) await takeDown(deps)
  }
}

async function bringUp(deps: EngineDeps): Promise<EngineState> {
  const { options, paths, book } = deps
  const engine = await startEngine(deps)
  const clusterArn = await ensureCluster(new KafkaClient(localClientConfig(engine.endpoint)), CLUSTER_NAME)
  await ensureTopic(engine.brokers, { name: options.topic, partitions: options.partitions })
  const state: EngineState = {
    engine: options.engine,
    owner: identify(process.pid),
    endpoint: engine.endpoint,
    brokers: engine.brokers,
    region: LOCAL_REGION,
    stage: LOCAL_STAGE,
    topic: options.topic,
    clusterArn,
    started: new Date().toISOString(),
    processes: book.running,
  }
  writeEngineState(paths.run, state)
  return state
}

async function takeDown({ paths, book, progress }: EngineDeps): Promise<void> {
  removeEngineState(paths.run)
  if (book.running.length > 0) progress.doing('Ending broker and AWS …')
  await book.endAll()
  rmSync(paths.tmp, { recursive: true, force: true })
  progress.close()
}

/** Ends what a run that was kept, or killed, has left. */
async function endLeftovers({ paths, book }: EngineDeps): Promise<number> {
  const left = leftRunning(join(paths.run, 'processes.json'))
  book.adopt(left)
  await book.endAll()
  removeEngineState(paths.run)
  return left.length
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const keepAlive = setInterval(() => undefined, 60_000)
    const end = () => {
      clearInterval(keepAlive)
      resolve()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
