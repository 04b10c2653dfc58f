import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { EngineError } from './errors.ts'
import { lastLines, type RunningProcess } from './process/book.ts'

const POLL_MS = 150

/** Waits until a process answers; tells why where it ends or stays silent. `answers` may throw for "not yet". */
export async function waitUntilReady(
  starting: RunningProcess,
  answers: () => Promise<boolean>,
  { withinMs, signal }: { readonly withinMs: number; readonly signal: AbortSignal },
): Promise<void> {
  let ended: number | string | undefined
  starting.exited.then(
    (code) => (ended = code),
    (error: unknown) => (ended = String(error)),
  )
  const deadline = Date.now() + withinMs
  while (!(await answered(answers))) {
    signal.throwIfAborted()
    if (ended !== undefined) throw endedError(starting, `ended with ${ended} instead of starting`)
    if (Date.now() > deadline) throw endedError(starting, `does not answer after ${withinMs / 1_000} s`)
    await delay(POLL_MS, undefined, { signal })
  }
}

async function answered(answers: () => Promise<boolean>): Promise<boolean> {
  try {
    return await answers()
  } catch {
    return false // a refused connection is what "not yet" looks like
  }
}

/** Says what a process has done, with the end of its log. */
export function endedError({ name, logFile }: RunningProcess, what: string): EngineError {
  return new EngineError(`${name} ${what}. Its last words (${logFile}):\n${lastLines(readFileSync(logFile, 'utf8'))}`)
}
