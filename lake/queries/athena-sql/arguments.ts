/** What a function is called with, and how its translation reads it. */
import type { ParserRuleContext } from 'antlr4ng'
import { placeOf } from './parse.ts'
import type { Expression } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { type SqlType, typeText } from './types.ts'

/** A lambda that waits for the types of its arguments. */
export interface Lambda {
  readonly of: (types: readonly SqlType[]) => { readonly names: readonly string[]; readonly body: Expression }
}
export type Argument = Expression | Lambda
/** How a call is translated. */
export type Call = (args: readonly Argument[], context: ParserRuleContext) => Expression

export function plain(arg: Argument | undefined, context: ParserRuleContext): Expression {
  if (!arg || 'of' in arg)
    throw new SqlError('an argument is missing, or a lambda where a value is wanted.', placeOf(context))
  return arg
}

/** The lambda, or an error of this sentence where a value stands in its place. */
export function lambdaOf(arg: Argument | undefined, sentence: string, context: ParserRuleContext): Lambda {
  if (!arg || !('of' in arg)) throw new SqlError(sentence, placeOf(context))
  return arg
}

/** A lambda as DuckDB writes it. */
export function lambda(arg: Argument | undefined, types: readonly SqlType[], context: ParserRuleContext) {
  const { names, body } = lambdaOf(arg, 'a lambda is wanted here, such as x -> x + 1.', context).of(types)
  return { body, sql: `lambda ${names.join(', ')}: ${body.sql}` }
}

export function listOf(arg: Argument | undefined, context: ParserRuleContext): Expression & { readonly of: SqlType } {
  const list = plain(arg, context)
  if (list.type.kind !== 'array')
    throw new SqlError(`an array is wanted; got ${typeText(list.type)}.`, placeOf(context))
  return { ...list, of: list.type.of }
}

export function mapOf(arg: Argument | undefined, context: ParserRuleContext) {
  const map = plain(arg, context)
  if (map.type.kind !== 'map') throw new SqlError(`a map is wanted; got ${typeText(map.type)}.`, placeOf(context))
  return { sql: map.sql, key: map.type.key, value: map.type.value }
}

/** A lambda's body with values in place of its names. */
export function applied(body: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduceRight(
    (inner, [name, value]) => `list_transform([${value}], lambda ${name}: ${inner})[1]`,
    body,
  )
}
