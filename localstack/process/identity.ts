import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A pid alone may be reused by another program; together with the start time it names one process for good. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the words of this machine's kernel; only compared, never parsed. */
  readonly started: string
}

/** What runs under this pid, or undefined where nothing does (a zombie counts as nothing). */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = existsSync('/proc/self/stat') ? startedByProc(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

export function isAlive(process: ProcessIdentity): boolean {
  return identify(process.pid)?.started === process.started
}

function startedByProc(pid: number): string | undefined {
  const fields = procFields(pid)
  return fields && fields.state !== 'Z' ? fields.started : undefined
}

/** From proc(5): state is field 3, the process group field 5, the start time (clock ticks after boot) field 22. */
export function procFields(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in field 2 may hold spaces and brackets; what follows its last bracket is field 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', group: Number(fields[2]), started: fields[19] ?? '' }
  } catch {
    return undefined // it has ended
  }
}

function startedByPs(pid: number): string | undefined {
  const { stdout, status } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const [state, ...started] = stdout.trim().split(/\s+/)
  return status === 0 && state && !state.startsWith('Z') ? started.join(' ') : undefined
}
