import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { procFields } from './identity.ts'

const POLL_MS = 50
/** A killed group needs a moment until the kernel has taken it down. */
const AFTER_KILL_MS = 2_000

/** Ends a process group: asks its members to stop, waits, and kills what is left; says whether all stopped by themselves. */
export async function endGroup(leader: number, graceMs: number): Promise<boolean> {
  signalGroup(leader, 'SIGTERM')
  if (await hasEnded(leader, graceMs)) return true
  signalGroup(leader, 'SIGKILL')
  await hasEnded(leader, AFTER_KILL_MS)
  return false
}

/** Sends a signal to every member; a group that is gone already is fine. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch (error) {
    if (!isNoSuchProcess(error)) throw error
  }
}

async function hasEnded(leader: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += POLL_MS) {
    if (!groupIsAlive(leader)) return true
    await delay(POLL_MS)
  }
  return !groupIsAlive(leader)
}

function groupIsAlive(leader: number): boolean {
  try {
    process.kill(-leader, 0)
  } catch (error) {
    return !isNoSuchProcess(error)
  }
  return !existsSync('/proc/self/stat') || hasLivingMember(leader)
}

/** Zombies answer signals too, and in a container without an init nobody collects them. */
function hasLivingMember(leader: number): boolean {
  return readdirSync('/proc').some((entry) => {
    const fields = /^\d+$/.test(entry) ? procFields(Number(entry)) : undefined
    return fields?.group === leader && fields.state !== 'Z'
  })
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH'
}
