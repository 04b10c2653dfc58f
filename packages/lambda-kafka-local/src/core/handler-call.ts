/** Calls a handler as Lambda's Node.js runtime does, and puts its end into the words of an Invoke's answer. */
import type { Handler } from '../handler.ts'
import type { KafkaEvent } from '../kafka-event.ts'
import type { InvokeAnswer } from './answer.ts'
import type { LambdaContext } from './lambda-context.ts'

/** How one call ended, as plain data that can be sent from one thread to another. */
export type HandlerEnd =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly error: ErrorPayload }

interface ErrorPayload {
  readonly errorType: string
  readonly errorMessage: string
}

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST' } as const

export async function callHandler(handler: Handler, payload: string, context: LambdaContext): Promise<HandlerEnd> {
  try {
    const result = await resultOf(handler, JSON.parse(payload), context)
    return { kind: 'returned', payload: JSON.stringify(result) ?? 'null' }
  } catch (error) {
    return { kind: 'threw', error: errorPayload(error) }
  }
}

/** A handler of three parameters ends with its callback, unless it returns a promise (runtimes up to nodejs22.x). */
function resultOf(handler: Handler, event: KafkaEvent, context: LambdaContext): unknown {
  const called = Promise.withResolvers<unknown>()
  const returned = handler(event, context, (error, result) => {
    if (error === undefined || error === null) called.resolve(result)
    else called.reject(error)
  })
  return handler.length < 3 || isPromise(returned) ? returned : called.promise
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

export function errorPayload(error: unknown): ErrorPayload {
  const isError = error instanceof Error
  return { errorType: isError ? error.name : typeof error, errorMessage: isError ? error.message : String(error) }
}

export function answerOfEnd(end: HandlerEnd): InvokeAnswer {
  if (end.kind === 'returned') return { kind: 'returned', payload: end.payload, response: RESPONSE }
  const message = `Function call failed: ${JSON.stringify(end.error)}`
  return { kind: 'function-error', message, response: { ...RESPONSE, functionError: 'Unhandled' } }
}

export function timedOut(milliseconds: number): InvokeAnswer {
  const errorMessage = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`
  return answerOfEnd({ kind: 'threw', error: { errorType: 'Sandbox.Timedout', errorMessage } })
}
