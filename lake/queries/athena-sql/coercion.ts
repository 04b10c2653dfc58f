/** One type as another: where Trino converts by itself, and by CAST. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { placeOf } from './parse.ts'
import { mayRefuse } from './prelude.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import {
  commonType,
  decimalOf,
  duckdbType,
  isFloating,
  isInteger,
  isNumber,
  isTime,
  type SqlType,
  sameType,
  simple,
  typeText,
  UNKNOWN,
  VARCHAR,
} from './types.ts'

/** SQL that fails with this sentence where it is reached, and only there. The sign `§` tells our sentences from DuckDB's. */
export function failure(sentence: string, type: SqlType): string {
  // A cast of a text to VARCHAR never fails, so the cast to a number does.
  const failing = `CAST(${text(`§${sentence}`)} AS ${type.kind === 'varchar' ? 'INTEGER' : duckdbType(type)})`
  return type.kind === 'varchar' ? `CAST(${failing} AS VARCHAR)` : failing
}

/** Whether one of them is null. */
export function anyNull(sqls: readonly string[]): string {
  return sqls.map((sql) => `${sql} IS NULL`).join(' OR ')
}

/** The piece as a wider type, to which Trino converts it by itself. */
export function coerced({ sql, type }: Expression, to: SqlType): string {
  if (sameType(type, to)) return sql
  if (type.kind === 'timestamp' && to.kind === 'timestamp') return sql
  if (type.kind === 'timestamp with time zone' && to.kind === 'timestamp with time zone') return sql
  // Zones are the session's, UTC.
  if (to.kind === 'timestamp with time zone' && type.kind !== 'unknown')
    return `timezone('UTC', CAST(${sql} AS TIMESTAMP))`
  return `CAST(${sql} AS ${duckdbType(to)})`
}

/** Whether Trino converts `from` to `to` by itself. */
export function coerces(from: SqlType, to: SqlType): boolean {
  const common = commonType(from, to)
  return common !== undefined && sameType(common, to)
}

/** All pieces as the type that they have in common. */
export function alike(
  pieces: readonly Expression[],
  context: ParserRuleContext,
): { readonly type: SqlType; readonly sqls: readonly string[] } {
  let type: SqlType = UNKNOWN
  for (const piece of pieces) {
    const common = commonType(type, piece.type)
    if (!common) {
      const sentence = `${typeText(type)} and ${typeText(piece.type)} cannot stand together; CAST one of them.`
      throw new SqlError(sentence, placeOf(context))
    }
    type = common
  }
  return { type, sqls: pieces.map((piece) => coerced(piece, type)) }
}

/** Null where it fails. A piece that may be refused while it runs is refused here: TRY would make a null of the refusal. */
export function tried(value: Expression, context: ParserRuleContext): Expression {
  if (mayRefuse(value.sql)) throw notHere('TRY around what it may refuse', context)
  return { ...value, sql: `TRY(${value.sql})`, literal: undefined, name: undefined }
}

/** CAST and TRY_CAST. */
export function castTo(from: Expression, to: SqlType, context: ParserRuleContext): Expression {
  const sql = castSql(from, to, context)
  return { sql, type: to, mayBeNaN: isFloating(to) && (from.type.kind === 'varchar' || from.mayBeNaN === true) }
}

function castSql(from: Expression, to: SqlType, context: ParserRuleContext): string {
  const { sql, type } = from
  if (sameType(type, to) || type.kind === 'unknown') return coerced(from, to)
  if (type.kind === 'varchar') return castText(sql, to, context)
  if (to.kind === 'varchar') return castToText(from, context)
  if (to.kind === 'json') return castToJson(from, context)
  if (type.kind === 'json') return castJson(sql, to, context)
  const made = castValue(from, to) ?? castParts(from, to, context)
  if (made === undefined) throw notHere(`cast from ${typeText(type)} to ${typeText(to)}`, context)
  return made
}

function castValue(from: Expression, to: SqlType): string | undefined {
  const { sql, type } = from
  if (type.kind === 'boolean' && isNumber(to)) return `CAST(${sql} AS ${duckdbType(to)})`
  if (isNumber(type) && to.kind === 'boolean') return `(${sql} <> 0)`
  if (isNumber(type) && isNumber(to)) return castNumber(from, to)
  return isTime(type) && isTime(to) ? castTime(from, to) : undefined
}

/** Each of what a value holds. */
function castParts({ sql, type }: Expression, to: SqlType, context: ParserRuleContext): string | undefined {
  if (type.kind === 'array' && to.kind === 'array')
    return `list_transform(${sql}, lambda _e: ${castSql({ sql: '_e', type: type.of }, to.of, context)})`
  if (type.kind !== 'row' || to.kind !== 'row' || type.fields.length !== to.fields.length) return undefined
  const fields = to.fields.map((field, i) => {
    const inner = { sql: `(${sql}).f${i}`, type: type.fields[i]?.type ?? field.type }
    return `f${i} := ${castSql(inner, field.type, context)}`
  })
  return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`
}

/** Halves are rounded away from zero; what is no number, or too large, is an error. */
function castNumber({ sql, type }: Expression, to: SqlType): string {
  if (isFloating(type) && isInteger(to)) return `CAST(round(${sql}) AS ${duckdbType(to)})`
  // By its shortest digits, as Java reads it: 1.005 is 1.01 then.
  if (isFloating(type) && to.kind === 'decimal') return `CAST(CAST(${sql} AS VARCHAR) AS ${duckdbType(to)})`
  return `CAST(${sql} AS ${duckdbType(to)})`
}

/** The time on the clock of its zone. */
export function localTime({ sql, type }: Expression): string {
  return type.kind === 'timestamp with time zone' ? `timezone(${text(type.zone)}, ${sql})` : sql
}

function castTime({ sql, type }: Expression, to: SqlType): string {
  // An instant is rounded as it is: on a clock that was put back it would be two.
  const isInstant = type.kind === 'timestamp with time zone' && to.kind === 'timestamp with time zone'
  const local = isInstant ? `timezone('UTC', ${sql})` : localTime({ sql, type })
  if (to.kind === 'date') return `CAST(${local} AS DATE)`
  const from = type.kind === 'date' ? 0 : 'precision' in type ? type.precision : 0
  const digits = 'precision' in to ? to.precision : 6
  const rounded = from > digits ? `trino_round_time(${local}, ${10 ** (6 - digits)})` : local
  if (to.kind === 'timestamp') return `CAST(${rounded} AS TIMESTAMP)`
  return `timezone('UTC', CAST(${rounded} AS TIMESTAMP))`
}

const TEXT_PATTERNS: Readonly<Record<string, string>> = {
  integer: ' *[+-]?[0-9]+ *',
  number: ' *([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?Infinity|NaN) *',
  decimal: '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?',
  date: ' *[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} *',
  time: ' *[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)? *',
}

/** DuckDB reads more texts than Trino does (`' 1'`, `1.5` as an integer); what Trino refuses is an error here too. */
function castText(sql: string, to: SqlType, context: ParserRuleContext): string {
  const checked = (pattern: string, value = sql): string =>
    `CASE WHEN regexp_full_match(${sql}, ${text(TEXT_PATTERNS[pattern] ?? '')}) THEN CAST(${value} AS ${duckdbType(to)}) WHEN ${sql} IS NOT NULL THEN CAST('§Cannot cast ''' || ${sql} || ''' to ${typeText(to)}' AS ${duckdbType(to)}) END`
  if (isInteger(to)) return checked('integer', `trim(${sql})`)
  if (isFloating(to)) return checked('number', `trim(${sql})`)
  if (to.kind === 'decimal') return checked('decimal')
  if (to.kind === 'date') return checked('date', `trim(${sql})`)
  if (to.kind === 'timestamp')
    return castTime({ sql: checked('time', `trim(${sql})`), type: { kind: 'timestamp', precision: 6 } }, to)
  if (to.kind === 'boolean')
    return `CASE WHEN lower(${sql}) IN ('t', 'true', '1') THEN true WHEN lower(${sql}) IN ('f', 'false', '0') THEN false WHEN ${sql} IS NOT NULL THEN CAST('§Cannot cast ''' || ${sql} || ''' to BOOLEAN' AS BOOLEAN) END`
  if (to.kind === 'json') return `to_json(${sql})`
  if (to.kind === 'varbinary') return `encode(${sql})`
  throw notHere(`cast from varchar to ${typeText(to)}`, context)
}

interface TimeExpression extends Expression {
  readonly type: Extract<SqlType, { readonly precision: number; readonly kind: `timestamp${string}` }>
}

/** The text that Trino prints of a timestamp. */
export function timeText({ sql, type }: TimeExpression): string {
  const local = `trino_time_text(${localTime({ sql, type })}, ${type.precision})`
  return 'zone' in type ? `(${local} || ${text(` ${type.zone}`)})` : local
}

/** The text that Trino prints of a value. */
export function castToText({ sql, type }: Expression, context: ParserRuleContext): string {
  if (isFloating(type)) return `trino_${type.kind}_text(${sql})`
  if (type.kind === 'timestamp' || type.kind === 'timestamp with time zone') return timeText({ sql, type })
  if (type.kind === 'json')
    return `(CASE WHEN json_type(${sql}) = 'NULL' THEN NULL WHEN json_type(${sql}) IN ('ARRAY', 'OBJECT') THEN ${failure('Only a JSON value that is no array and no object becomes varchar', VARCHAR)} WHEN json_type(${sql}) = 'DOUBLE' THEN trino_double_text(CAST(${sql} ->> '$' AS DOUBLE)) ELSE ${sql} ->> '$' END)`
  // DuckDB leaves out the zero before the point where the type has no digit there.
  if (type.kind === 'decimal' && type.precision === type.scale)
    return `regexp_replace(CAST(${sql} AS VARCHAR), '^(-?)[.]', '\\10.')`
  if (isInteger(type) || ['decimal', 'boolean', 'date'].includes(type.kind)) return `CAST(${sql} AS VARCHAR)`
  throw notHere(`cast from ${typeText(type)} to varchar`, context)
}

function castToJson({ sql, type }: Expression, context: ParserRuleContext): string {
  const holds = (one: SqlType): boolean => {
    if (one.kind === 'array') return holds(one.of)
    if (one.kind === 'map') return one.key.kind === 'varchar' && holds(one.value)
    return isInteger(one) || ['boolean', 'varchar', 'unknown', 'double', 'date'].includes(one.kind)
  }
  if (!holds(type)) throw notHere(`cast from ${typeText(type)} to json`, context)
  return `CASE WHEN ${sql} IS NOT NULL THEN to_json(${sql}) END`
}

function depthOf(type: SqlType): number {
  if (type.kind === 'array') return 1 + depthOf(type.of)
  if (type.kind === 'row') return 1 + Math.max(0, ...type.fields.map((field) => depthOf(field.type)))
  return type.kind === 'map' ? 1 + depthOf(type.value) : 0
}

function castJson(sql: string, to: SqlType, context: ParserRuleContext): string {
  const value = `(CASE WHEN json_type(${sql}) = 'NULL' THEN NULL ELSE ${sql} ->> '$' END)`
  if (isInteger(to)) return `CAST(round(CAST(${value} AS DECIMAL(38, 9))) AS ${duckdbType(to)})`
  if (to.kind === 'double' || to.kind === 'boolean') return `CAST(${value} AS ${duckdbType(to)})`
  if (to.kind === 'varchar') return castToText({ sql, type: simple('json') }, context)
  if (to.kind === 'json') return sql
  const isNull = `${sql} IS NULL OR json_type(${sql}) = 'NULL'`
  // A name of its own for each level: one lambda stands in another.
  const inner = `_j${depthOf(to)}`
  if (to.kind === 'array')
    return `(CASE WHEN ${isNull} THEN NULL ELSE list_transform(CAST(${sql} AS JSON[]), lambda ${inner}: ${castJson(inner, to.of, context)}) END)`
  if (to.kind === 'map' && to.key.kind === 'varchar') {
    const entries = `map_entries(CAST(${sql} AS MAP(VARCHAR, JSON)))`
    const pairs = `list_transform(${entries}, lambda ${inner}: struct_pack(k := (${inner}).key, v := ${castJson(`(${inner}).value`, to.value, context)}))`
    return `(CASE WHEN ${isNull} THEN NULL ELSE map_from_entries(${pairs}) END)`
  }
  if (to.kind === 'row') return castJsonRow(sql, to, context)
  throw notHere(`cast from json to ${typeText(to)}`, context)
}

/** A row's fields are read by name, in letters of either case, or of an array by place. */
function castJsonRow(sql: string, to: Extract<SqlType, { readonly kind: 'row' }>, context: ParserRuleContext): string {
  const [json, entry] = [`_j${depthOf(to)}`, `_k${depthOf(to)}`]
  const packed = (found: (name: string | undefined, i: number) => string): string =>
    `struct_pack(${to.fields.map(({ name, type }, i) => `f${i} := ${castJson(found(name, i), type, context)}`).join(', ')})`
  const byPlace = packed((_, i) => `json_extract(${json}, '$[${i}]')`)
  const named = packed(
    (name = '') =>
      `list_filter(map_entries(CAST(${json} AS MAP(VARCHAR, JSON))), lambda ${entry}: lower((${entry}).key) = ${text(name.toLowerCase())})[-1].value`,
  )
  const byName = to.fields.every(({ name }) => name !== undefined)
    ? ` WHEN json_type(${json}) = 'OBJECT' THEN ${named}`
    : ''
  const bad = failure(`Expected a JSON object, or an array of ${to.fields.length}`, to)
  const chosen = `CASE WHEN ${json} IS NULL OR json_type(${json}) = 'NULL' THEN NULL${byName} WHEN json_type(${json}) = 'ARRAY' AND json_array_length(${json}) = ${to.fields.length} THEN ${byPlace} ELSE ${bad} END`
  return `list_transform([${sql}], lambda ${json}: ${chosen})[1]`
}

/** A decimal as it is written, with its type: `0.05` is a decimal(2,2). */
export function decimalLiteral(digits: string): Expression {
  const [whole = '', fraction = ''] = digits.replace(/^[+-]/, '').split('.')
  const significant = whole.replace(/^0+/, '')
  const type = decimalOf(Math.max(1, significant.length + fraction.length), fraction.length)
  return { sql: `CAST(${text(digits)} AS ${duckdbType(type)})`, type, literal: Number(digits) }
}
