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

export function localPaths(root: string = join(PROJECT, '.local')): LocalPaths {
  const absolute = resolve(root)
  return {
    root: absolute,
    install: join(PROJECT, '.local', 'install'),
    state: join(absolute, 'state'),
    run: join(absolute, 'run'),
    log: join(absolute, 'log'),
    tmp: join(absolute, 'tmp'),
  }
}
