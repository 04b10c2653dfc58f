/** The containers of an engine, started and ended as one; a mark on disk tells the next run of those that were left. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineDeps } from '../engine.ts'
import type { LocalPaths } from '../paths.ts'
import { askDocker, type ComposeProject, composeArgs, composeProject } from './docker-cli.ts'

type ContainerDeps = Pick<EngineDeps, 'options' | 'paths' | 'book' | 'env'>

const HEALTHY_WITHIN_S = 180
const ENDED_WITHIN_MS = 120_000

/** Starts them and waits until both are healthy. */
export async function startContainers(project: ComposeProject, deps: EngineDeps): Promise<void> {
  mark(project, deps.paths)
  const wait = ['--wait', '--wait-timeout', String(HEALTHY_WITHIN_S)]
  await runDocker('docker-up', composeArgs(project, 'up', '--detach', ...wait), project, deps)
}

export function pullImages(project: ComposeProject, deps: EngineDeps): Promise<void> {
  return runDocker('docker-pull', composeArgs(project, 'pull', '--policy', 'missing'), project, deps)
}

/** Removes all that the engine in this folder has started, with its volumes: LocalStack keeps no state to go on with. */
export async function endContainers(deps: ContainerDeps): Promise<boolean> {
  if (!existsSync(markFile(deps.paths))) return false
  const project = composeProject(deps.paths, deps.options, deps.env)
  const signal = AbortSignal.timeout(ENDED_WITHIN_MS)
  // The functions' containers are LocalStack's, not Compose's; the network that all of them share tells which they are.
  const ids = await askDocker(['ps', '--all', '--quiet', '--filter', `network=${project.name}`], project.env)
  if (ids)
    await runDocker('docker-rm', ['rm', '--force', '--volumes', ...ids.split('\n')], project, { ...deps, signal })
  await runDocker('docker-down', composeArgs(project, 'down', '--volumes', '--remove-orphans'), project, {
    ...deps,
    signal,
  })
  rmSync(markFile(deps.paths))
  return true
}

async function runDocker(
  name: string,
  args: readonly string[],
  { env }: ComposeProject,
  { book, signal }: Pick<EngineDeps, 'book' | 'signal'>,
): Promise<void> {
  await book.run({ name, command: 'docker', args, env }, signal)
}

function markFile({ run }: Pick<LocalPaths, 'run'>): string {
  return join(run, 'containers')
}

function mark({ name }: ComposeProject, paths: LocalPaths): void {
  mkdirSync(paths.run, { recursive: true })
  writeFileSync(markFile(paths), `${name}\n`)
}
