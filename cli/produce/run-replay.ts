/** A replay by the deployed producer, to its end; a line on stderr says how far it is. */
import { LambdaClient } from '@aws-sdk/client-lambda'
import { say } from '../../command/progress.ts'
import { systemClock } from '../../lake/clock.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { invokeReplay, type ReplayCall } from '../../lake/replay/replay-invoker.ts'
import type { Target } from '../lake/target.ts'

export function runReplay(call: Omit<ReplayCall, 'tell'>, { clients }: Target): Promise<ReplayAnswer> {
  return invokeReplay({ ...call, tell }, new LambdaClient(clients), systemClock)
}

function tell({ total, next, busy, done }: ReplayAnswer): void {
  if (busy) say('Another invocation is at this run; waiting for it …')
  else if (!done) say(`${total.sent} records sent, next is ${next ?? 'not known yet'} …`)
}
