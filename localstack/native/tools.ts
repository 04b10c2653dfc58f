import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Environment } from '../../lambdas/core/environment.ts'
import { EngineError } from '../errors.ts'

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
  const probe = 'import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_platform(), sys.executable)'
  for (const name of PYTHONS) {
    const found = onPath(name, env)
    const answer = found ? outputOf(found, ['-c', probe]) : undefined
    const [major, minor, platform, ...command] = (answer ?? '').split(' ')
    // The interpreter itself: what stands on the path may be a version manager's script.
    if (major === '3' && Number(minor) >= OLDEST_PYTHON)
      return { command: command.join(' '), tag: `3.${minor}-${platform}` }
  }
  throw new EngineError(
    `The native engine needs Python 3.${OLDEST_PYTHON} or newer on the PATH and found none. ` +
      'Install it (Debian: apt install python3 python3-venv; macOS: brew install python), ' +
      'or name your own AWS endpoint with --engine own.',
  )
}

/** A Java that runs Kafka: JAVA_HOME's, the path's, or undefined. */
export function findJava(env: Environment): string | undefined {
  const home = env['JAVA_HOME']
  const candidates = [home ? join(home, 'bin', 'java') : undefined, onPath('java', env)]
  return candidates.find((java) => java !== undefined && javaVersion(java) >= OLDEST_JAVA)
}

function javaVersion(java: string): number {
  const { stderr, status } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) : 0
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
