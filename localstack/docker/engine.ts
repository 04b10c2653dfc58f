import type { Engine, EngineDeps } from '../engine/engine.ts'
import { wantFreePort } from '../engine/ports.ts'
import { failWhenEnded } from '../engine/waiting.ts'
import { pullImages, removeContainers, startContainers } from './containers.ts'
import { type ComposeProject, composeArgs, composeProject } from './docker-cli.ts'
import { dockerState, missingImages } from './docker-state.ts'

/** As the compose file names them. */
const SERVICES = ['redpanda', 'localstack'] as const
/** What the containers call Redpanda, functions among them. */
const BROKERS_INSIDE = 'redpanda:9092'

/** Redpanda and LocalStack in containers: no MSK, no Glue, no Athena; nothing is kept when they end. */
export async function startDockerEngine(deps: EngineDeps): Promise<Engine> {
  const { options, paths, env, progress } = deps
  const project = composeProject(paths, options, env)
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
  return {
    kind: 'docker',
    endpoint: `http://127.0.0.1:${options.portAws}`,
    brokers: `127.0.0.1:${options.portKafka}`,
    functionBrokers: BROKERS_INSIDE,
    hasMsk: false,
    emulator: 'localstack',
  }
}

/** Each container's words in `log/<service>.log`: following them ends when the container does, which is how its end is noticed. */
function followLogs(project: ComposeProject, deps: EngineDeps): void {
  for (const service of SERVICES) {
    const args = composeArgs(project, 'logs', '--follow', '--no-color', '--no-log-prefix', service)
    failWhenEnded(deps.registry.start({ name: service, command: 'docker', args, env: project.env }), deps)
  }
}
