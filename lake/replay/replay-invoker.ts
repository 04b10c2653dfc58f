import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Clock } from '../clock.ts'
import { TickerlakeError } from '../errors.ts'
import type { ReplayAnswer } from './replay-answer.ts'

export interface ReplayCall {
  readonly functionName: string
  /** The run, and the rest of the payload: docs/producer.md. */
  readonly payload: Readonly<Record<string, unknown>> & { readonly runId: string }
  readonly signal: AbortSignal
  /** Called with the answer of each invocation. */
  readonly tell: (answer: ReplayAnswer) => void
}

const BUSY_PAUSE_MS = 1_000

/** Invokes the deployed producer for one run, again and again until the run is done, and gives its last answer. */
export async function invokeReplay(call: ReplayCall, lambda: LambdaClient, clock: Clock): Promise<ReplayAnswer> {
  while (true) {
    const answer = await invokeOnce(call, lambda)
    call.tell(answer)
    if (answer.done) return answer
    if (answer.busy) await clock.sleep(BUSY_PAUSE_MS, call.signal)
  }
}

async function invokeOnce({ functionName, payload, signal }: ReplayCall, lambda: LambdaClient): Promise<ReplayAnswer> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) })
  const { Payload, FunctionError } = await lambda.send(command, { abortSignal: signal })
  const text = Payload?.transformToString() ?? ''
  if (FunctionError) throw new TickerlakeError('producer', `The producer failed: ${errorMessageOf(text)}`)
  return JSON.parse(text)
}

/** Lambda's own shape of a function's error. */
function errorMessageOf(text: string): string {
  try {
    const { errorMessage }: { readonly errorMessage?: string } = JSON.parse(text)
    return errorMessage ?? text
  } catch {
    return text
  }
}
