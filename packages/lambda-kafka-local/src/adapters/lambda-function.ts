/** A function behind the Lambda API: on an emulator, or a stand-in that speaks its Invoke. */
import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda'
import type { InvokeAnswer } from '../core/answer.ts'
import type { FunctionInvoker } from '../ports.ts'

export function lambdaFunction(client: LambdaClient): FunctionInvoker {
  return {
    async invoke(functionName, payload, signal) {
      try {
        const command = new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) })
        return answerOf(await client.send(command, { abortSignal: signal }))
      } catch (error) {
        if (signal.aborted) throw error
        return { kind: 'unavailable', message: `Function call failed: ${String(error)}` }
      }
    },
  }
}

function answerOf({ StatusCode, ExecutedVersion, FunctionError, Payload }: InvokeCommandOutput): InvokeAnswer {
  const payload = Payload ? Buffer.from(Payload).toString('utf8') : ''
  const response = { statusCode: StatusCode ?? 200, executedVersion: ExecutedVersion ?? '$LATEST' }
  if (!FunctionError) return { kind: 'returned', payload, response }
  return {
    kind: 'function-error',
    message: `Function call failed: ${payload.slice(0, 500)}`,
    response: { ...response, functionError: FunctionError },
  }
}
