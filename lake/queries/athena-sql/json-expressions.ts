/** JSON_VALUE, JSON_EXISTS, JSON_ARRAY and JSON_OBJECT, which are forms of the grammar and no functions. */
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { coerced } from './coercion.ts'
import { expression, rule } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { jsonPath } from './json-functions.ts'
import { textOf } from './literals.ts'
import type { Place } from './place.ts'
import { type Expression, notHere } from './scope.ts'
import { BOOLEAN, isInteger, typeText, VARCHAR } from './types.ts'

rule(G.JsonValueContext, (context, place) => jsonValue(context, place))
rule(G.JsonExistsContext, (context, place) => {
  if (context.jsonExistsErrorBehavior()) throw notHere('JSON_EXISTS with ON ERROR', context)
  const { json, path } = jsonInvocation(context.jsonPathInvocation(), place)
  return { sql: `CASE WHEN ${json} IS NOT NULL THEN json_exists(${json}, ${path}) END`, type: BOOLEAN }
})

rule(G.JsonArrayContext, (context, place) => {
  if (context.KW_RETURNING() || context.KW_FORMAT()) throw notHere('JSON_ARRAY with RETURNING or FORMAT', context)
  const values = context.jsonValueExpression().map((one) => member(one, place))
  const keepsNulls = context.KW_ON() !== null && context.KW_ABSENT() === null
  const items = values.map((sql) => (keepsNulls ? `coalesce(${sql}, 'null')` : sql))
  return { sql: `('[' || concat_ws(',', ${['NULL', ...items].join(', ')}) || ']')`, type: VARCHAR }
})
rule(G.JsonObjectContext, (context, place) => {
  if (context.KW_RETURNING() || context.KW_FORMAT() || context.KW_UNIQUE() || context.KW_ON())
    throw notHere('JSON_OBJECT with more than its members', context)
  const members = context.jsonObjectMember().map((one) => {
    const key = expression(one.expression(), place)
    if (typeof key.literal !== 'string') throw notHere('JSON_OBJECT whose key is no literal', one)
    return `to_json(${key.sql}) || ':' || coalesce(${member(one.jsonValueExpression(), place)}, 'null')`
  })
  return { sql: `('{' || concat_ws(',', ${['NULL', ...members].join(', ')}) || '}')`, type: VARCHAR }
})

/** A value as JSON writes it: of those kinds whose text is the same in both engines. */
function member(context: Trino.JsonValueExpressionContext, place: Place): string {
  const { sql, type } = expression(context.expression(), place)
  if (context.KW_FORMAT() || !(isInteger(type) || ['varchar', 'boolean', 'unknown'].includes(type.kind)))
    throw notHere(`JSON made of a ${typeText(type)}`, context)
  return `CAST(to_json(${coerced({ sql, type }, type.kind === 'unknown' ? VARCHAR : type)}) AS VARCHAR)`
}

function jsonValue(context: Trino.JsonValueContext, place: Place): Expression {
  if (context.jsonValueBehavior().length > 0 || context.type())
    throw notHere('JSON_VALUE with RETURNING or ON ERROR', context)
  const { json, path } = jsonInvocation(context.jsonPathInvocation(), place)
  return { sql: `trino_json_scalar(${json}, ${path})`, type: VARCHAR }
}

function jsonInvocation(context: Trino.JsonPathInvocationContext, place: Place) {
  if (context.jsonArgument().length > 0) throw notHere('JSON path with PASSING', context)
  const value = expression(context.jsonValueExpression().expression(), place)
  const literal = textOf(context._path ?? context.string())
  const json = `(CASE WHEN json_valid(${value.sql}) THEN CAST(${value.sql} AS JSON) END)`
  return { json, path: jsonPath({ sql: '', type: VARCHAR, literal }, context) }
}
