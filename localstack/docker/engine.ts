import { join } from 'node:path'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { hiddenPlace, wantFreePort } from '../engine/ports.ts'
import { failWhenEnded, isHttpOk, waitUntilReady } from '../engine/waiting.ts'
import { pullImages, removeContainers, startContainers } from './containers.ts'
import { type ComposeProject, composeArgs, composeProject } from './docker-cli.ts'
import { dockerState, missingImages } from './docker-state.ts'
import type { Place } from './endpoint-guard.ts'

/** As the compose file names them. */
const SERVICES = ['redpanda', 'localstack'] as const
/** What the containers call Redpanda, functions among them. */
const BROKERS_INSIDE = 'redpanda:9092'
const GUARD_WITHIN_MS = 15_000

/** Redpanda and LocalStack in containers: no MSK, no Glue, no Athena; nothing is kept when they end. */
export async function startDockerEngine(deps: EngineDeps): Promise<Engine> {
  const { options, paths, env, progress } = deps
  const hidden = await hiddenPlace()
  const { portKafka } = options
  const project = composeProject(paths, { portKafka, portAws: hidden.port, addressAws: hidden.host }, env)
  const missing = missingImages(await dockerState(project))
  await removeContainers(project, deps) // of a run whose folder was deleted under it
  await wantFreePort(options.portKafka, { what: 'Redpanda', flag: '--port-kafka' })
  await wantFreePort(options.portAws, { what: 'LocalStack', flag: '--port-aws' })
  if (missing.length > 0) {
    progress.doing(`Pulling ${missing.join(' and ')} (once, more than 1 GB) …`)
    await pullImages(project, deps)
  }
  progress.doing('Starting Redpanda and LocalStack …')
  await startContainers(project, deps)
  followLogs(project, deps)
  await startGuard(hidden, deps)
  return {
    kind: 'docker',
    endpoint: `http://127.0.0.1:${options.portAws}`,
    endpointReady: Promise.resolve(),
    brokers: `127.0.0.1:${options.portKafka}`,
    brokersReady: Promise.resolve(),
    functionBrokers: BROKERS_INSIDE,
    hasMsk: false,
    emulator: 'localstack',
  }
}

/** LocalStack itself would answer any page; who asks at its port meets the guard. */
async function startGuard({ host, port }: Place, deps: EngineDeps): Promise<void> {
  const { portAws } = deps.options
  const args = [join(import.meta.dirname, 'guard-process.ts'), ...[portAws, host, port].map(String)]
  const guard = deps.registry.start({ name: 'guard', command: process.execPath, args, env: {} })
  const answers = () => isHttpOk(`http://127.0.0.1:${portAws}/_localstack/health`)
  await waitUntilReady(guard, answers, { withinMs: GUARD_WITHIN_MS, signal: deps.signal })
  failWhenEnded(guard, deps)
}

/** Each container's words in `log/<service>.log`: following them ends when the container does, which is how its end is noticed. */
function followLogs(project: ComposeProject, deps: EngineDeps): void {
  for (const service of SERVICES) {
    const args = composeArgs(project, 'logs', '--follow', '--no-color', '--no-log-prefix', service)
    failWhenEnded(deps.registry.start({ name: service, command: 'docker', args, env: project.env }), deps)
  }
}
