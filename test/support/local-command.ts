/** Runs `npm run local` as a person would, in a place of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { freePortsFrom } from '../../localstack/engine/ports.ts'

/** A folder and ports that no other engine has. */
export interface LocalPlace {
  readonly dir: string
  readonly portKafka: number
  readonly portAws: number
}

export interface LocalRun {
  readonly pid: number
  /** What it has written until now, to stdout and stderr. */
  readonly output: () => string
  /** Resolves when it has written something like this; rejects when it ends before, or never does. */
  readonly wrote: (pattern: RegExp) => Promise<void>
  readonly ended: Promise<number | string>
  readonly signal: (signal: NodeJS.Signals) => void
}

/** A first start installs Kafka and the emulator, however slow the network is. */
const WRITES_WITHIN_MS = 20 * 60_000

/** A new place below `.local`; Kafka's controller takes the port behind Kafka's. */
export async function placeFor(name: string): Promise<LocalPlace> {
  const portKafka = await freePortsFrom(3)
  return { dir: resolve('.local', name), portKafka, portAws: portKafka + 2 }
}

/** A place where nothing is yet, and a folder beside it; both are cleared when the suite that asks for them ends. */
export async function clearPlaceFor(name: string): Promise<{ readonly place: LocalPlace; readonly folder: string }> {
  const place = await placeFor(name)
  const folder = mkdtempSync(join(tmpdir(), `tickerlake-${name}-`))
  rmSync(place.dir, { recursive: true, force: true })
  after(async () => {
    await runLocal(place, ['--down'])
    rmSync(folder, { recursive: true })
  })
  return { place, folder }
}

export function startLocal(place: LocalPlace, args: readonly string[], env: NodeJS.ProcessEnv = {}): LocalRun {
  const ports = ['--port-kafka', String(place.portKafka), '--port-aws', String(place.portAws)]
  const flags = ['--disable-warning=TimeoutNegativeWarning']
  // A machine with Docker would choose its containers.
  const engine = args.includes('--engine') ? [] : ['--engine', 'native']
  const where = ['--dir', place.dir, ...ports, ...engine]
  const child = spawn(process.execPath, [...flags, 'localstack/cli.ts', ...where, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let hasEnded = false
  const listeners = new Set<() => void>()
  const tell = (chunk: unknown) => {
    text += String(chunk)
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', tell)
  child.stderr.on('data', tell)
  const ended = new Promise<number | string>((done) => {
    child.once('close', (code, signal) => {
      hasEnded = true
      tell('')
      done(code ?? signal ?? 'unknown')
    })
  })
  return {
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    signal: (signal) => child.kill(signal),
    wrote: (pattern) =>
      new Promise((found, missed) => {
        const settle = () => {
          clearTimeout(patience)
          listeners.delete(look)
        }
        const look = () => {
          if (!pattern.test(text) && !hasEnded) return
          settle()
          if (pattern.test(text)) found()
          else missed(new Error(`It ended without ${pattern}:\n${text}`))
        }
        const patience = setTimeout(() => {
          settle()
          missed(new Error(`It has not written ${pattern} in ${WRITES_WITHIN_MS / 60_000} minutes:\n${text}`))
        }, WRITES_WITHIN_MS)
        listeners.add(look)
        look()
      }),
  }
}

/** Runs it to its end; throws with what it wrote where it does not end with 0. */
export async function runLocal(
  place: LocalPlace,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const run = startLocal(place, args, env)
  const code = await run.ended
  if (code === 0) return run.output()
  throw new Error(`npm run local -- ${args.join(' ')} ended with ${code}:\n${run.output()}`)
}

/** Everything that runs for this place, whoever started it: its command line or environment names the folder. */
export function processesOf({ dir }: LocalPlace): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((pid) => ({ pid, words: `${procText(pid, 'cmdline')}\0${procText(pid, 'environ')}` }))
    .filter(({ words }) => words.includes(`${dir}/`))
    .map(({ pid, words }) => `${pid} ${words.split('\0').slice(0, 4).join(' ')}`)
}

function procText(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8')
  } catch {
    return '' // it has ended, or is not ours
  }
}
