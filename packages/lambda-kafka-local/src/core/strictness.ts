/** What happens to a setting that AWS would refuse or that is not supported here: an error, or with `lenient` a warning. */
import { UsageError } from '../errors.ts'

export interface Strictness {
  readonly lenient: boolean
  /** Takes the sentences of what is passed over. */
  readonly warn: (sentence: string) => void
}

export const STRICT: Strictness = { lenient: false, warn: () => {} }

/** Throws the sentence; in lenient mode it is a warning. */
export function objectTo(sentence: string, { lenient, warn }: Strictness): void {
  if (!lenient) throw new UsageError(`${sentence} Lenient mode (--lenient) passes over it.`)
  warn(sentence)
}
