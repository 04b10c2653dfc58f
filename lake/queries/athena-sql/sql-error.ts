/** What is wrong with a statement, in its writer's words: the place in their text, and what would be right. */
import { TickerlakeError } from '../../errors.ts'

/** A place in the statement as it was given; both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export class SqlError extends TickerlakeError {
  readonly position: Position | undefined

  constructor(message: string, position?: Position) {
    super('query', position ? `Line ${position.line}, column ${position.column}: ${message}` : message)
    this.name = 'SqlError'
    this.position = position
  }
}

/** ` Did you mean "session_date"?` where a name that is known lies near enough, else nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const [nearest] = [...known]
    .map((one) => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
  return nearest ? ` Did you mean "${nearest.one}"?` : ''
}

/** How many letters differ (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
