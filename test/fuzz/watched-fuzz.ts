/** Fuzzes a target under watch: what takes no end or too much memory is found too, and the rest of the time is used. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Finding, Fuzzed } from './fuzzing.ts'

export interface FuzzOrder {
  /** The target's. */
  readonly name: string
  readonly seed: number
  /** Epoch milliseconds; no target is begun again after it. */
  readonly end: number
  /** So many inputs, whenever that ends; undefined where `end` alone counts. */
  readonly inputs: number | undefined
  /** Shows how many inputs were begun, the length of the last, and its bytes. */
  readonly shown: SharedArrayBuffer
}

/** What takes two seconds of its own may take a minute on a busy machine. */
const STUCK_MS = 90_000
const LOOK_MS = 500
const MAX_HEAP_MB = 1_024
const MAX_RSS_MB = 2_500
const MAX_INPUT_BYTES = 4 * 1_048_576

export async function watchedFuzz(order: Omit<FuzzOrder, 'shown'>): Promise<Fuzzed> {
  const findings: Finding[] = []
  let inputs = 0
  for (let seed = order.seed; findings.length < 10; seed++) {
    const shown = new SharedArrayBuffer(8 + MAX_INPUT_BYTES)
    const one = await watchedOnce({ ...order, seed, shown })
    inputs += Atomics.load(new Int32Array(shown), 0)
    findings.push(...one.findings)
    if (one.kind === 'ended' || Date.now() >= order.end) break
  }
  return { inputs, findings }
}

interface Watched {
  readonly kind: 'ended' | 'stopped'
  readonly findings: readonly Finding[]
}

async function watchedOnce(order: FuzzOrder): Promise<Watched> {
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  const stop = new AbortController()
  const ended = once(worker, 'message').then(
    ([fuzzed]: Fuzzed[]): Watched => ({ kind: 'ended', findings: fuzzed?.findings ?? [] }),
    (error: unknown): Watched => ({ kind: 'stopped', findings: [shownFinding(order, String(error))] }),
  )
  try {
    return await Promise.race([ended, watch(order, stop.signal)])
  } finally {
    stop.abort()
    await worker.terminate()
  }
}

/** Resolves with a finding once an input takes too long or too much; never where all goes well. */
function watch(order: FuzzOrder, signal: AbortSignal): Promise<Watched> {
  const troubleOf = troubleTeller(new Int32Array(order.shown))
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const error = troubleOf()
      if (error !== undefined) resolve({ kind: 'stopped', findings: [shownFinding(order, error)] })
    }, LOOK_MS)
    signal.addEventListener('abort', () => clearInterval(timer))
  })
}

function troubleTeller(begun: Int32Array): () => string | undefined {
  let last = { count: -1, at: Date.now() }
  return () => {
    const count = Atomics.load(begun, 0)
    if (count !== last.count) last = { count, at: Date.now() }
    const rss = Math.round(process.memoryUsage.rss() / 1_048_576)
    if (rss > MAX_RSS_MB) return `${rss} MB in use`
    return Date.now() - last.at > STUCK_MS ? 'does not end' : undefined
  }
}

function shownFinding({ name, shown }: FuzzOrder, error: string): Finding {
  const length = new Int32Array(shown)[1] ?? 0
  return { target: name, input: Uint8Array.from(new Uint8Array(shown, 8, length)), error }
}
