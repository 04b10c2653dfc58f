/** When to try again, said once for the whole lake. */
import { TickerlakeError } from './errors.ts'

const BASE_MS = 50
const CAP_MS = 5_000

/** How long to wait before try number `attempt` (1 is the first retry): exponential with full jitter. `random` is in [0, 1). */
export function backoffMs(attempt: number, random: number): number {
  return Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** attempt))
}

/** Only an error that says so: what is unknown is not tried again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof TickerlakeError && error.retryable
}
