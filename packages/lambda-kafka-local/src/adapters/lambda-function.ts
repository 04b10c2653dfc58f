/** A function behind the Lambda API: on an emulator, or a stand-in that speaks its Invoke. */
import type { InvokeCommandOutput } from '@aws-sdk/client-lambda'
import type { InvokeAnswer } from '../core/answer.ts'
import type { FunctionInvoker } from '../ports.ts'
import type { AwsSettings } from './aws-settings.ts'
import { optionalPeer } from './optional-peer.ts'
import { isStatusOfCaller, statusOf } from './service-errors.ts'

export async function lambdaFunction(aws: AwsSettings): Promise<FunctionInvoker> {
  const load = () => import('@aws-sdk/client-lambda')
  const { InvokeCommand, LambdaClient } = await optionalPeer(
    '@aws-sdk/client-lambda',
    'A function behind a Lambda API',
    load,
  )
  // Retries are the mapping's business: its own policy says what counts as one.
  const client = new LambdaClient({ ...aws, maxAttempts: 1 })
  return {
    async invoke(functionName, payload, signal) {
      try {
        const command = new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) })
        return answerOf(await client.send(command, { abortSignal: signal }))
      } catch (error) {
        if (signal.aborted) throw error
        const message = `Function call failed: ${String(error)}`
        // 400, 403, 404, 413: what the service will say next time, too.
        return { kind: isStatusOfCaller(statusOf(error)) ? 'refused' : 'unavailable', message }
      }
    },
    async close() {
      client.destroy()
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
