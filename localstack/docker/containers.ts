/** The containers of an engine, started and ended as one; a mark on disk tells the next run of those that were left. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineDeps } from '../engine/engine.ts'
import { EngineError } from '../engine/engine-error.ts'
import type { LocalPaths } from '../engine/paths.ts'
import { askDocker, type ComposeProject, composeArgs, composeProject } from './docker-cli.ts'
import { dockerState } from './docker-state.ts'

type ContainerDeps = Pick<EngineDeps, 'options' | 'paths' | 'registry' | 'env'>

type StartDeps = Pick<EngineDeps, 'paths' | 'registry' | 'signal'>

const HEALTHY_WITHIN_S = 180
/** Lines of each container's log in an error message. */
const TAIL = ['--tail', '8']
const ENDED_WITHIN_MS = 120_000

/** Starts them and waits until both are healthy. */
export async function startContainers(project: ComposeProject, deps: StartDeps): Promise<void> {
  mark(project, deps.paths)
  const wait = ['--wait', '--wait-timeout', String(HEALTHY_WITHIN_S)]
  try {
    await runDocker('docker-up', composeArgs(project, 'up', '--detach', ...wait), project, deps)
  } catch (cause) {
    if (deps.signal.aborted || !(cause instanceof EngineError)) throw cause
    // Compose says that a container has ended, not why; and its words are gone with it in a moment.
    const words = await runDocker('docker-logs', composeArgs(project, 'logs', '--no-color', ...TAIL), project, deps)
    throw new EngineError(`${cause.message}\nThe containers' own last words:\n${words.trimEnd()}`, { cause })
  }
}

export async function pullImages(project: ComposeProject, deps: StartDeps): Promise<void> {
  await runDocker('docker-pull', composeArgs(project, 'pull', '--policy', 'missing'), project, deps)
}

/** What became of the containers that a run in this folder has started. */
export type Ending = 'none' | 'ended' | 'out-of-reach'

/** Ends what is marked as started; while Docker does not answer the mark stays for the next time. */
export async function endContainers(deps: ContainerDeps): Promise<Ending> {
  if (!existsSync(markFile(deps.paths))) return 'none'
  const project = composeProject(deps.paths, deps.options, deps.env)
  const { kind } = await dockerState(project)
  if (kind === 'no-engine' || kind === 'no-compose') return 'out-of-reach'
  await removeContainers(project, deps)
  rmSync(markFile(deps.paths))
  return 'ended'
}

/** Removes all of a project, with its volumes: LocalStack keeps no state to go on with, so Redpanda must not either. */
export async function removeContainers(project: ComposeProject, deps: Pick<EngineDeps, 'registry'>): Promise<void> {
  const patient = { ...deps, signal: AbortSignal.timeout(ENDED_WITHIN_MS) }
  // The functions' containers are LocalStack's, not Compose's; the network that all of them share tells which they are.
  const ids = await askDocker(['ps', '--all', '--quiet', '--filter', `network=${project.name}`], project.env)
  if (ids) await runDocker('docker-rm', ['rm', '--force', '--volumes', ...ids.split('\n')], project, patient)
  await runDocker('docker-down', composeArgs(project, 'down', '--volumes', '--remove-orphans'), project, patient)
}

function runDocker(
  name: string,
  args: readonly string[],
  { env }: ComposeProject,
  { registry, signal }: Pick<EngineDeps, 'registry' | 'signal'>,
): Promise<string> {
  return registry.run({ name, command: 'docker', args, env }, signal)
}

function markFile({ run }: Pick<LocalPaths, 'run'>): string {
  return join(run, 'containers')
}

function mark({ name }: ComposeProject, paths: LocalPaths): void {
  mkdirSync(paths.run, { recursive: true })
  writeFileSync(markFile(paths), `${name}\n`)
}
