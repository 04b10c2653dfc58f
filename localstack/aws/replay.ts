import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { systemClock } from '../../lake/clock.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { invokeReplay, type ReplayCall } from '../../lake/replay/replay-invoker.ts'

interface Producer {
  readonly lambda: LambdaClient
  readonly functionName: string
}

interface ReplayRequest extends Pick<ReplayCall, 'signal' | 'tell'> {
  readonly runId: string
}

/** Replays all of history as one run at full speed, one invocation after another, until the producer is done. */
export function replayEverything(
  { lambda, functionName }: Producer,
  { runId, signal, tell }: ReplayRequest,
): Promise<ReplayAnswer> {
  return invokeReplay({ functionName, payload: { runId, speed: 'max' }, signal, tell }, lambda, systemClock)
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
