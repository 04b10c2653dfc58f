/** Functions whose DuckDB depends on more than types: on literals, on how many arguments there are, on lambdas. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Call, plain } from './arguments.ts'
import { alike, castToText, failure } from './coercion.ts'
import { JSON_FUNCTIONS } from './json-functions.ts'
import { LIST_FUNCTIONS } from './list-functions.ts'
import { arithmetic, comparison } from './operators.ts'
import { placeOf } from './parse.ts'
import { REGEXP_FUNCTIONS } from './regexp-functions.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { decimalOf, duckdbType, isFloating, isInteger, type SqlType, simple, typeText } from './types.ts'

const VARCHAR = simple('varchar')

/** Null where one is null; DuckDB's skip it. */
const extreme =
  (name: string): Call =>
  (args, context) => {
    const { type, sqls } = alike(
      args.map((arg) => plain(arg, context)),
      context,
    )
    const isNull = sqls.map((sql) => `${sql} IS NULL`).join(' OR ')
    // What Trino makes of NaN here was not compared, so it is refused where one is met.
    const suspects = isFloating(type) ? sqls.filter((_, i) => plain(args[i], context).mayBeNaN) : []
    const meetsNaN = suspects.map((sql) => `isnan(${sql})`).join(' OR ')
    const refused = meetsNaN
      ? ` WHEN ${meetsNaN} THEN ${failure(`The local engine has no ${name} of NaN; Athena has`, type)}`
      : ''
    return { sql: `(CASE WHEN ${isNull} THEN NULL${refused} ELSE ${name}(${sqls.join(', ')}) END)`, type }
  }

/** round, ceil, floor, truncate of decimals; all else is in the list. */
export function roundedDecimal(
  name: string,
  args: readonly Expression[],
  context: ParserRuleContext,
): Expression | undefined {
  const [arg, digits] = args
  if (arg?.type.kind !== 'decimal') return undefined
  const { precision, scale } = arg.type
  if (name === 'sign') return { sql: `CAST(sign(${arg.sql}) AS DECIMAL(1, 0))`, type: decimalOf(1, 0) }
  if (name === 'truncate' && !digits) {
    const type = decimalOf(Math.max(1, precision - scale), 0)
    return { sql: `CAST(trunc(${arg.sql}) AS ${duckdbType(type)})`, type }
  }
  const duckdb = { round: 'round', ceil: 'ceil', ceiling: 'ceil', floor: 'floor' }[name]
  if (!duckdb || (digits && name !== 'round')) return undefined
  if (!digits) {
    const type = decimalOf(precision - scale + Math.min(1, scale), 0)
    return { sql: `CAST(${duckdb}(${arg.sql}) AS ${duckdbType(type)})`, type }
  }
  if (typeof digits.literal !== 'number') throw notHere('number of digits that is not a literal', context)
  const type = decimalOf(precision + 1, scale)
  return { sql: `CAST(round(${arg.sql}, ${digits.literal}) AS ${duckdbType(type)})`, type }
}

const nullif: Call = ([a, b], context) => {
  const [left, right] = [plain(a, context), plain(b, context)]
  return {
    sql: `(CASE WHEN ${comparison('=', left, right, context).sql} THEN NULL ELSE ${left.sql} END)`,
    type: left.type,
    mayBeNaN: left.mayBeNaN,
  }
}

const choice: Call = ([condition, yes, no], context) => {
  const test = plain(condition, context)
  if (test.type.kind !== 'boolean') throw new SqlError('IF takes a boolean first.', placeOf(context))
  const branches = [plain(yes, context), ...(no ? [plain(no, context)] : [])]
  const { type, sqls } = alike(branches, context)
  const mayBeNaN = branches.some((branch) => branch.mayBeNaN)
  return { sql: `(CASE WHEN ${test.sql} THEN ${sqls[0]}${sqls[1] ? ` ELSE ${sqls[1]}` : ''} END)`, type, mayBeNaN }
}

const format: Call = ([pattern, ...args], context) => {
  const literal = plain(pattern, context).literal
  if (typeof literal !== 'string' || /%(?![sd%]|\.\d+f|,d|0\d+d)/.test(literal))
    throw notHere('format of this form', context)
  const directives = [...literal.matchAll(/%(?:[sd]|\.\d+f|,d|0\d+d)/g)].map(([one]) => one)
  if (directives.length !== args.length) throw notHere('format of so many arguments', context)
  const values = args.map((arg, i) => formatArgument(directives[i] ?? '', plain(arg, context), context))
  let at = 0
  const pieces = literal.split(/(%%|%(?:[sd]|\.\d+f|,d|0\d+d))/).map((piece) => {
    if (piece === '%%') return "'%'"
    return piece.startsWith('%') ? (values[at++] ?? '') : text(piece)
  })
  return { sql: `(${pieces.join(' || ')})`, type: VARCHAR }
}

function formatArgument(directive: string, arg: Expression, context: ParserRuleContext): string {
  const made = directive === '%s' ? asText(arg, context) : asNumber(directive, arg, context)
  if (made === undefined) throw notHere(`format ${directive} of ${typeText(arg.type)}`, context)
  return made
}

function asText(arg: Expression, context: ParserRuleContext): string {
  if (arg.type.kind === 'double') throw notHere('format %s of a double', context)
  return arg.type.kind === 'varchar' ? arg.sql : castToText(arg, context)
}

function asNumber(directive: string, { sql, type }: Expression, context: ParserRuleContext): string | undefined {
  if (directive.endsWith('d') && isInteger(type)) {
    return directive === '%,d' ? `format('{:,}', ${sql})` : `printf(${text(directive)}, CAST(${sql} AS BIGINT))`
  }
  if (!directive.endsWith('f') || !(isFloating(type) || type.kind === 'decimal')) return undefined
  const digits = Number(directive.slice(2, -1))
  if (digits > 9) throw notHere('format of so many digits', context)
  return `CAST(CAST(round(${sql}, ${digits}) AS DECIMAL(38, ${digits})) AS VARCHAR)`
}

function hasText(type: SqlType): boolean {
  if (type.kind === 'array') return hasText(type.of)
  if (type.kind === 'map') return hasText(type.key) || hasText(type.value)
  return type.kind === 'row' ? type.fields.some((field) => hasText(field.type)) : type.kind === 'varchar'
}

/** The grammar reads it as a call like any other. */
const coalesce: Call = (args, context) => {
  const pieces = args.map((arg) => plain(arg, context))
  const { type, sqls } = alike(pieces, context)
  return { sql: `coalesce(${sqls.join(', ')})`, type, mayBeNaN: pieces.some(({ mayBeNaN }) => mayBeNaN) }
}

export const SPECIAL_FUNCTIONS: Readonly<Record<string, Call>> = {
  ...LIST_FUNCTIONS,
  ...REGEXP_FUNCTIONS,
  ...JSON_FUNCTIONS,
  coalesce,
  greatest: extreme('greatest'),
  least: extreme('least'),
  mod: ([a, b], context) => arithmetic('%', plain(a, context), plain(b, context), context),
  nullif,
  if: choice,
  format,
  try: ([arg], context) => ({
    ...plain(arg, context),
    sql: `TRY(${plain(arg, context).sql})`,
    literal: undefined,
    name: undefined,
  }),
  typeof: ([arg], context) => {
    const { type } = plain(arg, context)
    if (hasText(type)) throw notHere('typeof of a text, for it knows no lengths', context)
    return { sql: text(typeText(type)), type: VARCHAR, literal: typeText(type) }
  },
}
