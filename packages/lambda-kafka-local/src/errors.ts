/** The one error base. A message is a sentence that says what was wanted, what was got and what to do; `code` is for programs. */
export class MappingError extends Error {
  readonly code: string

  constructor(code: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'MappingError'
    this.code = code
  }
}

/** The caller gave something that cannot be meant: a wrong setting, option or file. Trying again does not help. */
export class UsageError extends MappingError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super('usage', message, options)
    this.name = 'UsageError'
  }
}
