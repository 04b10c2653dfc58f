/** Conditions on a value: IN, LIKE, BETWEEN, IS NULL, and those with a query. */
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { text } from '../sql-text.ts'
import { alike, failure } from './coercion.ts'
import { answerable } from './correlation.ts'
import { expression, expressions, rule } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { comparison } from './operators.ts'
import { formOf, placeOf } from './parse.ts'
import type { Place } from './place.ts'
import { inQuery, quantified } from './query-predicates.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BOOLEAN, typeText } from './types.ts'

rule(G.PredicatedContext, (context, place) => {
  const predicate = context.predicate()
  if (!predicate) return expression(context.valueExpression(), place)
  return predicated(expression(context.valueExpression(), place), predicate, place)
})

function predicated(value: Expression, context: Trino.PredicateContext, place: Place): Expression {
  if (context instanceof G.ComparisonContext) {
    const right = expression(context.valueExpression(), place)
    return comparison(context.comparisonOperator().getText(), value, right, context)
  }
  const not = 'KW_NOT' in context && (context as Trino.LikeContext).KW_NOT() ? 'NOT ' : ''
  const made = (sql: string): Expression => ({ sql: `(${not}${sql})`, type: BOOLEAN })
  if (context instanceof G.NullPredicateContext) return { sql: `(${value.sql} IS ${not}NULL)`, type: BOOLEAN }
  if (context instanceof G.BetweenContext) {
    const [low, high] = expressions(context.valueExpression(), place)
    const [a, b] = [
      comparison('>=', value, low as Expression, context),
      comparison('<=', value, high as Expression, context),
    ]
    return made(`(${a.sql} AND ${b.sql})`)
  }
  if (context instanceof G.InListContext) return inList(value, context, place, not)
  if (context instanceof G.LikeContext) return made(like(value, context, place))
  if (context instanceof G.DistinctFromContext) {
    const { sqls } = alike([value, expression(context.valueExpression(), place)], context)
    return { sql: `(${sqls[0]} IS ${not}DISTINCT FROM ${sqls[1]})`, type: BOOLEAN }
  }
  if (context instanceof G.InSubqueryContext) return made(inQuery(value, context.query(), place))
  if (context instanceof G.QuantifiedComparisonContext) return { sql: quantified(value, context, place), type: BOOLEAN }
  throw notHere(formOf(context), context)
}

function inList(value: Expression, context: Trino.InListContext, place: Place, not: string): Expression {
  const items = expressions(context.expression(), place)
  const { sqls } = alike([value, ...items], context)
  if (value.mayBeNaN || value.type.kind === 'array' || value.type.kind === 'row') {
    const pairs = items.map((item) => comparison('=', value, item, context).sql)
    return { sql: `(${not}(${pairs.join(' OR ')}))`, type: BOOLEAN }
  }
  return { sql: `(${sqls[0]} ${not}IN (${sqls.slice(1).join(', ')}))`, type: BOOLEAN }
}

function like(value: Expression, context: Trino.LikeContext, place: Place): string {
  const [pattern, escaping] = expressions(context.valueExpression(), place)
  for (const { type } of [value, pattern as Expression])
    if (!['varchar', 'unknown'].includes(type.kind))
      throw new SqlError(`LIKE compares texts; got ${typeText(type)}.`, placeOf(context))
  if (!pattern || value.type.kind === 'unknown' || pattern.type.kind === 'unknown') return 'CAST(NULL AS BOOLEAN)'
  if (!escaping) return `(${value.sql} LIKE ${pattern.sql})`
  const { literal } = escaping
  if (typeof literal !== 'string') throw notHere('ESCAPE that is not a literal', context)
  if ([...literal].length !== 1) throw new SqlError('ESCAPE takes one letter.', placeOf(context))
  const mark = `\\x{${literal.codePointAt(0)?.toString(16)}}`
  const wellFormed = `regexp_full_match(${pattern.sql}, ${text(`(?s)([^${mark}]|${mark}[%_${mark}])*`)})`
  const sentence = "Escape character must be followed by '%', '_' or the escape character itself"
  return `(CASE WHEN NOT ${wellFormed} THEN ${failure(sentence.replaceAll("'", '"'), BOOLEAN)} ELSE ${value.sql} LIKE ${pattern.sql} ESCAPE ${escaping.sql} END)`
}

rule(G.SubqueryExpressionContext, (context, place) => {
  const { sql, columns } = answerable(place.queries.query(context.query(), place.scope), 'value', context)
  const [column, ...more] = columns
  if (!column || more.length > 0) throw new SqlError('the query must have one column here.', placeOf(context))
  return { sql: `(${sql})`, type: column.type, mayBeNaN: column.mayBeNaN }
})
rule(G.ExistsContext, (context, place) => ({
  sql: `EXISTS (${answerable(place.queries.query(context.query(), place.scope), 'exists', context).sql})`,
  type: BOOLEAN,
}))
