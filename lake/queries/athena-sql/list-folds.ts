/** Folds over an array's elements, by a lambda: reduce, and array_sort with a comparator. */
import type { ParserRuleContext } from 'antlr4ng'
import { type Argument, applied, type Call, lambdaOf, listOf, plain } from './arguments.ts'
import { coerced, coerces, failure } from './coercion.ts'
import { placeOf } from './parse.ts'
import { type Expression, mayHoldNaN } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BOOLEAN, duckdbType, type SqlType, typeText } from './types.ts'

export const reduce: Call = ([arg, startArg, step, last], context) => {
  const list = listOf(arg, context)
  const start = plain(startArg, context)
  const made = lambdaOf(step, 'a lambda is wanted here, such as x -> x + 1.', context)
  const { type } = made.of([start.type, list.of]).body
  const { names, body } = made.of([type, list.of])
  if (!coerces(body.type, type))
    throw new SqlError(
      `each step of reduce makes another type, as ${typeText(body.type)} of ${typeText(type)}; CAST what the lambda makes.`,
      placeOf(context),
    )
  const fold = { list, start: coerced(start, type), type, names, body }
  const folded = coerces(list.of, type) ? foldAlike(fold) : foldPairs(fold)
  const end = lambdaOf(last, 'reduce takes a lambda last, such as s -> s.', context).of([type])
  const [name = ''] = end.names
  const inPlace = applied(end.body.sql, { [name]: folded })
  return mayHoldNaN({ sql: `(CASE WHEN ${list.sql} IS NOT NULL THEN ${inPlace} END)`, type: end.body.type })
}

interface Fold {
  readonly list: Expression & { readonly of: SqlType }
  readonly start: string
  /** Of the state. */
  readonly type: SqlType
  readonly names: readonly string[]
  readonly body: Expression
}

function foldAlike({ list, start, type, names, body }: Fold): string {
  const elements = `list_transform(${list.sql}, lambda _e: ${coerced({ sql: '_e', type: list.of }, type)})`
  const step = `lambda ${names.join(', ')}: ${body.sql}`
  return `CASE WHEN len(${list.sql}) = 0 THEN ${start} ELSE list_reduce(${elements}, ${step}, ${start}) END`
}

/** DuckDB folds values of one type: pairs of a state and an element, of which each has one. */
function foldPairs({ list, start, type, names, body }: Fold): string {
  const [state = '', element = ''] = names
  const pair = (s: string, e: string): string => `struct_pack(s := ${s}, e := ${e})`
  const none = (of: SqlType): string => `CAST(NULL AS ${duckdbType(of)})`
  const elements = `list_transform(${list.sql}, lambda _e: ${pair(none(type), '_e')})`
  const made = applied(coerced(body, type), { [state]: '(_s).s', [element]: '(_n).e' })
  const first = pair(start, none(list.of))
  return `CASE WHEN len(${list.sql}) = 0 THEN ${start} ELSE (list_reduce(${elements}, lambda _s, _n: ${pair(made, none(list.of))}, ${first})).s END`
}

/** An insertion sort by a lambda that compares: each element goes behind those that are less or equal. */
export function sortedBy(arg: Argument, compare: Argument, context: ParserRuleContext): Expression {
  const list = listOf(arg, context)
  const { names, body } = lambdaOf(compare, 'array_sort takes a lambda second, which compares.', context).of([
    list.of,
    list.of,
  ])
  if (body.type.kind !== 'integer')
    throw new SqlError(`array_sort compares by an integer, -1, 0 or 1; got ${typeText(body.type)}.`, placeOf(context))
  const [a = '', b = ''] = names
  const compared = applied(body.sql, { [a]: '_n[1]', [b]: '_e' })
  const failed = failure('Lambda comparator must return either -1, 0, or 1', BOOLEAN)
  const isBehind = `CASE ${compared} WHEN -1 THEN true WHEN 0 THEN false WHEN 1 THEN false ELSE ${failed} END`
  const [before, behind] = ['NOT ', ''].map((not) => `list_filter(_s, lambda _e: ${not}(${isBehind}))`)
  const put = `list_concat(list_concat(${before}, _n), ${behind})`
  const alone = `list_transform(${list.sql}, lambda _e: [_e])`
  const sql = `(CASE WHEN len(${list.sql}) < 2 THEN ${list.sql} ELSE list_reduce(${alone}, lambda _s, _n: ${put}) END)`
  return { sql, type: list.type }
}
