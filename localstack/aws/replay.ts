import { setTimeout as delay } from 'node:timers/promises'
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { EngineError } from '../errors.ts'

interface Producer {
  readonly lambda: LambdaClient
  readonly functionName: string
}

/** What the producer says after each invocation. */
export interface ReplayAnswer {
  readonly runId: string
  /** Of the whole run until now; markers are among the sent. */
  readonly total: { readonly sent: number; readonly markers: number }
  readonly done: boolean
  /** Another invocation is at the same run; this one did nothing. */
  readonly busy: boolean
  /** Files that could not be read. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
}

const BUSY_PAUSE_MS = 1_000

/** Replays all of history as one run at full speed, one invocation after another, until the producer is done. */
export async function replayEverything(
  producer: Producer,
  { runId, signal, tell }: ReplayRequest,
): Promise<ReplayAnswer> {
  for (;;) {
    const answer = await invoke(producer, { runId, speed: 'max' }, signal)
    tell(answer)
    if (answer.done) return answer
    if (answer.busy) await delay(BUSY_PAUSE_MS, undefined, { signal })
  }
}

interface ReplayRequest {
  readonly runId: string
  readonly signal: AbortSignal
  readonly tell: (so: ReplayAnswer) => void
}

/** Starts the scheduled replay's next minute without waiting for it, as EventBridge Scheduler does. */
export async function startScheduledMinute({ lambda, functionName }: Producer): Promise<void> {
  await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: JSON.stringify({ scheduled: true }),
    }),
  )
}

async function invoke(
  { lambda, functionName }: Producer,
  payload: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ReplayAnswer> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) })
  const { Payload, FunctionError } = await lambda.send(command, { abortSignal: signal })
  const text = Payload?.transformToString() ?? ''
  if (FunctionError) throw new EngineError(`The producer failed: ${errorMessageOf(text)}`)
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
