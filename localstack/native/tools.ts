import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Environment } from '../../lake/environment.ts'
import { EngineError } from '../engine/engine-error.ts'

export interface Python {
  readonly command: string
  /** Packages are built for one minor version, on one kind of machine. */
  readonly tag: string
}

const PYTHONS = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
const OLDEST_PYTHON = 10
const OLDEST_JAVA = 17

/** The newest Python on the path that can install packages. */
export function findPython(env: Environment): Python {
  for (const name of PYTHONS) {
    const found = pythonAt(onPath(name, env))
    if (found && found.minor >= OLDEST_PYTHON) return found
  }
  throw new EngineError(
    `The native engine needs Python 3.${OLDEST_PYTHON} or newer on the PATH and found none. ` +
      'Install it (Debian: apt install python3 python3-venv; macOS: brew install python), ' +
      'or name your own AWS endpoint with --engine own.',
  )
}

/** One minor version of Python 3, for a program that runs on no other: on the path, or installed by pyenv and not chosen. */
export function findPythonMinor(minor: number, env: Environment): Python | undefined {
  const name = `python3.${minor}`
  const candidates = [onPath(name, env), ...pyenvFolders(minor, env).map((folder) => join(folder, 'bin', name))]
  return candidates.map(pythonAt).find((found) => found?.minor === minor)
}

function pyenvFolders(minor: number, env: Environment): readonly string[] {
  const versions = join(env['PYENV_ROOT'] ?? join(env['HOME'] ?? '', '.pyenv'), 'versions')
  if (!existsSync(versions)) return []
  const ofMinor = readdirSync(versions).filter((version) => version.startsWith(`3.${minor}.`))
  return ofMinor.map((version) => join(versions, version))
}

/** What a command turns out to be; undefined where it is no Python 3, or does not start. */
function pythonAt(command: string | undefined): (Python & { readonly minor: number }) | undefined {
  const probe = 'import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_platform(), sys.executable)'
  const answer = command ? outputOf(command, ['-c', probe]) : undefined
  const [major, minor, platform, ...executable] = (answer ?? '').split(' ')
  if (major !== '3') return undefined
  // The interpreter itself: what stands on the path may be a version manager's script.
  return { command: executable.join(' '), tag: `3.${minor}-${platform}`, minor: Number(minor) }
}

export interface Java {
  readonly command: string
  /** What it says of itself: the same text is the same build. */
  readonly version: string
}

/** A Java that runs Kafka: JAVA_HOME's, the path's, or undefined. */
export function findJava(env: Environment): Java | undefined {
  const home = env['JAVA_HOME']
  const candidates = [home ? join(home, 'bin', 'java') : undefined, onPath('java', env)]
  const found = candidates.flatMap((command) => (command === undefined ? [] : { command, version: versionOf(command) }))
  return found.find(({ version }) => Number(/version "(\d+)/.exec(version)?.[1] ?? 0) >= OLDEST_JAVA)
}

function versionOf(java: string): string {
  const { stderr, status } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  return status === 0 ? stderr : ''
}

function onPath(name: string, env: Environment): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function outputOf(command: string, args: readonly string[]): string | undefined {
  const { stdout, status } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
