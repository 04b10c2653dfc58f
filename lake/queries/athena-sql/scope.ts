/** What names mean where they stand. */
import type { ParserRuleContext } from 'antlr4ng'
import { placeOf } from './parse.ts'
import { didYouMean, SqlError } from './sql-error.ts'
import { isComparable, isFloating, type SqlType, typeText } from './types.ts'

/** A piece of DuckDB's SQL and Trino's type of it. */
export interface Expression {
  readonly sql: string
  readonly type: SqlType
  /** The column's name where the piece is a column. */
  readonly name?: string | undefined
  /** The text or number where the piece is a literal. */
  readonly literal?: string | number | undefined
  /** Trino holds NaN to be equal to nothing, DuckDB to itself; only where there may be one is it asked. */
  readonly mayBeNaN?: boolean | undefined
}

/** What comes out of an array, a map or a row: of a double, NaN may. */
export function mayHoldNaN(value: Expression): Expression {
  return isFloating(value.type) ? { ...value, mayBeNaN: true } : value
}

export interface ScopeColumn {
  /** The relation's name or alias; undefined of what belongs to none, such as a lambda's argument. */
  readonly relation: string | undefined
  readonly name: string | undefined
  readonly expression: Expression
  /** A column whose name an alias of the answer has taken: it is found by its relation's name only. */
  readonly isMerged?: boolean
}

export interface Scope {
  readonly columns: readonly ScopeColumn[]
  readonly parent: Scope | undefined
}

export const NO_SCOPE: Scope = { columns: [], parent: undefined }

/** The column that a name means, in this scope or one around it. */
export function columnOf(parts: readonly string[], scope: Scope, context: ParserRuleContext): Expression | undefined {
  const [name = '', relation] = parts.toReversed()
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.columns.filter((one) =>
      relation === undefined ? one.name === name && !one.isMerged : one.name === name && one.relation === relation,
    )
    if (found.length > 1) throw new SqlError(`the column "${name}" is ambiguous; say of which table.`, placeOf(context))
    if (found[0]) return { ...found[0].expression, name }
  }
  return undefined
}

export function noColumn(name: string, scope: Scope, context: ParserRuleContext): SqlError {
  const known: string[] = []
  for (let at: Scope | undefined = scope; at; at = at.parent)
    known.push(...at.columns.flatMap((column) => column.name ?? []))
  const names = [...new Set(known)]
  const all = names.length === 0 ? '' : ` There are: ${names.slice(0, 30).join(', ')}.`
  return new SqlError(`there is no column "${name}".${didYouMean(name, names) || all}`, placeOf(context))
}

/** Who answers it on this machine. */
const ELSEWHERE = '"npm run local -- --athena trino" answers it here.'

/** What the local engine does not do as Athena does it is refused. */
export function notHere(what: string, context: ParserRuleContext): SqlError {
  return new SqlError(`the local engine has no ${what}; Athena has. ${ELSEWHERE}`, placeOf(context))
}

/** Two maps, or two JSON objects, are equal in Trino whatever the order of their keys, and not in DuckDB: they are neither compared nor grouped. */
export function checkComparable({ type }: Pick<Expression, 'type'>, what: string, context: ParserRuleContext): void {
  if (!isComparable(type)) throw notHere(`${what} ${typeText(type)}`, context)
}

export function checkOrdered({ type }: Pick<Expression, 'type'>, name: string, context: ParserRuleContext): void {
  if (!isComparable(type))
    throw new SqlError(`${name} takes what has an order; got ${typeText(type)}.`, placeOf(context))
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
