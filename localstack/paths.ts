import { join, resolve } from 'node:path'

/** The folders of one local engine. Two engines with different roots share what is installed and nothing else. */
export interface LocalPaths {
  readonly root: string
  /** Programs, the same for every engine; whole or absent. */
  readonly install: string
  /** What the broker and AWS keep: goes on after a restart. */
  readonly state: string
  /** What runs now: the engine's addresses, the book of processes, the lock. */
  readonly run: string
  readonly log: string
  readonly tmp: string
}

export const PROJECT = resolve(import.meta.dirname, '..')

/** `install` is shared by all engines of the project unless TICKERLAKE_INSTALL_DIR names another. */
export function localPaths(root = join(PROJECT, '.local'), install = join(PROJECT, '.local', 'install')): LocalPaths {
  const absolute = resolve(root)
  return {
    root: absolute,
    install: resolve(install),
    state: join(absolute, 'state'),
    run: join(absolute, 'run'),
    log: join(absolute, 'log'),
    tmp: join(absolute, 'tmp'),
  }
}
