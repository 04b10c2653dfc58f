import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KafkaClient } from '@aws-sdk/client-kafka'
import { UsageError } from '../../lake/errors.ts'
import { refuseUnreadable } from '../../lake/history/history-check.ts'
import { historyFolder } from '../../lake/history/history-folder.ts'
import { ensureCluster } from '../aws/cluster.ts'
import { LOCAL_REGION, localClientConfig } from '../aws/local-aws.ts'
import { type Ending, endContainers } from '../docker/containers.ts'
import { ensureTopic } from '../engine/broker-admin.ts'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { EngineError } from '../engine/engine-error.ts'
import { startEngine } from '../engine/engines.ts'
import { refuseForeignFolder, takeFolder } from '../engine/paths.ts'
import { type EnginePlace, removeEngineState, writeEngineState } from '../engine/run-state.ts'
import { identify } from '../process/identity.ts'
import { type Lock, takeLock } from '../process/lock.ts'
import { leftRunning } from '../process/process-registry.ts'
import { checkFolder } from './check-folder.ts'
import type { LocalOptions } from './options.ts'
import { runPipeline } from './run-pipeline.ts'

const CLUSTER_NAME = 'tickerlake-local'
/** The stage whose stacks a local engine gets. */
const LOCAL_STAGE = 'local'

/** Does what the command line asked for and gives the exit code. Whatever happens, nothing is left running unasked. */
export async function runLocal(asked: Omit<EngineDeps, 'fail'>): Promise<number> {
  const { command, history = '', strict } = asked.options
  if (command === 'check') return checkFolder({ folder: history, strict }, asked.signal)
  refuseForeignFolder(asked.paths)
  takeFolder(asked.paths)
  const lock = lockOrRefuse(asked)
  const failure = new AbortController()
  const signal = AbortSignal.any([asked.signal, failure.signal])
  const deps: EngineDeps = { ...asked, signal, fail: (error) => failure.abort(error) }
  try {
    const exitCode = deps.options.command === 'down' ? await bringDown(deps) : await runEngine(deps)
    failure.signal.throwIfAborted()
    return exitCode
  } catch (error) {
    throw failure.signal.aborted ? failure.signal.reason : error
  } finally {
    lock.release()
  }
}

function lockOrRefuse({ paths }: Pick<EngineDeps, 'paths'>): Lock {
  const outcome = takeLock(join(paths.run, 'lock'))
  if (outcome.kind === 'taken') return outcome.lock
  throw new EngineError(
    `npm run local is running already for ${paths.root} (pid ${outcome.by.pid}). ` +
      'End it with Ctrl-C there, or give this one a folder and ports of its own: --dir, --port-kafka, --port-aws.',
  )
}

async function bringDown(deps: EngineDeps): Promise<number> {
  const { processes, containers } = await endLeftovers(deps)
  rmSync(deps.paths.tmp, { recursive: true, force: true })
  const ended = `Ended ${processes} processes${containers === 'ended' ? ' and the containers' : ''}.`
  deps.progress.say(processes === 0 && containers !== 'ended' ? 'Nothing was running.' : ended)
  return 0
}

async function runEngine(deps: EngineDeps): Promise<number> {
  const { options, paths, progress, signal } = deps
  await checkFiles(options)
  try {
    await endLeftovers(deps)
    if (options.reset) rmSync(paths.state, { recursive: true, force: true })
    const engine = await startEngine(deps)
    const place = await placeOf(engine, deps)
    const introduce = () => introduceEngine(engine, place, deps)
    if (options.command !== 'engine-only') return await runPipeline({ place, engine, introduce }, deps)
    await introduce()
    return await stay(signal)
  } finally {
    if (!options.keep || signal.aborted) await takeDown(deps)
    else
      progress.say(
        'Broker and AWS go on running, and what is sent now lands with the next run; npm run local:down ends them.',
      )
  }
}

/** What a run needs a minute later is asked for before anything is started. */
async function checkFiles({ command, history, report }: LocalOptions): Promise<void> {
  if (command === 'run' && history !== undefined) await refuseUnreadable(historyFolder(history))
  if (report !== undefined && !existsSync(dirname(resolve(report)))) {
    throw new UsageError(`--report cannot be written to ${report}: there is no folder ${dirname(resolve(report))}.`)
  }
}

/** Makes the topic once the broker is there, and tells where everything is: other commands first, then whoever reads this. */
async function introduceEngine(
  { brokersReady }: Engine,
  place: EnginePlace,
  { options, paths, registry, progress }: EngineDeps,
): Promise<void> {
  const { endpoint, brokers, topic } = place
  await brokersReady
  await ensureTopic(brokers, { name: topic, partitions: options.partitions })
  writeEngineState(paths.run, { ...place, processes: registry.servers })
  progress.say(`AWS answers at ${endpoint}, Kafka at ${brokers} (topic ${topic}).`)
}

/** Makes the cluster. */
async function placeOf(engine: Engine, { options }: EngineDeps): Promise<EnginePlace> {
  const kafka = new KafkaClient(localClientConfig(engine.endpoint))
  const clusterArn = engine.hasMsk ? await ensureCluster(kafka, CLUSTER_NAME) : undefined
  return {
    engine: engine.kind,
    owner: identify(process.pid),
    endpoint: engine.endpoint,
    brokers: engine.brokers,
    region: LOCAL_REGION,
    stage: LOCAL_STAGE,
    topic: options.topic,
    clusterArn,
    started: new Date().toISOString(),
  }
}

async function takeDown(deps: EngineDeps): Promise<void> {
  const { paths, registry, progress } = deps
  removeEngineState(paths.run)
  if (registry.running.length > 0) progress.doing('Ending broker and AWS …')
  await registry.endAll()
  tellOfContainers(await endContainers(deps), deps)
  rmSync(paths.tmp, { recursive: true, force: true })
  progress.close()
}

/** Ends what a run that was kept, or killed, has left. */
async function endLeftovers(deps: EngineDeps): Promise<{ readonly processes: number; readonly containers: Ending }> {
  const { paths, registry } = deps
  const left = leftRunning(join(paths.run, 'processes.json'))
  registry.adopt(left)
  await registry.endAll()
  const containers = await endContainers(deps)
  tellOfContainers(containers, deps)
  removeEngineState(paths.run)
  rmSync(paths.tmp, { recursive: true, force: true })
  mkdirSync(paths.tmp, { recursive: true })
  return { processes: left.length, containers }
}

function tellOfContainers(ending: Ending, { progress }: EngineDeps): void {
  if (ending !== 'out-of-reach') return
  progress.say('Docker does not answer; the containers that a run here has started are removed the next time.')
}

/** Until Ctrl-C; a part of the engine that dies is an error. */
async function stay(signal: AbortSignal): Promise<number> {
  const keepAlive = setInterval(() => undefined, 60_000)
  try {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  } finally {
    clearInterval(keepAlive)
  }
  return 0
}
