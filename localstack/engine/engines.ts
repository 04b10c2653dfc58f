import type { EngineKind } from '../command/options.ts'
import { composeProject } from '../docker/docker-cli.ts'
import { dockerState } from '../docker/docker-state.ts'
import type { Engine, EngineDeps } from './engine.ts'

/** Starts the engine that the options name, else the one that the machine is ready for; only that one is loaded. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  const kind = deps.options.engine ?? (await readyEngine(deps))
  switch (kind) {
    case 'native':
      return (await import('../native/engine.ts')).startNativeEngine(deps)
    case 'own':
      return (await import('./external.ts')).ownEngine(deps)
    case 'docker':
      return (await import('../docker/engine.ts')).startDockerEngine(deps)
  }
}

/** Nobody who has not asked for it is made to wait for images of a gigabyte. */
async function readyEngine({ paths, options, env, progress }: EngineDeps): Promise<EngineKind> {
  const { kind } = await dockerState(composeProject(paths, options, env))
  if (kind === 'no-images')
    progress.say('Docker answers; --engine docker would pull Redpanda and LocalStack and use them.')
  if (kind !== 'ready') return 'native'
  progress.say('Docker answers and has Redpanda and LocalStack: using them. --engine native needs no containers.')
  return 'docker'
}
