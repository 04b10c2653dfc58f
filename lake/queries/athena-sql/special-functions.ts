/** Functions whose DuckDB depends on more than types: on literals, on how many arguments there are, on lambdas. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Call, plain } from './arguments.ts'
import { alike, anyNull, failure, tried } from './coercion.ts'
import { format } from './format-function.ts'
import { JSON_FUNCTIONS } from './json-functions.ts'
import { LIST_FUNCTIONS } from './list-functions.ts'
import { arithmetic, comparison } from './operators.ts'
import { placeOf } from './parse.ts'
import { REGEXP_FUNCTIONS } from './regexp-functions.ts'
import { checkOrdered, type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { decimalOf, duckdbType, isFloating, type SqlType, typeText, unitOf, VARCHAR } from './types.ts'

/** Null where one is null; DuckDB's skip it. */
const extreme =
  (name: string): Call =>
  (args, context) => {
    const { type, sqls } = alike(
      args.map((arg) => plain(arg, context)),
      context,
    )
    checkOrdered({ type }, name, context)
    // What Trino makes of NaN here was not compared, so it is refused where one is met.
    const suspects = isFloating(type) ? sqls.filter((_, i) => plain(args[i], context).mayBeNaN) : []
    const meetsNaN = suspects.map((sql) => `isnan(${sql})`).join(' OR ')
    const refused = meetsNaN
      ? ` WHEN ${meetsNaN} THEN ${failure(`The local engine has no ${name} of NaN; Athena has`, type)}`
      : ''
    return { sql: `(CASE WHEN ${anyNull(sqls)} THEN NULL${refused} ELSE ${name}(${sqls.join(', ')}) END)`, type }
  }

/** What is left of a decimal where the digits behind a place are cut off; its type stays. */
function truncatedAt(arg: Expression, digits: Expression, context: ParserRuleContext): Expression {
  if (typeof digits.literal !== 'number') throw notHere('number of digits that is not a literal', context)
  const { literal: places } = digits
  const unit =
    places > 0 ? `CAST(${unitOf(places)} AS DECIMAL(38, ${places}))` : `CAST(${10 ** -places} AS DECIMAL(38, 0))`
  if (arg.type.kind === 'decimal' && places >= arg.type.scale) return arg
  return { sql: `CAST(${arg.sql} - ${arg.sql} % ${unit} AS ${duckdbType(arg.type)})`, type: arg.type }
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
  if (name === 'truncate' && digits) return truncatedAt(arg, digits, context)
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
  if (!['boolean', 'unknown'].includes(test.type.kind))
    throw new SqlError('IF takes a boolean first.', placeOf(context))
  const branches = [plain(yes, context), ...(no ? [plain(no, context)] : [])]
  const { type, sqls } = alike(branches, context)
  const mayBeNaN = branches.some((branch) => branch.mayBeNaN)
  return { sql: `(CASE WHEN ${test.sql} THEN ${sqls[0]}${sqls[1] ? ` ELSE ${sqls[1]}` : ''} END)`, type, mayBeNaN }
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
  try: ([arg], context) => tried(plain(arg, context), context),
  typeof: ([arg], context) => {
    const { type } = plain(arg, context)
    if (hasText(type)) throw notHere('typeof of a text, for it knows no lengths', context)
    return { sql: text(typeText(type)), type: VARCHAR, literal: typeText(type) }
  },
}
