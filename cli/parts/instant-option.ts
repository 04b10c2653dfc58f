import { UsageError } from '../../lambdas/core/errors.ts'
import { parseIso } from '../../lambdas/core/instant.ts'

/** An option that takes a date or time in ISO 8601, as epoch milliseconds; the fallback where it was not given. */
export function instantOf(text: string | undefined, option: string, fallback: number): number {
  if (text === undefined) return fallback
  const instant = parseIso(text)
  if (instant !== undefined) return instant
  throw new UsageError(`${option} takes an ISO 8601 date or time, like 2026-11-01; got "${text}".`)
}
