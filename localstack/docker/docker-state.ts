import { messageOf } from '../../lake/errors.ts'
import { EngineError } from '../engine/engine-error.ts'
import { askDocker, type ComposeProject, composeArgs } from './docker-cli.ts'

/** What `--engine docker` finds on this machine. */
export type DockerState =
  | { readonly kind: 'no-engine'; readonly reason: string }
  | { readonly kind: 'no-compose'; readonly reason: string }
  /** The engine answers; these images would have to be pulled. */
  | { readonly kind: 'no-images'; readonly missing: readonly string[] }
  | { readonly kind: 'ready' }

export async function dockerState(project: ComposeProject): Promise<DockerState> {
  const engine = await tried(() => askDocker(['version', '--format', '{{.Server.Version}}'], project.env))
  if (!engine.ok) return { kind: 'no-engine', reason: engine.reason }
  const images = await tried(() => askDocker(composeArgs(project, 'config', '--images'), project.env))
  if (!images.ok) return { kind: 'no-compose', reason: images.reason }
  const wanted = images.said.split('\n')
  const found = await Promise.all(
    wanted.map((image) => tried(() => askDocker(['image', 'inspect', image], project.env))),
  )
  const missing = wanted.filter((_, i) => !found[i]?.ok)
  return missing.length === 0 ? { kind: 'ready' } : { kind: 'no-images', missing }
}

/** Refuses to go on without a Docker engine and its Compose; gives the images that are not here yet. */
export function missingImages(state: DockerState): readonly string[] {
  switch (state.kind) {
    case 'no-engine':
      throw new EngineError(
        `--engine docker wants a Docker engine that answers; got: ${state.reason} Start it, or use --engine native, which needs none.`,
      )
    case 'no-compose':
      throw new EngineError(
        `--engine docker wants "docker compose" (Compose v2); got: ${state.reason} Install the plugin, or use --engine native.`,
      )
    case 'no-images':
      return state.missing
    case 'ready':
      return []
  }
}

type Tried = { readonly ok: true; readonly said: string } | { readonly ok: false; readonly reason: string }

async function tried(ask: () => Promise<string>): Promise<Tried> {
  try {
    return { ok: true, said: await ask() }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

/** The client's own words, which say more than that it ended with 1. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'no program "docker" on the path.'
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
  const words = said || messageOf(error)
  return /[.?!]$/.test(words) ? words : `${words}.`
}
