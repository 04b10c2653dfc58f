/** One execution environment of a handler file: a thread with a module of its own, as Lambda gives one to each invocation at a time. */
import { env } from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import { callHandler, errorPayload, type HandlerEnd } from '../core/handler-call.ts'
import { type FunctionFacts, lambdaContext } from '../core/lambda-context.ts'
import type { Handler } from '../handler.ts'

/** What a worker is started with. */
export interface WorkerStart {
  /** URL of the module. */
  readonly module: string
  readonly exportName: string
  readonly facts: FunctionFacts
  readonly environment: Readonly<Record<string, string>>
}

export interface WorkerCall {
  readonly requestId: string
  readonly payload: string
  /** Epoch milliseconds. */
  readonly deadline: number
}

export type WorkerSays =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-loaded'; readonly reason: string }
  | { readonly kind: 'ended'; readonly end: HandlerEnd }

const { module: url, exportName, facts, environment }: WorkerStart = workerData

function say(message: WorkerSays): void {
  parentPort?.postMessage(message)
}

async function load(): Promise<Handler> {
  Object.assign(env, environment)
  const exported: Readonly<Record<string, unknown>> = await import(url)
  const handler = exported[exportName] ?? member(exported['default'], exportName)
  if (isHandler(handler)) return handler
  const names = Object.keys(exported).join(', ') || 'nothing'
  throw new Error(`it exports no function "${exportName}"; it exports: ${names}`)
}

/** A CommonJS module whose names Node cannot foresee. */
function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}

try {
  const handler = await load()
  parentPort?.on('message', async ({ requestId, payload, deadline }: WorkerCall) => {
    const context = lambdaContext(facts, requestId, () => deadline - Date.now())
    say({ kind: 'ended', end: await callHandler(handler, payload, context) })
  })
  say({ kind: 'ready' })
} catch (error) {
  const { errorType, errorMessage } = errorPayload(error)
  say({ kind: 'not-loaded', reason: `${errorType}: ${errorMessage}` })
}
