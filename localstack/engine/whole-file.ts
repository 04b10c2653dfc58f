import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file that other processes see whole or not at all, for this user alone. */
export function writeWhole(file: string, body: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${randomUUID()}`
  try {
    writeFileSync(unfinished, body, { mode: 0o600 })
    renameSync(unfinished, file)
  } catch (error) {
    // A disk that is full keeps a part.
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** The JSON that was written so, or undefined where there is none: a power failure can leave a file that is cut or empty. */
export function readNote<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
