import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { refuseOut } from '../../command/result-file.ts'
import { type Ending, endContainers } from '../docker/containers.ts'
import type { EngineDeps } from '../engine/engine.ts'
import { EngineError } from '../engine/engine-error.ts'
import { startEngine } from '../engine/engines.ts'
import { refuseForeignFolder, takeFolder } from '../engine/paths.ts'
import { removeEngineState } from '../engine/run-state.ts'
import { type Lock, takeLock } from '../process/lock.ts'
import { leftRunning } from '../process/process-registry.ts'
import type { LocalOptions } from './options.ts'

/** Does what the command line asked for and gives the exit code. Whatever happens, nothing is left running unasked. */
export async function runLocal(asked: Omit<EngineDeps, 'fail'>): Promise<number> {
  const { command, history = '', strict } = asked.options
  if (command === 'check') {
    const { checkFolder } = await import('./check-folder.ts')
    return checkFolder({ folder: history, strict }, asked.signal)
  }
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
    // What follows is loaded while the engine starts: it takes a second.
    const { groundOf } = await import('./ground.ts')
    if (options.command !== 'engine-only') {
      const { runPipeline } = await import('./run-pipeline.ts')
      return await runPipeline(await groundOf(engine, deps), deps)
    }
    await (await groundOf(engine, deps)).introduce()
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
  if (command === 'run' && history !== undefined) {
    const { refuseFolder } = await import('./check-folder.ts')
    await refuseFolder(history)
  }
  if (report !== undefined) refuseOut(report, '--report')
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
