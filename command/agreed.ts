import { createInterface } from 'node:readline/promises'
import { UsageError } from '../lake/errors.ts'

/** Whether somebody at the terminal says yes; where nobody is, `--yes` has to say so beforehand. */
export async function agreed(question: string, signal?: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError('Nobody is there to agree: give --yes to go on without asking.')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`${question} [y/N] `, { ...(signal ? { signal } : {}) })
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
