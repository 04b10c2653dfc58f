import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { lastLines, type RunningProcess } from '../process/process-registry.ts'
import type { EngineDeps } from './engine.ts'
import { EngineError } from './engine-error.ts'

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
function endedError({ name, logFile }: RunningProcess, what: string): EngineError {
  return new EngineError(`${name} ${what}. Its last words (${logFile}):\n${lastLines(readFileSync(logFile, 'utf8'))}`)
}

/** A process that nobody has asked to end must not end. */
export function failWhenEnded(
  running: RunningProcess,
  { registry, fail }: Pick<EngineDeps, 'registry' | 'fail'>,
): void {
  const ended = (how: number | string) => {
    if (registry.isRunning(running)) fail(endedError(running, `has ended (${how})`))
  }
  running.exited.then(ended, ended)
}

/**
 * Whether an address on this machine answers with 200; rejects where nobody listens. Asked with an agent of its own: the
 * process's common one may go through a proxy, which knows no 127.0.0.1 of ours.
 */
export function isHttpOk(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: new Agent() }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.once('error', reject)
  })
}
