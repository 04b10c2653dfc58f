/** LocalStack as a process of this machine: the program of the container without Docker, so without functions. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EngineError } from '../../localstack/engine/engine-error.ts'
import { isHttpOk, waitUntilReady } from '../../localstack/engine/waiting.ts'
import { installPackages, type PythonInstallDeps } from '../../localstack/native/python-packages.ts'
import { findPythonMinor, type Python } from '../../localstack/native/tools.ts'

/** It says that 3.10 will do; but below this S3 does not load, and above it not all of its packages have wheels. */
const PYTHON_MINOR = 13
const DEADLINE_MS = 120_000

export interface LocalStackPrograms {
  readonly python: string
  /** PYTHONPATH of LocalStack. */
  readonly pythonPath: string
}

/** Installs LocalStack (85 packages, 220 MB) unless it is there. */
export async function installLocalStack(parent: string, deps: PythonInstallDeps): Promise<LocalStackPrograms> {
  const python = findPythonMinor(PYTHON_MINOR, deps.env)
  if (!python) {
    throw new EngineError(
      `LocalStack's program runs on Python 3.${PYTHON_MINOR} and on no other, and none was found on the PATH or among ` +
        `pyenv's. Install it (pyenv install 3.${PYTHON_MINOR}; uv python install 3.${PYTHON_MINOR}) and run again.`,
    )
  }
  return { python: python.command, pythonPath: await packagesFor(python, parent, deps) }
}

function packagesFor(python: Python, parent: string, deps: PythonInstallDeps): Promise<string> {
  const requirements = join(import.meta.dirname, 'requirements.txt')
  return installPackages(parent, { name: 'localstack', requirements, python }, deps)
}

export interface LocalStackPlace {
  readonly port: number
  /** All that it writes is below it. */
  readonly folder: string
}

/** Starts it with nothing in it, and gives its endpoint once it answers; it ends with the process registry. */
export async function startLocalStack(
  programs: LocalStackPrograms,
  place: LocalStackPlace,
  { registry, signal }: PythonInstallDeps,
): Promise<string> {
  mkdirSync(join(place.folder, 'tmp'), { recursive: true })
  const endpoint = `http://127.0.0.1:${place.port}`
  const localstack = registry.start({
    name: 'localstack',
    command: programs.python,
    args: ['-s', '-m', 'localstack.runtime.main'],
    cwd: place.folder,
    env: environmentOf(programs, place),
  })
  await waitUntilReady(localstack, () => isHttpOk(`${endpoint}/_localstack/health`), { withinMs: DEADLINE_MS, signal })
  return endpoint
}

/** Whoever listens there refuses at once: the port for discarding, which nobody serves any more. */
const NOWHERE = 'http://127.0.0.1:9'

function environmentOf(programs: LocalStackPrograms, { port, folder }: LocalStackPlace): Record<string, string> {
  return {
    PATH: `${dirname(programs.python)}:/usr/bin:/bin`,
    PYTHONPATH: programs.pythonPath,
    PYTHONDONTWRITEBYTECODE: '1',
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    // Given as plain IPv4 the address is ignored, and it listens to the whole network.
    GATEWAY_LISTEN: `[::ffff:127.0.0.1]:${port}`,
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    FILESYSTEM_ROOT: join(folder, 'files'),
    // Nothing leaves this machine: no telemetry, no certificate, no name server, and downloads find no way out.
    DISABLE_EVENTS: '1',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DNS_ADDRESS: '0',
    OUTBOUND_HTTP_PROXY: NOWHERE,
    OUTBOUND_HTTPS_PROXY: NOWHERE,
    // Where a Docker engine is, functions would run: the answers are to be the same everywhere.
    DOCKER_HOST: 'unix:///var/empty/none.sock',
    DOCKER_SOCK: '/var/empty/none.sock',
  }
}
