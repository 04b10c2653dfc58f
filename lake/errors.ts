/**
 * The one error base. A message is a sentence that says what was wanted, what was got and what to do;
 * `code` is for programs, `retryable` for whoever decides about another try (one place: `lake/retry.ts`).
 */
export class TickerlakeError extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options: { readonly retryable?: boolean; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'TickerlakeError'
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** The caller gave something that cannot be meant: a wrong option, payload, setting. Trying again does not help. */
export class UsageError extends TickerlakeError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super('usage', message, options)
    this.name = 'UsageError'
  }
}

/** What somebody else's error says; anything may be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The same with the kind of error before it, for errors of AWS, whose names say more than their messages. */
export function fullMessageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** Whether the disk, or what this user may have of it, is full. */
export function isFullDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
