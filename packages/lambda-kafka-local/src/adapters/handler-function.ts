/** A function of this very process: one module for all invocations, which is quick, and what a time-out cannot end. */
import { randomUUID } from 'node:crypto'
import { answerOfEnd, callHandler, timedOut } from '../core/handler-call.ts'
import { functionFacts, lambdaContext } from '../core/lambda-context.ts'
import type { Handler } from '../handler.ts'
import type { FunctionInvoker } from '../ports.ts'
import type { HandlerFileOptions } from './handler-file.ts'

export function handlerFunction(handler: Handler, options: HandlerFileOptions): FunctionInvoker {
  const facts = functionFacts(options.functionName, randomUUID().replaceAll('-', ''), options)
  return {
    async invoke(_name, payload, signal) {
      signal.throwIfAborted()
      const deadline = Date.now() + options.timeoutMs
      const end = Promise.withResolvers<'over'>()
      const abort = () => end.reject(signal.reason)
      const timer = setTimeout(() => end.resolve('over'), options.timeoutMs)
      signal.addEventListener('abort', abort)
      const context = lambdaContext(facts, randomUUID(), () => deadline - Date.now())
      try {
        const ended = await Promise.race([callHandler(handler, payload, context), end.promise])
        return ended === 'over' ? timedOut(options.timeoutMs) : answerOfEnd(ended)
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
    },
  }
}
