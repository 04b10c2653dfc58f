/** What was asked at the prompt, for the next time. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const KEPT = 500

/** The newest first. */
export function readHistory(file: string): readonly string[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

/** For this user alone. */
export function writeHistory(file: string, history: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${history.slice(0, KEPT).join('\n')}\n`, { mode: 0o600 })
}
