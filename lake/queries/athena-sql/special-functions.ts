/** Functions whose DuckDB depends on more than types: on literals, on how many arguments there are, on lambdas. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { alike, castToText, coerced, coerces, failure } from './coercion.ts'
import { arithmetic, comparison } from './operators.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { arrayOf, decimalOf, duckdbType, isFloating, isInteger, type SqlType, simple, typeText } from './types.ts'

/** A lambda that waits for the types of its arguments. */
export interface Lambda {
  readonly of: (types: readonly SqlType[]) => { readonly names: readonly string[]; readonly body: Expression }
}
export type Argument = Expression | Lambda
type Call = (args: readonly Argument[], context: ParserRuleContext) => Expression

const BOOLEAN = simple('boolean')
const VARCHAR = simple('varchar')

function plain(arg: Argument | undefined, context: ParserRuleContext): Expression {
  if (!arg || 'of' in arg)
    throw new SqlError('an argument is missing, or a lambda where a value is wanted.', placeOf(context))
  return arg
}

function lambda(arg: Argument | undefined, types: readonly SqlType[], context: ParserRuleContext) {
  if (!arg || !('of' in arg)) throw new SqlError('a lambda is wanted here, such as x -> x + 1.', placeOf(context))
  const { names, body } = arg.of(types)
  return { body, sql: `lambda ${names.join(', ')}: ${body.sql}` }
}

function listOf(arg: Argument | undefined, context: ParserRuleContext): Expression & { readonly of: SqlType } {
  const list = plain(arg, context)
  if (list.type.kind !== 'array')
    throw new SqlError(`an array is wanted; got ${typeText(list.type)}.`, placeOf(context))
  return { ...list, of: list.type.of }
}

function mapOf(arg: Argument | undefined, context: ParserRuleContext) {
  const map = plain(arg, context)
  if (map.type.kind !== 'map') throw new SqlError(`a map is wanted; got ${typeText(map.type)}.`, placeOf(context))
  return { sql: map.sql, key: map.type.key, value: map.type.value }
}

const transform: Call = ([arg, fn], context) => {
  const list = listOf(arg, context)
  const { sql, body } = lambda(fn, [list.of], context)
  return { sql: `list_transform(${list.sql}, ${sql})`, type: arrayOf(body.type) }
}

const filter: Call = ([arg, fn], context) => {
  const list = listOf(arg, context)
  return { sql: `list_filter(${list.sql}, ${lambda(fn, [list.of], context).sql})`, type: list.type }
}

/** any_match and its like: true as soon as one is, null where one is and none is true. */
const matching =
  (sure: string, unsure: string, otherwise: string, wanted: string): Call =>
  ([arg, fn], context) => {
    const list = listOf(arg, context)
    const matches = `list_transform(${list.sql}, ${lambda(fn, [list.of], context).sql})`
    const sql = `CASE WHEN ${list.sql} IS NULL THEN NULL WHEN list_contains(${matches}, ${wanted}) THEN ${sure} WHEN list_position(${matches}, NULL) > 0 THEN ${unsure} ELSE ${otherwise} END`
    return { sql: `(${sql})`, type: BOOLEAN }
  }

const reduce: Call = ([arg, startArg, step, last], context) => {
  const list = listOf(arg, context)
  const start = plain(startArg, context)
  const first = lambda(step, [start.type, list.of], context)
  const type = first.body.type
  const { sql } = lambda(step, [type, list.of], context)
  const start2 = coerced(start, type)
  // DuckDB folds values of one kind; a pair of state and element would be two.
  if (JSON.stringify(type) !== JSON.stringify(list.of) && !coerces(list.of, type))
    throw notHere('reduce to another type', context)
  const elements = `list_transform(${list.sql}, lambda _e: ${coerced({ sql: '_e', type: list.of }, type)})`
  const folded = `CASE WHEN len(${list.sql}) = 0 THEN ${start2} ELSE list_reduce(${elements}, ${sql}, ${start2}) END`
  if (!last || !('of' in last)) throw new SqlError('reduce takes a lambda last, such as s -> s.', placeOf(context))
  const end = last.of([type])
  const [name = ''] = end.names
  const inPlace = `list_transform([${folded}], lambda ${name}: ${end.body.sql})[1]`
  return { sql: `(CASE WHEN ${list.sql} IS NOT NULL THEN ${inPlace} END)`, type: end.body.type }
}

const zipWith: Call = ([a, b, fn], context) => {
  const [left, right] = [listOf(a, context), listOf(b, context)]
  if (!fn || !('of' in fn)) throw new SqlError('zip_with takes a lambda.', placeOf(context))
  const { names, body } = fn.of([left.of, right.of])
  const [x = '', y = ''] = names
  const sql = `list_transform(range(1, greatest(len(${left.sql}), len(${right.sql})) + 1), lambda _i: list_transform([struct_pack(x := (${left.sql})[_i], y := (${right.sql})[_i])], lambda _p: list_transform([_p.x], lambda ${x}: list_transform([_p.y], lambda ${y}: ${body.sql})[1])[1])[1])`
  return { sql, type: arrayOf(body.type) }
}

const mapLambda =
  (kind: 'filter' | 'keys' | 'values'): Call =>
  ([arg, fn], context) => {
    const map = mapOf(arg, context)
    if (!fn || !('of' in fn)) throw new SqlError('a lambda is wanted here, such as (k, v) -> v > 1.', placeOf(context))
    const { names, body } = fn.of([map.key, map.value])
    const [k = '', v = ''] = names
    const applied = `list_transform([e.key], lambda ${k}: list_transform([e.value], lambda ${v}: ${body.sql})[1])[1]`
    const entries = `map_entries(${map.sql})`
    if (kind === 'filter')
      return {
        sql: `map_from_entries(list_filter(${entries}, lambda e: ${applied}))`,
        type: { kind: 'map', key: map.key, value: map.value },
      }
    const pack = kind === 'keys' ? `k := ${applied}, v := e.value` : `k := e.key, v := ${applied}`
    const type: SqlType =
      kind === 'keys'
        ? { kind: 'map', key: body.type, value: map.value }
        : { kind: 'map', key: map.key, value: body.type }
    return { sql: `map_from_entries(list_transform(${entries}, lambda e: struct_pack(${pack})))`, type }
  }

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

/** `||` and concat: of texts, of arrays, of an array and an element. */
export const concat: Call = (args, context) => {
  const parts = args.map((arg) => plain(arg, context))
  if (parts.some(({ type }) => type.kind === 'array')) return concatArrays(parts, context)
  const isText = ({ type }: Expression): boolean => ['varchar', 'unknown'].includes(type.kind)
  if (parts.every(isText))
    return { sql: `(${parts.map((part) => coerced(part, VARCHAR)).join(' || ')})`, type: VARCHAR }
  if (parts.every(({ type }) => type.kind === 'varbinary'))
    return { sql: `(${parts.map(({ sql }) => sql).join(' || ')})`, type: simple('varbinary') }
  const other = parts.find((part) => !isText(part))
  throw new SqlError(
    `texts are put together, not ${typeText(other?.type ?? VARCHAR)}; CAST it AS varchar.`,
    placeOf(context),
  )
}

function concatArrays(parts: readonly Expression[], context: ParserRuleContext): Expression {
  if (parts.some(({ type }) => type.kind === 'unknown'))
    throw new SqlError('an array and NULL: CAST it, for it may be an array or an element.', placeOf(context))
  const lists = parts.map((part) =>
    part.type.kind === 'array' ? part : { sql: `[${part.sql}]`, type: arrayOf(part.type) },
  )
  const { type, sqls } = alike(lists, context)
  const isNull = sqls.map((sql) => `${sql} IS NULL`).join(' OR ')
  return { sql: `(CASE WHEN ${isNull} THEN NULL ELSE ${sqls.reduce((a, b) => `list_concat(${a}, ${b})`)} END)`, type }
}

const mapConcat: Call = (args, context) => {
  const maps = args.map((arg) => plain(arg, context))
  const { type, sqls } = alike(maps, context)
  return { sql: `map_concat(${sqls.join(', ')})`, type }
}

/** What `[ ]` and element_at find: an error, or null, where there is nothing. */
export function elementOf(arg: Expression, index: Expression, orNull: boolean, context: ParserRuleContext): Expression {
  const { type } = arg
  if (type.kind === 'map') {
    const key = coerced(index, type.key)
    const found = `map_extract_value(${arg.sql}, ${key})`
    const missing = `CASE WHEN ${arg.sql} IS NOT NULL AND ${key} IS NOT NULL AND NOT list_contains(map_keys(${arg.sql}), ${key}) THEN ${failure('Key not present in map', type.value)} ELSE ${found} END`
    return { sql: orNull ? found : `(${missing})`, type: type.value }
  }
  if (type.kind === 'row' && !orNull) {
    const field = type.fields[Number(index.literal) - 1]
    if (!field) throw new SqlError('a row has no field of this number.', placeOf(context))
    return { sql: `(${arg.sql}).f${Number(index.literal) - 1}`, type: field.type }
  }
  if (type.kind !== 'array') throw new SqlError(`an array or map is wanted; got ${typeText(type)}.`, placeOf(context))
  if (!isInteger(index.type)) throw new SqlError('an array is read by a whole number.', placeOf(context))
  const element = `(${arg.sql})[${index.sql}]`
  const bad = orNull ? `${index.sql} = 0` : `${index.sql} < 1 OR ${index.sql} > len(${arg.sql})`
  const sentence = orNull ? 'SQL array indices start at 1' : 'Array subscript out of bounds'
  return { sql: `(CASE WHEN ${bad} THEN ${failure(sentence, type.of)} ELSE ${element} END)`, type: type.of }
}

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

/** Java's patterns and RE2's differ where the one looks around or back; those are refused. */
function pattern(arg: Argument | undefined, context: ParserRuleContext): string {
  const { literal, sql } = plain(arg, context)
  if (typeof literal !== 'string') throw notHere('regular expression that is not a literal', context)
  if (/\(\?<?[=!]|\\[1-9kZGX]|[*+?}]\+|&&|\(\?>/.test(literal)) throw notHere(`regular expression ${literal}`, context)
  return sql
}

/** `$1` as RE2 writes it. */
function replacement(arg: Argument | undefined, context: ParserRuleContext): string {
  const { literal } = plain(arg, context)
  if (typeof literal !== 'string' || /\$\{|\\[^$\\]/.test(literal)) throw notHere('replacement of this form', context)
  return text(
    literal
      .replaceAll('\\$', '\u0000')
      .replaceAll('\\', '\\\\')
      .replace(/\$(\d)/g, '\\$1')
      .replaceAll('\u0000', '$'),
  )
}

/** The number of a group that the pattern has. */
function groupOf(regexp: Argument | undefined, group: Argument, context: ParserRuleContext): number {
  const number = Number(plain(group, context).literal)
  if (!Number.isInteger(number)) throw notHere('group that is not a literal', context)
  const groups = String(plain(regexp, context).literal).match(/(?:^|[^\\])(?:\\\\)*[(](?![?])/g)?.length ?? 0
  if (number < 0 || number > groups)
    throw new SqlError(`the pattern has ${groups} groups; there is no group ${number}.`, placeOf(context))
  return number
}

const regexpExtract: Call = ([arg, regexp, group], context) => {
  const { sql } = plain(arg, context)
  const of = pattern(regexp, context)
  const number = group ? groupOf(regexp, group, context) : 0
  const found = `regexp_extract(${sql}, ${of}, ${number})`
  // DuckDB has no null for a group that took no part in the match.
  const mayBeAbsent = number > 0 && /[|]|[)](?:[?*]|[{]0)/.test(String(plain(regexp, context).literal))
  const unsure = failure(
    'The local engine cannot tell a group that is empty from one that is absent; Athena can',
    VARCHAR,
  )
  const told = mayBeAbsent ? `CASE WHEN ${found} = '' THEN ${unsure} ELSE ${found} END` : found
  return { sql: `(CASE WHEN regexp_matches(${sql}, ${of}) THEN ${told} END)`, type: VARCHAR }
}

const regexpReplace: Call = ([arg, regexp, by], context) => ({
  sql: `regexp_replace(${plain(arg, context).sql}, ${pattern(regexp, context)}, ${by ? replacement(by, context) : "''"}, 'g')`,
  type: VARCHAR,
})

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

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one line a case; apart they would be harder to read.
function formatArgument(directive: string, arg: Expression, context: ParserRuleContext): string {
  if (directive === '%s' && arg.type.kind === 'double') throw notHere('format %s of a double', context)
  if (directive === '%s') return arg.type.kind === 'varchar' ? arg.sql : castToText(arg, context)
  if (/d$/.test(directive) && isInteger(arg.type)) {
    if (directive === '%,d') return `format('{:,}', ${arg.sql})`
    return `printf(${text(directive)}, CAST(${arg.sql} AS BIGINT))`
  }
  if (directive.endsWith('f') && (isFloating(arg.type) || arg.type.kind === 'decimal')) {
    const digits = Number(directive.slice(2, -1))
    if (digits > 9) throw notHere('format of so many digits', context)
    return `CAST(CAST(round(${arg.sql}, ${digits}) AS DECIMAL(38, ${digits})) AS VARCHAR)`
  }
  throw notHere(`format ${directive} of ${typeText(arg.type)}`, context)
}

function hasText(type: SqlType): boolean {
  if (type.kind === 'array') return hasText(type.of)
  if (type.kind === 'map') return hasText(type.key) || hasText(type.value)
  return type.kind === 'row' ? type.fields.some((field) => hasText(field.type)) : type.kind === 'varchar'
}

const zip: Call = (args, context) => {
  const lists = args.map((arg) => listOf(arg, context))
  const longest = lists.map(({ sql }) => `len(${sql})`).join(', ')
  const fields = lists.map(({ sql }, i) => `f${i} := (${sql})[_i]`).join(', ')
  const type: SqlType = { kind: 'row', fields: lists.map(({ of }) => ({ name: undefined, type: of })) }
  return {
    sql: `list_transform(range(1, greatest(${longest}, 0) + 1), lambda _i: struct_pack(${fields}))`,
    type: arrayOf(type),
  }
}

/** The grammar reads it as a call like any other. */
const coalesce: Call = (args, context) => {
  const pieces = args.map((arg) => plain(arg, context))
  const { type, sqls } = alike(pieces, context)
  return { sql: `coalesce(${sqls.join(', ')})`, type, mayBeNaN: pieces.some(({ mayBeNaN }) => mayBeNaN) }
}

export const SPECIAL_FUNCTIONS: Readonly<Record<string, Call>> = {
  coalesce,
  array_join: ([arg, separator, forNull], context) => {
    const list = listOf(arg, context)
    const element = { sql: '_e', type: list.of }
    const asText =
      list.of.kind === 'varchar'
        ? '_e'
        : list.of.kind === 'unknown'
          ? coerced(element, VARCHAR)
          : castToText(element, context)
    const shown = forNull ? `coalesce(${asText}, ${coerced(plain(forNull, context), VARCHAR)})` : asText
    return {
      sql: `array_to_string(list_transform(${list.sql}, lambda _e: ${shown}), ${coerced(plain(separator, context), VARCHAR)})`,
      type: VARCHAR,
    }
  },
  transform,
  filter,
  reduce,
  zip,
  zip_with: zipWith,
  any_match: matching('true', 'NULL', 'false', 'true'),
  all_match: matching('false', 'NULL', 'true', 'false'),
  none_match: matching('false', 'NULL', 'true', 'true'),
  map_filter: mapLambda('filter'),
  transform_keys: mapLambda('keys'),
  transform_values: mapLambda('values'),
  map_concat: mapConcat,
  greatest: extreme('greatest'),
  least: extreme('least'),
  concat: (args, context) => {
    if (args.length < 2) throw new SqlError('concat takes two values or more.', placeOf(context))
    return concat(args, context)
  },
  element_at: (args, context) => elementOf(plain(args[0], context), plain(args[1], context), true, context),
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
  regexp_extract: regexpExtract,
  regexp_replace: regexpReplace,
  regexp_like: ([arg, regexp], context) => ({
    sql: `regexp_matches(${plain(arg, context).sql}, ${pattern(regexp, context)})`,
    type: BOOLEAN,
  }),
  mod: ([a, b], context) => arithmetic('%', plain(a, context), plain(b, context), context),
  regexp_extract_all: ([arg, regexp, group], context) => {
    const number = group ? groupOf(regexp, group, context) : 0
    return {
      sql: `regexp_extract_all(${plain(arg, context).sql}, ${pattern(regexp, context)}, ${number})`,
      type: arrayOf(VARCHAR),
    }
  },
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
