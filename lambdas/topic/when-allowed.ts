/** A role's new rights are known everywhere only some time after IAM has taken them: until then AWS and its brokers refuse. */

import type { Clock } from '../../lake/clock.ts'
import { messageOf } from '../../lake/errors.ts'
import type { Log } from '../../lake/log.ts'

/** IAM speaks of seconds; a session that has once been refused may stay so for three minutes (aws-cdk issue 37675, and reports beside it). */
const PATIENCE_MS = 5 * 60_000
const BETWEEN_TRIES_MS = 5_000

/** MSK's API and IAM's, Kafka's own codes, and kafkajs's names of the same. */
const REFUSED =
  /AccessDenied|UnauthorizedException|NotAuthorized|AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED|KafkaJSSASLAuthenticationError|not authorized/i

export interface WhenAllowedDeps {
  readonly clock: Clock
  readonly log: Log
}

/** Does the work, again and again while it is refused for want of rights; any other failure is one at once. */
export async function whenAllowed<T>(work: () => Promise<T>, { clock, log }: WhenAllowedDeps): Promise<T> {
  const until = clock.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isRefused(error) || clock.now() + BETWEEN_TRIES_MS > until) throw error
      log.info('not allowed yet, trying again', { said: messageOf(error) })
      await clock.sleep(BETWEEN_TRIES_MS)
    }
  }
}

/** By what the error or one of its causes says of itself. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message, cause } = error
  const kafka = 'type' in error ? String(error.type) : ''
  return REFUSED.test(name) || REFUSED.test(kafka) || REFUSED.test(message) || isRefused(cause)
}
