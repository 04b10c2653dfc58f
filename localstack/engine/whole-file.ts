import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file that other processes see whole or not at all, for this user alone. */
export function writeWhole(file: string, body: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${randomUUID()}`
  writeFileSync(unfinished, body, { mode: 0o600 })
  renameSync(unfinished, file)
}
