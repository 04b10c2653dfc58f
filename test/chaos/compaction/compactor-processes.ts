import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Dice } from '../dice.ts'

export interface ProcessCounts {
  readonly kills: number
  /** Runs that came to their end. */
  readonly runs: number
  /** What was neither a kill nor to be tried again. */
  readonly failures: readonly string[]
}

/** So long one lives at least and at most, from when it is at work: a run of a few files takes a second. */
const LIFE_MS = [200, 15_000] as const

/** Keeps a compactor running until an instant, killed with SIGKILL wherever it is and started again. */
export async function compactorUntil(
  end: number,
  env: Readonly<Record<string, string | undefined>>,
  dice: Dice,
): Promise<ProcessCounts> {
  const counts = { kills: 0, runs: 0, failures: [] as string[] }
  while (Date.now() < end) {
    const child = start(env)
    const dead = once(child, 'exit')
    const isReady = once(child, 'message')
    child.on('message', (said) => {
      if (said === 'done') counts.runs++
      else if (said !== 'ready') counts.failures.push(String(said))
    })
    await Promise.race([dead, isReady])
    await Promise.race([dead, delay(dice.integer(...LIFE_MS))])
    if (child.exitCode === null && child.kill('SIGKILL')) counts.kills++
    await dead
  }
  return counts
}

function start(env: Readonly<Record<string, string | undefined>>): ChildProcess {
  const child = fork(join(import.meta.dirname, 'compactor-process.ts'), { env: { ...process.env, ...env } })
  // Whatever ends this process, no compactor outlives it.
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}
