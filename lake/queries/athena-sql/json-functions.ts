/** Functions of JSON and their paths. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Argument, type Call, plain } from './arguments.ts'
import { placeOf } from './parse.ts'
import { notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { simple, typeText } from './types.ts'

const VARCHAR = simple('varchar')

/** `$.a.b[0]["c d"]` as DuckDB writes it. */
export function jsonPath(path: Argument | undefined, context: ParserRuleContext): string {
  const literal = plain(path, context).literal
  if (typeof literal !== 'string') throw notHere('JSON path that is not a literal', context)
  const steps = literal.replace(/^(lax|strict)\s+/, '')
  if (!/^\$(\.[A-Za-z_]\w*|\[\d+\]|\["[^"]+"\])*$/.test(steps)) throw notHere(`JSON path ${literal}`, context)
  return text(steps.replace(/\["([^"]+)"\]/g, '."$1"'))
}

/** A text that is no JSON has nothing at any path. */
function jsonOf(arg: Argument | undefined, context: ParserRuleContext): string {
  const { sql, type } = plain(arg, context)
  if (type.kind === 'json') return sql
  if (type.kind !== 'varchar') throw new SqlError(`JSON is wanted; got ${typeText(type)}.`, placeOf(context))
  return `(CASE WHEN json_valid(${sql}) THEN CAST(${sql} AS JSON) END)`
}

export const JSON_FUNCTIONS: Readonly<Record<string, Call>> = {
  json_extract: ([arg, path], context) => ({
    sql: `json_extract(${jsonOf(arg, context)}, ${jsonPath(path, context)})`,
    type: { kind: 'json', asWritten: true },
  }),
  json_extract_scalar: ([arg, path], context) => ({
    sql: `trino_json_scalar(${jsonOf(arg, context)}, ${jsonPath(path, context)})`,
    type: VARCHAR,
  }),
  json_size: ([arg, path], context) => {
    const found = `json_extract(${jsonOf(arg, context)}, ${jsonPath(path, context)})`
    return {
      sql: `(CASE json_type(${found}) WHEN 'ARRAY' THEN CAST(json_array_length(${found}) AS BIGINT) WHEN 'OBJECT' THEN CAST(len(json_keys(${found})) AS BIGINT) WHEN NULL THEN NULL ELSE 0 END)`,
      type: simple('bigint'),
    }
  },
}
