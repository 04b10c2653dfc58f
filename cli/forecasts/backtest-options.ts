/** The options that the commands about forecasts share. */
import { numberIn } from '../../command/option-values.ts'
import { UsageError } from '../../lake/errors.ts'
import { readNamedFile } from './bars-file.ts'

/** A whole number from 1 on. */
export function countOption(option: string, text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : numberIn({ option, min: 1, max: Number.POSITIVE_INFINITY }, text)
}

/** `A,B,C` or `@FILE` with one symbol a line, all of which must be among the known ones; undefined where not given. */
export function symbolsOption(text: string | undefined, known: readonly string[]): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined
  const list = text.startsWith('@') ? listIn(text.slice(1)) : text
  const symbols = list
    .split(/[\r\n,]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = symbols.filter((symbol) => !known.includes(symbol))
  if (symbols.length === 0) throw new UsageError('--symbols-to-score names no symbol; give A,B,C or @FILE.')
  if (unknown.length === 0) return new Set(symbols)
  const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : ''
  throw new UsageError(`--symbols-to-score: the bars have no ${unknown.slice(0, 5).join(', ')}${more}.`)
}

function listIn(path: string): string {
  return readNamedFile(path, `the list of symbols ${path}`).toString()
}
