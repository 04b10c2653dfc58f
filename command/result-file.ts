/** The file that `--out` names: refused before the work where it cannot be, and whole or not at all after it. */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { TickerlakeError, UsageError } from '../lake/errors.ts'

/** Throws where no file can be written; what it is asked for comes after minutes of work. */
export function refuseOut(out: string, option = '--out'): void {
  const folder = dirname(resolve(out))
  if (!existsSync(folder)) throw new UsageError(`${option} cannot be written to ${out}: there is no folder ${folder}.`)
  if (isFolder(out)) throw new UsageError(`${option} takes the name of a file; ${out} is a folder.`)
}

/** A part of a result looks like one; where the disk is full nothing is left of it. */
export function writeResult(out: string, body: Uint8Array | string): void {
  try {
    writeFileSync(out, body)
  } catch (cause) {
    const standing = statSync(out, { throwIfNoEntry: false })
    const isCut = standing?.isFile() && (cause as NodeJS.ErrnoException).syscall === 'write'
    if (isCut) rmSync(out)
    const kept = isCut ? '; nothing is left of it' : ''
    throw new TickerlakeError('result', `${out} could not be written (${String(cause)})${kept}.`, { cause })
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
