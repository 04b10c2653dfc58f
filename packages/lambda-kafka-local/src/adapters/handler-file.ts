/**
 * A function that is a file on this machine: no Lambda anywhere. Each invocation at a time has an execution environment of its
 * own, a worker thread with its own module, which is used again when it is free and ended when the time is over.
 */
import { randomUUID } from 'node:crypto'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { InvokeAnswer } from '../core/answer.ts'
import { answerOfEnd, timedOut } from '../core/handler-call.ts'
import { type FunctionSettings, functionFacts, lambdaEnvironment } from '../core/lambda-context.ts'
import { UsageError } from '../errors.ts'
import type { FunctionInvoker } from '../ports.ts'
import type { WorkerCall, WorkerSays, WorkerStart } from './handler-worker.ts'

export interface HandlerFileOptions extends FunctionSettings {
  /** The function's name or ARN, as its context tells it. */
  readonly functionName: string
}

/** `file` may end in `#name`; without it the export is called `handler`. The file is loaded once, to see that it can be. */
export async function handlerFile(file: string, options: HandlerFileOptions): Promise<FunctionInvoker> {
  const environments = new Environments(file, options)
  await environments.start()
  return environments
}

class Environments implements FunctionInvoker {
  readonly #file: string
  readonly #options: HandlerFileOptions
  readonly #idle: Environment[] = []
  readonly #all = new Set<Environment>()

  constructor(file: string, options: HandlerFileOptions) {
    this.#file = file
    this.#options = options
  }

  async start(): Promise<void> {
    const first = this.#make()
    const said = await first.loaded
    if (said.kind === 'ready') {
      this.#idle.push(first)
      return
    }
    await this.close()
    throw new UsageError(`The handler file ${this.#file} cannot be used: ${reasonOf(said)}.`)
  }

  async invoke(_name: string, payload: string, signal: AbortSignal): Promise<InvokeAnswer> {
    signal.throwIfAborted()
    const environment = this.#takeIdle() ?? this.#make()
    const aborted = Promise.withResolvers<never>()
    const abort = () => aborted.reject(signal.reason)
    signal.addEventListener('abort', abort)
    try {
      const answer = await Promise.race([environment.call(payload, this.#options.timeoutMs), aborted.promise])
      if (environment.isUsable) this.#idle.push(environment)
      return answer
    } finally {
      signal.removeEventListener('abort', abort)
      if (!this.#idle.includes(environment)) await this.#end(environment)
    }
  }

  async close(): Promise<void> {
    this.#idle.length = 0
    await Promise.all([...this.#all].map((environment) => this.#end(environment)))
  }

  /** One may have died while nothing was asked of it: a rejection that nobody handled. */
  #takeIdle(): Environment | undefined {
    for (let next = this.#idle.pop(); next; next = this.#idle.pop()) if (next.isUsable) return next
    return undefined
  }

  #make(): Environment {
    const environment = new Environment(startOf(this.#file, this.#options))
    this.#all.add(environment)
    return environment
  }

  async #end(environment: Environment): Promise<void> {
    this.#all.delete(environment)
    await environment.end()
  }
}

function startOf(file: string, options: HandlerFileOptions): WorkerStart {
  const [path = file, exportName = 'handler'] = file.split('#')
  const full = resolve(path)
  const facts = functionFacts(options.functionName, randomUUID().replaceAll('-', ''), options)
  const handler = `${basename(full).replace(/\.[^.]*$/, '')}.${exportName}`
  const environment = lambdaEnvironment(facts, handler, dirname(full))
  return { module: pathToFileURL(full).href, exportName, facts, environment }
}

/** What a worker's thread said or suffered. */
type Said = WorkerSays | { readonly kind: 'died'; readonly reason: string }

class Environment {
  readonly loaded: Promise<Said>
  readonly #worker: Worker
  #hear: (said: Said) => void = () => {}
  #isUsable = true

  constructor(workerData: WorkerStart) {
    // As it stands beside this file: TypeScript in the repository, JavaScript in the package.
    const url = new URL(
      import.meta.url.endsWith('.ts') ? './handler-worker.ts' : './handler-worker.js',
      import.meta.url,
    )
    // What a handler prints goes to stderr: stdout belongs to whoever runs this.
    this.#worker = new Worker(url, { workerData, stdout: true })
    this.#worker.stdout.on('data', (chunk: Buffer) => process.stderr.write(chunk))
    this.#worker.on('message', (said: WorkerSays) => this.#hear(said))
    this.#worker.on('error', (error) => this.#died(String(error)))
    this.#worker.on('exit', (code) => this.#died(`Runtime exited with code ${code}`))
    this.loaded = this.#next()
  }

  get isUsable(): boolean {
    return this.#isUsable
  }

  async call(payload: string, timeoutMs: number): Promise<InvokeAnswer> {
    const loaded = await this.loaded
    if (loaded.kind !== 'ready') return this.#broken(reasonOf(loaded))
    const call: WorkerCall = { requestId: randomUUID(), payload, deadline: Date.now() + timeoutMs }
    const time = Promise.withResolvers<'over'>()
    const timer = setTimeout(() => time.resolve('over'), timeoutMs)
    const next = this.#next()
    this.#worker.postMessage(call)
    const said = await Promise.race([next, time.promise])
    clearTimeout(timer)
    if (said === 'over') {
      this.#isUsable = false
      return timedOut(timeoutMs)
    }
    return said.kind === 'ended' ? answerOfEnd(said.end) : this.#broken(reasonOf(said))
  }

  async end(): Promise<void> {
    this.#isUsable = false
    await this.#worker.terminate()
  }

  #next(): Promise<Said> {
    return new Promise((hear) => {
      this.#hear = hear
    })
  }

  #died(reason: string): void {
    this.#isUsable = false
    this.#hear({ kind: 'died', reason })
  }

  #broken(errorMessage: string): InvokeAnswer {
    this.#isUsable = false
    return answerOfEnd({ kind: 'threw', error: { errorType: 'Runtime.ExitError', errorMessage } })
  }
}

function reasonOf(said: Said): string {
  return said.kind === 'not-loaded' || said.kind === 'died' ? said.reason : said.kind
}
