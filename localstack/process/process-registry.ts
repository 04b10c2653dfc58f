/**
 * The processes of a run: JVM, Python server, tools. Each leads a process group of its own with an environment made for
 * it, and is written with pid and start time to `run/processes.json` as soon as it exists. A run that finds the registry
 * of a dead one ends exactly the processes that are still those: ending by name would end other people's, and a pid that
 * another program has by now is left alone. Ctrl-C reaches only us, so children are ended in order, and no daemon is
 * needed; `kill -9` of the run leaves them to the next `npm run local` or `npm run local:down`.
 */

import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isFullDisk } from '../../lake/errors.ts'
import { EngineError } from '../engine/engine-error.ts'
import { readNote, writeWhole } from '../engine/whole-file.ts'
import { endGroup, signalGroup } from './group.ts'
import { identify, isAlive, type ProcessIdentity } from './identity.ts'

export interface ProcessSpec {
  /** Names the process to people, and its log file. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface RunningProcess extends ProcessIdentity {
  readonly name: string
  readonly logFile: string
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>
}

export interface RecordedProcess extends ProcessIdentity {
  readonly name: string
}

/** Long enough for Kafka to close its log and for MiniStack to write its state. */
const GRACE_MS = 15_000

/**
 * Starts every process of an engine and keeps a registry of them on disk, so that whoever comes after a run that was
 * killed can end what it left. Each process leads a group of its own: what it spawns ends with it.
 */
export class ProcessRegistry {
  readonly #file: string
  readonly #logDir: string
  #running: readonly RecordedProcess[] = []
  readonly #ending = new Set<number>()
  /** Run to their end. */
  readonly #tools = new Set<number>()
  readonly #show: (output: string) => void

  /** `show` is given what each tool has written, when it has ended. */
  constructor(file: string, logDir: string, show: (output: string) => void = () => undefined) {
    this.#file = file
    this.#logDir = logDir
    this.#show = show
  }

  get running(): readonly RecordedProcess[] {
    return this.#running
  }

  /** Those that were started to stay. */
  get servers(): readonly RecordedProcess[] {
    return this.#running.filter(({ pid }) => !this.#tools.has(pid))
  }

  /** Starts a process that outlives this call; its output goes to `<name>.log`. */
  start(spec: ProcessSpec): RunningProcess {
    mkdirSync(this.#logDir, { recursive: true })
    const logFile = join(this.#logDir, `${spec.name}.log`)
    const log = openSync(logFile, 'w')
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...(spec.cwd ? { cwd: spec.cwd } : {}),
    })
    closeSync(log)
    const exited = new Promise<number | string>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new EngineError(`Could not run ${spec.command}: ${cause.message}`, { cause })),
      )
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
    })
    exited.catch(() => undefined) // whoever awaits it hears of it; nobody awaiting must not crash the run
    child.unref()
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    const recorded = identity ?? { pid: child.pid ?? 0, started: 'ended' }
    if (identity) this.#write([...this.#running, { name: spec.name, ...identity }])
    return { name: spec.name, logFile, exited, ...recorded }
  }

  /** Runs a tool to its end and gives its output; an abort ends it and all that it started. */
  async run(spec: ProcessSpec, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted()
    const tool = this.start(spec)
    this.#tools.add(tool.pid)
    const keepAlive = setInterval(() => undefined, 60_000)
    const end = () => void endGroup(tool.pid, GRACE_MS)
    signal.addEventListener('abort', end)
    try {
      const code = await tool.exited
      signal.throwIfAborted()
      const output = readFileSync(tool.logFile, 'utf8')
      this.#show(output)
      if (code === 0) return output
      throw new EngineError(`${spec.name} ended with ${code}. Its last words (${tool.logFile}):\n${lastLines(output)}`)
    } finally {
      clearInterval(keepAlive)
      signal.removeEventListener('abort', end)
      if (signal.aborted) await endGroup(tool.pid, GRACE_MS)
      this.#forget(tool)
      this.#tools.delete(tool.pid)
    }
  }

  /** Whether it is in the registry: started here, and nobody has asked it to end. */
  isRunning({ pid }: ProcessIdentity): boolean {
    return this.#running.some((running) => running.pid === pid) && !this.#ending.has(pid)
  }

  async end({ pid }: ProcessIdentity): Promise<void> {
    this.#ending.add(pid)
    await endGroup(pid, GRACE_MS)
    this.#forget({ pid })
  }

  /** Ends everything at once, each with its own time to close what it has open; the last started is told first. */
  async endAll(): Promise<void> {
    await Promise.all(this.#running.toReversed().map((running) => this.end(running)))
  }

  /** The last resort of a process that is about to exit: no waiting, no goodbye. */
  killAll(): void {
    for (const { pid } of this.#running) signalGroup(pid, 'SIGKILL')
    this.#write([])
  }

  /** Takes over what an earlier run started and left running. */
  adopt(processes: readonly RecordedProcess[]): void {
    this.#write(processes)
  }

  /** Where the disk is full the note stays longer than it should: who reads it looks which of its processes are alive. */
  #forget({ pid }: Pick<ProcessIdentity, 'pid'>): void {
    const running = this.#running.filter((each) => each.pid !== pid)
    try {
      this.#write(running)
    } catch (error) {
      if (!isFullDisk(error)) throw error
    }
  }

  #write(running: readonly RecordedProcess[]): void {
    this.#running = running
    if (running.length === 0) {
      rmSync(this.#file, { force: true })
      return
    }
    writeWhole(this.#file, JSON.stringify(running, null, 2))
  }
}

/** The registry of the engine in these folders. */
export function registryAt(
  { run, log }: { readonly run: string; readonly log: string },
  show?: (output: string) => void,
): ProcessRegistry {
  return new ProcessRegistry(join(run, 'processes.json'), log, show)
}

/** What an earlier run wrote into its registry and is still alive, the same process and not just the same pid. */
export function leftRunning(file: string): readonly RecordedProcess[] {
  return (readNote<readonly RecordedProcess[]>(file) ?? []).filter(isAlive)
}

/** The end of a log, for an error message. */
export function lastLines(text: string, count = 12): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
