import { UsageError } from './errors.ts'

/** What `process.env` is, without the process: handlers pass theirs in. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a setting that must be there. An empty string counts as missing. */
export function required(env: Environment, name: string): string {
  const value = env[name]
  if (value) return value
  throw new UsageError(`The environment variable ${name} is needed and not set; the stack sets it on the function.`)
}

/** A whole number between bounds, or the default where the setting is missing. */
export function integerOr(
  env: Environment,
  name: string,
  { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number },
): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new UsageError(`${name} takes a whole number from ${min} to ${max}; got "${text}".`)
}
