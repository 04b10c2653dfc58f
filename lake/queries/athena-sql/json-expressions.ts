/** JSON_VALUE and JSON_EXISTS, which are forms of the grammar and no functions. */
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { expression, rule } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { jsonPath } from './json-functions.ts'
import { textOf } from './literals.ts'
import type { Place } from './place.ts'
import { type Expression, notHere } from './scope.ts'
import { simple } from './types.ts'

const BOOLEAN = simple('boolean')
const VARCHAR = simple('varchar')

rule(G.JsonValueContext, (context, place) => jsonValue(context, place))
rule(G.JsonExistsContext, (context, place) => {
  if (context.jsonExistsErrorBehavior()) throw notHere('JSON_EXISTS with ON ERROR', context)
  const { json, path } = jsonInvocation(context.jsonPathInvocation(), place)
  return { sql: `CASE WHEN ${json} IS NOT NULL THEN json_exists(${json}, ${path}) END`, type: BOOLEAN }
})

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
