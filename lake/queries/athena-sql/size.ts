/**
 * How large a statement may be. The time that parsing takes grows with the square of how deep things lie in each other,
 * and doubles with each parenthesis around or in a subquery that stands where a value could: the grammar cannot tell
 * them apart before their end.
 */
import type { Token } from 'antlr4ng'
import { SqlError } from './sql-error.ts'

/** Athena's own limit of a query string, 262,144 bytes. */
const MAX_LENGTH = 262_144
/** Beyond what anybody writes by hand; at this depth a parse takes half a second. */
const MAX_DEPTH = 64
/** Parentheses in each other, those of calls left out: in general, and where a subquery stands for a value. */
const MAX_GROUPS = 16
const MAX_GROUPS_OF_VALUE = 8

/** What stands before a value and may be said again and again: each makes the parse a level deeper. */
const SIGNS: ReadonlySet<string> = new Set(['-', '+', 'not'])
const OPENS: ReadonlySet<string> = new Set(['(', '[', 'case'])
const CLOSES: ReadonlySet<string> = new Set([')', ']', 'end'])
const QUERIES: ReadonlySet<string> = new Set(['select', 'with', 'values', 'table'])
/** Words after which a parenthesis holds a table, so that a query in it is no value. */
const BEFORE_TABLES: ReadonlySet<string> = new Set(['from', 'join', 'as', 'lateral', 'in', 'exists'])
/** Words that call nothing. */
const BEFORE_GROUPS: ReadonlySet<string> = new Set(
  'select all distinct where and or not on by then else when case having between like is any some values union except intersect over filter limit offset using'.split(
    ' ',
  ),
)

/** Throws `SqlError` where a statement is longer than Athena takes. */
export function checkLength(sql: string): void {
  if (sql.length <= MAX_LENGTH) return
  throw new SqlError(`the statement has ${sql.length} characters; Athena takes ${MAX_LENGTH}.`)
}

/** Throws `SqlError` where parentheses, brackets and CASE lie too deep in each other, or signs stand in a long row. */
export function checkDepth(tokens: readonly Token[]): void {
  const seen = tokens.filter(({ channel }) => channel === 0)
  const nesting = new Nesting()
  let signs = 0
  for (const [i, token] of seen.entries()) {
    const word = wordOf(token)
    signs = SIGNS.has(word) ? signs + 1 : 0
    if (signs > MAX_DEPTH) throw refusal(token, `more than ${MAX_DEPTH} signs or NOTs stand in a row.`)
    if (OPENS.has(word)) nesting.open(token, wordOf(seen[i - 1]), wordOf(seen[i + 1]))
    if (CLOSES.has(word)) nesting.close()
  }
  nesting.end()
}

class Nesting {
  /** Whether each of what is open is a parenthesis that calls nothing. */
  readonly #open: boolean[] = []
  #groups = 0
  #deepest: { readonly groups: number; readonly token: Token } | undefined
  #hasValueQuery = false

  open(token: Token, before: string, after: string): void {
    const isGroup = wordOf(token) === '(' && !isCall(before)
    this.#open.push(isGroup)
    if (this.#open.length > MAX_DEPTH) throw tooDeep(token, `${MAX_DEPTH} parentheses, brackets or CASEs`)
    if (!isGroup) return
    this.#groups += 1
    if (this.#groups > (this.#deepest?.groups ?? 0)) this.#deepest = { groups: this.#groups, token }
    this.#hasValueQuery ||= QUERIES.has(after) && !BEFORE_TABLES.has(before)
  }

  close(): void {
    if (this.#open.pop()) this.#groups -= 1
  }

  end(): void {
    const most = this.#hasValueQuery ? MAX_GROUPS_OF_VALUE : MAX_GROUPS
    if (!this.#deepest || this.#deepest.groups <= most) return
    throw tooDeep(this.#deepest.token, `${most} parentheses${this.#hasValueQuery ? ' around subqueries' : ''}`)
  }
}

function isCall(before: string): boolean {
  return /^[\p{L}_"]/u.test(before) && !BEFORE_TABLES.has(before) && !BEFORE_GROUPS.has(before)
}

function wordOf(token: Token | undefined): string {
  return token?.text?.toLowerCase() ?? ''
}

function tooDeep(token: Token, what: string): SqlError {
  return refusal(token, `more than ${what} lie in each other; give the inner queries names by WITH.`)
}

function refusal({ line, column }: Token, text: string): SqlError {
  return new SqlError(text, { line, column: column + 1 })
}
