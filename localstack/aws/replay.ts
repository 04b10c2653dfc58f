import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { invokeReplay, type ReplayCall } from '../../lambdas/adapters/replay-invoker.ts'
import { systemClock } from '../../lambdas/adapters/system-clock.ts'
import type { ReplayAnswer } from '../../lambdas/core/replay/replay-answer.ts'

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
