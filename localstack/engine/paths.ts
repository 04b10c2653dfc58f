import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { makeFolder } from '../../command/folder.ts'
import { UsageError } from '../../lake/errors.ts'

/** The folders of one local engine. Two engines with different roots share what is installed and nothing else. */
export interface LocalPaths {
  readonly root: string
  /** Programs, the same for every engine; whole or absent. */
  readonly install: string
  /** What Node has compiled of our own programs and the CDK's, and statements that were translated, for the next process. */
  readonly compiled: string
  /** What the broker and AWS keep: goes on after a restart. */
  readonly state: string
  /** What runs now: the engine's addresses, the registry of processes, the lock. */
  readonly run: string
  readonly log: string
  readonly tmp: string
}

export const PROJECT = resolve(import.meta.dirname, '../..')

/** `install` is shared by all engines of the project unless TICKERLAKE_INSTALL_DIR names another. */
export function localPaths(root = join(PROJECT, '.local'), install = join(PROJECT, '.local', 'install')): LocalPaths {
  const absolute = resolve(root)
  const programs = resolve(install)
  return {
    root: absolute,
    install: programs,
    compiled: join(programs, 'compiled'),
    state: join(absolute, 'state'),
    run: join(absolute, 'run'),
    log: join(absolute, 'log'),
    tmp: join(absolute, 'tmp'),
  }
}

/** Copies of a lake's files, for the engine that reads them here; a run begins without. */
export function lakeCopies({ tmp }: Pick<LocalPaths, 'tmp'>): string {
  return join(tmp, 'lake')
}

const OURS: ReadonlySet<string> = new Set(['install', 'state', 'run', 'log', 'tmp'])

/** A run empties `tmp`, and `state` where it is asked to: in a home folder, or at the root of the disk, they are not its own. */
export function refuseForeignFolder({ root }: Pick<LocalPaths, 'root'>): void {
  const isOfProject = `${root}${sep}`.startsWith(join(PROJECT, '.local', sep))
  const foreign = isOfProject || !existsSync(root) ? undefined : readdirSync(root).find((name) => !OURS.has(name))
  if (foreign === undefined) return
  throw new UsageError(
    `${root} holds other things than a local engine's, such as ${foreign}; --dir wants a new folder.`,
  )
}

/** Makes the engine's folder this user's alone: a lake and its logs are nobody else's to read. */
export function takeFolder({ root }: Pick<LocalPaths, 'root'>): void {
  makeFolder(root, 0o700)
  chmodSync(root, 0o700)
}
