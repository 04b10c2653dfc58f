/** The Docker client as a process: with what it needs of the user's environment, and nothing else. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Environment } from '../../lake/environment.ts'
import { type LocalPaths, PROJECT } from '../engine/paths.ts'

const COMPOSE_FILE = join(PROJECT, 'localstack', 'docker-compose.yml')
const ANSWERS_WITHIN_MS = 5_000

/** Where the client finds its plugins, its engine and the way out; and what the compose file lets the user choose. */
const INHERITED = [
  ...['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'SSH_AUTH_SOCK', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
  ...['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY'],
  ...['REDPANDA_VERSION', 'LOCALSTACK_VERSION', 'DOCKER_SOCKET'],
]

/** One engine's containers: Compose keeps those of two folders apart by the project's name. */
export interface ComposeProject {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
}

/** Where the containers' ports are on this machine. */
export interface Published {
  readonly portKafka: number
  readonly portAws: number
  /** @default - 127.0.0.1 */
  readonly addressAws?: string
}

export function composeProject(
  { root }: Pick<LocalPaths, 'root'>,
  { portKafka, portAws, addressAws }: Published,
  env: Environment,
): ComposeProject {
  const name = `tickerlake-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`
  const own = { PORT_KAFKA: String(portKafka), PORT_AWS: String(portAws), TICKERLAKE_NETWORK: name }
  const hidden = addressAws === undefined ? {} : { ADDRESS_AWS: addressAws }
  return { name, env: { ...dockerEnvironment(env), ...own, ...hidden } }
}

/** `docker` with these arguments acts on the project's containers. */
export function composeArgs({ name }: ComposeProject, ...args: readonly string[]): readonly string[] {
  return ['compose', '--file', COMPOSE_FILE, '--project-name', name, '--ansi', 'never', '--progress', 'plain', ...args]
}

/** What a short call of the client says; rejects where it fails or stays silent. */
export async function askDocker(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { env, timeout: ANSWERS_WITHIN_MS, encoding: 'utf8' })
  return stdout.trim()
}

function dockerEnvironment(env: Environment): Record<string, string> {
  const entries = INHERITED.map((name) => [name, env[name]] as const)
  const inherited = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
  const socket = /^unix:\/\/(\/.+)$/.exec(env['DOCKER_HOST'] ?? '')?.[1]
  // In a virtual machine (Docker Desktop) the engine's own socket stands where it always does.
  return socket && process.platform === 'linux' ? { DOCKER_SOCKET: socket, ...inherited } : inherited
}
