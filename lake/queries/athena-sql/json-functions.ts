/** Functions of JSON and their paths. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Argument, type Call, plain } from './arguments.ts'
import { placeOf } from './parse.ts'
import { notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BIGINT, typeText, VARCHAR } from './types.ts'

/** `$.a.b[0]["c d"]` as DuckDB writes it. */
export function jsonPath(path: Argument | undefined, context: ParserRuleContext): string {
  const literal = plain(path, context).literal
  if (typeof literal !== 'string') throw notHere('JSON path that is not a literal', context)
  const steps = literal.replace(/^(lax|strict)\s+/, '')
  if (!/^\$(\.[A-Za-z_]\w*|\[\d+\]|\["[^"]+"\])*$/.test(steps)) throw notHere(`JSON path ${literal}`, context)
  return text(steps.replace(/\["([^"]+)"\]/g, '."$1"'))
}

/** A text that is no JSON has nothing at any path; one that begins as JSON has what Trino reads before it comes to the fault. */
function jsonOf(arg: Argument | undefined, path: string, context: ParserRuleContext): string {
  const { sql, type } = plain(arg, context)
  if (type.kind === 'json') return sql
  if (type.kind !== 'varchar') throw new SqlError(`JSON is wanted; got ${typeText(type)}.`, placeOf(context))
  return path === text('$') ? `trino_json_of_all(${sql})` : `trino_json(${sql})`
}

export const JSON_FUNCTIONS: Readonly<Record<string, Call>> = {
  json_extract: (args, context) => ({
    sql: `json_extract(${found(args, context)})`,
    type: { kind: 'json', asWritten: true },
  }),
  json_extract_scalar: (args, context) => ({ sql: `trino_json_scalar(${found(args, context)})`, type: VARCHAR }),
  json_size(args, context) {
    const value = `json_extract(${found(args, context)})`
    return {
      sql: `(CASE json_type(${value}) WHEN 'ARRAY' THEN CAST(json_array_length(${value}) AS BIGINT) WHEN 'OBJECT' THEN CAST(len(json_keys(${value})) AS BIGINT) ELSE CASE WHEN ${value} IS NOT NULL THEN 0 END END)`,
      type: BIGINT,
    }
  },
}

/** The JSON and the path in it, as arguments of DuckDB's functions. */
function found([arg, path]: readonly Argument[], context: ParserRuleContext): string {
  const steps = jsonPath(path, context)
  return `${jsonOf(arg, steps, context)}, ${steps}`
}
