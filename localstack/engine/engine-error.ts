import { TickerlakeError } from '../../lake/errors.ts'

/** The engine could not be installed, started or used; the message says what to do about it. */
export class EngineError extends TickerlakeError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super('engine', message, options)
    this.name = 'EngineError'
  }
}
