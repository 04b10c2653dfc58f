import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { identify, isAlive, type ProcessIdentity } from './identity.ts'

/** Held by one process at a time; a holder that died has let go. */
export interface Lock {
  release(): void
}

export type LockOutcome =
  | { readonly kind: 'taken'; readonly lock: Lock }
  | { readonly kind: 'held'; readonly by: ProcessIdentity }

/** Tries to take the lock that this file stands for. */
export function takeLock(file: string): LockOutcome {
  mkdirSync(dirname(file), { recursive: true })
  const mine = `${file}.${process.pid}`
  const me: ProcessIdentity = identify(process.pid) ?? { pid: process.pid, started: 'unknown' }
  writeFileSync(mine, JSON.stringify(me))
  try {
    for (;;) {
      if (linked(mine, file)) return { kind: 'taken', lock: { release: () => rmSync(file, { force: true }) } }
      const holder = holderOf(file)
      if (holder && isAlive(holder)) return { kind: 'held', by: holder }
      setAside(file, mine)
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** A link appears whole or not at all, and only where no file stands. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    const holder: ProcessIdentity = JSON.parse(readFileSync(file, 'utf8'))
    return holder
  } catch {
    return undefined // released between our two looks
  }
}

/** Two may find the same dead holder; who is late finds a living lock in his hands and gives it back. */
function setAside(file: string, mine: string): void {
  const aside = `${mine}.stale`
  try {
    renameSync(file, aside)
  } catch {
    return // the other one was faster
  }
  const moved = holderOf(aside)
  if (moved && isAlive(moved)) linked(aside, file)
  rmSync(aside)
}
