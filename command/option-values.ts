/** What options may be given; one sentence where the value is another. */
import { UsageError } from '../lake/errors.ts'
import { parseIso } from '../lake/instant.ts'

/** An option that the command cannot do without. `what` shows it as it is typed: `--out FILE`. */
export function needed<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value
  throw new UsageError(`${what} is needed. See --help.`)
}

/** One of a few words. */
export function oneOf<const T extends string>(choices: readonly T[], option: string, text: string): T {
  const choice = choices.find((each) => each === text)
  if (choice !== undefined) return choice
  throw new UsageError(`${option} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}; got "${text}".`)
}

export interface NumberBounds {
  readonly option: string
  readonly min: number
  readonly max: number
  /** Whether it may have a fraction. @default false */
  readonly fraction?: boolean
  /** A word that may be said instead, named in the refusal. */
  readonly or?: string
}

/** A number from `min` to `max`, both included; whole unless a fraction is allowed. */
export function numberIn({ option, min, max, fraction = false, or }: NumberBounds, text: string): number {
  const value = Number(text)
  const isKind = fraction ? Number.isFinite(value) : Number.isInteger(value)
  if (text.trim() !== '' && isKind && value >= min && value <= max) return value
  const range = max === Number.POSITIVE_INFINITY ? `${min} on` : `${min} to ${max}`
  const wanted = `a ${fraction ? '' : 'whole '}number from ${range}${or === undefined ? '' : `, or ${or}`}`
  throw new UsageError(`${option} takes ${wanted}; got "${text}".`)
}

/** A day like 2012-01-15, as epoch milliseconds of its beginning (UTC). */
export function dayOf(option: string, text: string): number {
  const epochMs = text.length === 10 ? parseIso(text) : undefined
  if (epochMs !== undefined) return epochMs
  throw new UsageError(`${option} takes a day like 2012-01-15; got "${text}".`)
}

/** An option that takes a date or time in ISO 8601, as epoch milliseconds; the fallback where it was not given. */
export function instantOf(text: string | undefined, option: string, fallback: number): number {
  if (text === undefined) return fallback
  const instant = parseIso(text)
  if (instant !== undefined) return instant
  throw new UsageError(`${option} takes an ISO 8601 date or time, like 2026-11-01; got "${text}".`)
}
