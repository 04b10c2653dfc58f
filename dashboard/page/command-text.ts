/** Commands to copy. */
import type { Shell } from '../api.ts'

/** `npm run …` for the lake that is shown: on AWS a command that changes something wants the stage's name. */
export function npmRun({ stage, isOnAws }: Shell, name: string, ...words: readonly string[]): string {
  const all = isOnAws ? [...words, '--stage', stage] : words
  return ['npm run', name, ...(all.length > 0 ? ['--', ...all] : [])].join(' ')
}
