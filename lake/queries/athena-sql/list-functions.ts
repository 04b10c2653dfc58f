/** Functions of arrays, maps and rows, those with lambdas among them; and what puts texts or arrays together. */
import type { ParserRuleContext } from 'antlr4ng'
import { applied, type Call, lambda, lambdaOf, listOf, mapOf, plain } from './arguments.ts'
import { alike, anyNull, castToText, coerced, failure } from './coercion.ts'
import { reduce, sortedBy } from './list-folds.ts'
import { placeOf } from './parse.ts'
import { type Expression, mayHoldNaN, notHere } from './scope.ts'
import { signatureCall } from './signatures.ts'
import { SqlError } from './sql-error.ts'
import { arrayOf, BOOLEAN, isInteger, type SqlType, simple, typeText, VARCHAR } from './types.ts'

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

const zipWith: Call = ([a, b, fn], context) => {
  const [left, right] = [listOf(a, context), listOf(b, context)]
  const { names, body } = lambdaOf(fn, 'zip_with takes a lambda.', context).of([left.of, right.of])
  const [x = '', y = ''] = names
  const made = applied(body.sql, { [x]: `(${left.sql})[_i]`, [y]: `(${right.sql})[_i]` })
  const sql = `list_transform(range(1, greatest(len(${left.sql}), len(${right.sql})) + 1), lambda _i: ${made})`
  return { sql: unlessNull([left, right], sql), type: arrayOf(body.type) }
}

/** Null where one of them is. */
function unlessNull(values: readonly { readonly sql: string }[], made: string): string {
  return `(CASE WHEN ${anyNull(values.map(({ sql }) => sql))} THEN NULL ELSE ${made} END)`
}

const zip: Call = (args, context) => {
  const lists = args.map((arg) => listOf(arg, context))
  const longest = lists.map(({ sql }) => `len(${sql})`).join(', ')
  const fields = lists.map(({ sql }, i) => `f${i} := (${sql})[_i]`).join(', ')
  const type: SqlType = { kind: 'row', fields: lists.map(({ of }) => ({ name: undefined, type: of })) }
  return {
    sql: unlessNull(lists, `list_transform(range(1, greatest(${longest}, 0) + 1), lambda _i: struct_pack(${fields}))`),
    type: arrayOf(type),
  }
}

const mapLambda =
  (kind: 'filter' | 'keys' | 'values'): Call =>
  ([arg, fn], context) => {
    const map = mapOf(arg, context)
    const sentence = 'a lambda is wanted here, such as (k, v) -> v > 1.'
    const { names, body } = lambdaOf(fn, sentence, context).of([map.key, map.value])
    const [k = '', v = ''] = names
    const made = applied(body.sql, { [k]: '(e).key', [v]: '(e).value' })
    const entries = `map_entries(${map.sql})`
    if (kind === 'filter')
      return {
        sql: `map_from_entries(list_filter(${entries}, lambda e: ${made}))`,
        type: { kind: 'map', key: map.key, value: map.value },
      }
    const pack = kind === 'keys' ? `k := ${made}, v := (e).value` : `k := (e).key, v := ${made}`
    const type: SqlType =
      kind === 'keys'
        ? { kind: 'map', key: body.type, value: map.value }
        : { kind: 'map', key: map.key, value: body.type }
    return { sql: `map_from_entries(list_transform(${entries}, lambda e: struct_pack(${pack})))`, type }
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
  const isUnknown = ({ type }: Expression): boolean =>
    type.kind === 'unknown' || (type.kind === 'array' && type.of.kind === 'unknown')
  if (parts.some(isUnknown) && !parts.every(isUnknown))
    throw new SqlError('an array and NULL: CAST it, for it may be an array or an element.', placeOf(context))
  const lists = parts.map((part) =>
    part.type.kind === 'array' ? part : { sql: `[${part.sql}]`, type: arrayOf(part.type) },
  )
  const { type, sqls } = alike(lists, context)
  // An element that is null makes null of all: it is not put into the array.
  return {
    sql: unlessNull(
      parts,
      sqls.reduce((a, b) => `list_concat(${a}, ${b})`),
    ),
    type,
  }
}

const mapZipWith: Call = ([a, b, fn], context) => {
  const [left, right] = [mapOf(a, context), mapOf(b, context)]
  const made = lambdaOf(fn, 'map_zip_with takes a lambda.', context)
  const { type: key } = alike(
    [left, right].map((map) => ({ sql: '', type: map.key })),
    context,
  )
  const { names, body } = made.of([key, left.value, right.value])
  const [k = '', x = '', y = ''] = names
  const keys = `trino_distinct(list_concat(map_keys(${left.sql}), map_keys(${right.sql})))`
  const of = (map: { readonly sql: string }): string => `map_extract_value(${map.sql}, _k)`
  const value = applied(body.sql, { [k]: '_k', [x]: of(left), [y]: of(right) })
  const zipped = `map(${keys}, list_transform(${keys}, lambda _k: ${value}))`
  return { sql: unlessNull([left, right], zipped), type: { kind: 'map', key, value: body.type } }
}

const MOST_COMBINED = 5

/** Every choice of so many elements, which Trino takes as they stand. */
const combinations: Call = ([arg, count], context) => {
  const list = listOf(arg, context)
  const n = plain(count, context).literal
  if (typeof n !== 'number' || n < 1 || n > MOST_COMBINED)
    throw notHere(`combinations but of 1 to ${MOST_COMBINED} elements, as a literal`, context)
  const names = Array.from({ length: n }, (_, i) => `_c${i}`)
  const chosen = `[[${names.map((name) => `(${list.sql})[${name}]`).join(', ')}]]`
  const sql = names.reduceRight((inner, name, i) => {
    const from = i === 0 ? '1' : `${names[i - 1]} + 1`
    return `flatten(list_transform(range(${from}, len(${list.sql}) + 1), lambda ${name}: ${inner}))`
  }, chosen)
  return { sql: `(CASE WHEN ${list.sql} IS NOT NULL THEN ${sql} END)`, type: arrayOf(list.type) }
}

const mapConcat: Call = (args, context) => {
  const maps = args.map((arg) => plain(arg, context))
  const { type, sqls } = alike(maps, context)
  // The last map comes first, then of each before it what the ones behind have not.
  const merged = sqls.reduceRight(
    (last, sql) =>
      `map_concat(${last}, map_from_entries(list_filter(map_entries(${sql}), lambda _e: NOT list_contains(map_keys(${last}), (_e).key))))`,
  )
  return { sql: unlessNull(maps, merged), type }
}

/** What `[ ]` and element_at find: an error, or null, where there is nothing. */
export function elementOf(arg: Expression, index: Expression, orNull: boolean, context: ParserRuleContext): Expression {
  const { type } = arg
  if (type.kind === 'map') {
    const key = coerced(index, type.key)
    const found = `map_extract_value(${arg.sql}, ${key})`
    const missing = `CASE WHEN ${arg.sql} IS NOT NULL AND ${key} IS NOT NULL AND NOT list_contains(map_keys(${arg.sql}), ${key}) THEN ${failure('Key not present in map', type.value)} ELSE ${found} END`
    return mayHoldNaN({ sql: orNull ? found : `(${missing})`, type: type.value })
  }
  if (type.kind === 'row' && !orNull) {
    const field = type.fields[Number(index.literal) - 1]
    if (!field) throw new SqlError('a row has no field of this number.', placeOf(context))
    return mayHoldNaN({ sql: `(${arg.sql}).f${Number(index.literal) - 1}`, type: field.type })
  }
  if (type.kind !== 'array') throw new SqlError(`an array or map is wanted; got ${typeText(type)}.`, placeOf(context))
  if (!isInteger(index.type) && index.type.kind !== 'unknown')
    throw new SqlError('an array is read by a whole number.', placeOf(context))
  const element = `(${arg.sql})[${index.sql}]`
  const bad = orNull ? `${index.sql} = 0` : `${index.sql} < 1 OR ${index.sql} > len(${arg.sql})`
  const sentence = orNull ? 'SQL array indices start at 1' : 'Array subscript out of bounds'
  return mayHoldNaN({ sql: `(CASE WHEN ${bad} THEN ${failure(sentence, type.of)} ELSE ${element} END)`, type: type.of })
}

export const LIST_FUNCTIONS: Readonly<Record<string, Call>> = {
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
    const between = coerced(plain(separator, context), VARCHAR)
    const texts = forNull ? [plain(separator, context), plain(forNull, context)] : [plain(separator, context)]
    const joined = `array_to_string(list_transform(${list.sql}, lambda _e: ${shown}), ${between})`
    return { sql: unlessNull(texts, joined), type: VARCHAR }
  },
  transform,
  filter,
  array_sort: (args, context) => {
    const [list, compare] = args
    if (list && compare && args.length === 2) return sortedBy(list, compare, context)
    return signatureCall(
      'array_sort',
      args.map((arg) => plain(arg, context)),
      context,
    )
  },
  reduce,
  zip,
  zip_with: zipWith,
  combinations,
  map_zip_with: mapZipWith,
  any_match: matching('true', 'NULL', 'false', 'true'),
  all_match: matching('false', 'NULL', 'true', 'false'),
  none_match: matching('false', 'NULL', 'true', 'true'),
  map_filter: mapLambda('filter'),
  transform_keys: mapLambda('keys'),
  transform_values: mapLambda('values'),
  map_concat: mapConcat,
  concat: (args, context) => {
    if (args.length < 2) throw new SqlError('concat takes two values or more.', placeOf(context))
    return concat(args, context)
  },
  element_at: (args, context) => elementOf(plain(args[0], context), plain(args[1], context), true, context),
}
