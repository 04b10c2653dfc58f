/** A consumer container as Lambda has it: one process that runs the real handler, one invocation at a time. */
import { handler } from '../../lambdas/consumer/consumer.lambda.ts'

/** Zombies are to go on after they stood still: their own deadline must not stop them. */
const REMAINING_MS = 60_000

export interface Invocation {
  readonly id: number
  readonly event: string
}

export interface Finished {
  readonly id: number
  /** The handler's answer as JSON, or why it threw. */
  readonly answer?: string
  readonly error?: string
}

process.on('message', async ({ id, event }: Invocation) => {
  try {
    const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => REMAINING_MS })
    process.send?.({ id, answer: JSON.stringify(answer) } satisfies Finished)
  } catch (error) {
    process.send?.({ id, error: String(error) } satisfies Finished)
  }
})
process.on('disconnect', () => process.exit())
