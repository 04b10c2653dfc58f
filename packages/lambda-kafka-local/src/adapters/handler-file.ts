/** A function that is a file on this machine: no Lambda anywhere, the handler runs in this process. */
import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import type { InvokeAnswer } from '../core/answer.ts'
import { UsageError } from '../errors.ts'
import type { FunctionInvoker } from '../ports.ts'

type Handler = (event: unknown, context: HandlerContext) => unknown

/** The part of Lambda's context that handlers use. */
interface HandlerContext {
  readonly awsRequestId: string
  readonly functionName: string
  getRemainingTimeInMillis(): number
}

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST' } as const

/** `file` may end in `#name`; without it the export is called `handler`. */
export async function handlerFile(file: string, timeoutMs: number): Promise<FunctionInvoker> {
  const [path = file, name = 'handler'] = file.split('#')
  const handler = await importHandler(path, name)
  return {
    async invoke(functionName, payload, signal) {
      const deadline = Date.now() + timeoutMs
      const context = {
        awsRequestId: randomUUID(),
        functionName,
        getRemainingTimeInMillis: () => deadline - Date.now(),
      }
      const end = Promise.withResolvers<InvokeAnswer>()
      const abort = () => end.reject(signal.reason)
      const timer = setTimeout(() => end.resolve(timedOut(timeoutMs)), timeoutMs)
      signal.addEventListener('abort', abort)
      try {
        return await Promise.race([call(handler, payload, context), end.promise])
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
    },
  }
}

async function importHandler(path: string, name: string): Promise<Handler> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new UsageError(`The handler file ${path} cannot be loaded: ${cause}`, { cause })
  })
  const handler = module[name]
  if (isHandler(handler)) return handler
  throw new UsageError(
    `${path} exports no function "${name}"; it exports: ${Object.keys(module).join(', ') || 'nothing'}.`,
  )
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}

/** As Lambda answers: what was returned as JSON, or what was thrown as `errorMessage` and `errorType`. */
async function call(handler: Handler, payload: string, context: HandlerContext): Promise<InvokeAnswer> {
  try {
    const result = await handler(JSON.parse(payload), context)
    return { kind: 'returned', payload: JSON.stringify(result) ?? 'null', response: RESPONSE }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return functionError({ errorType: name, errorMessage: message })
  }
}

function functionError(payload: { readonly errorType: string; readonly errorMessage: string }): InvokeAnswer {
  const message = `Function call failed: ${JSON.stringify(payload)}`
  return { kind: 'function-error', message, response: { ...RESPONSE, functionError: 'Unhandled' } }
}

function timedOut(ms: number): InvokeAnswer {
  return functionError({ errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${ms / 1000} seconds` })
}
