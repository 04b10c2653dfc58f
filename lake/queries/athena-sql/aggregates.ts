import type { ParserRuleContext } from 'antlr4ng'
import { type Aggregate, type Around, call, one, same, withoutNulls } from './aggregate-form.ts'
import { coerced, failure } from './coercion.ts'
import { placeOf } from './parse.ts'
import { checkComparable, checkOrdered, type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  decimalOf,
  duckdbType,
  isInteger,
  isNumber,
  typeText,
  unitOf,
} from './types.ts'

/** Decimals of so many digits do not sum up to more than 38, however many rows there are. */
const SAFE_DIGITS = 18

const sum: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  if (!isNumber(arg.type)) throw new SqlError(`sum takes numbers; got ${typeText(arg.type)}.`, placeOf(context))
  const type = isInteger(arg.type) ? BIGINT : arg.type.kind === 'decimal' ? decimalOf(38, arg.type.scale) : arg.type
  const total = `CAST(${call('sum', [arg.sql], around)} AS ${duckdbType(type)})`
  if (type.kind !== 'decimal' || arg.type.kind !== 'decimal' || arg.type.precision <= SAFE_DIGITS)
    return { sql: total, type, mayBeNaN: arg.mayBeNaN }
  // DuckDB counts on beyond the 38 digits of the type.
  const isTooLarge = `abs(${total}) > CAST('${'9'.repeat(38 - type.scale)}.${'9'.repeat(type.scale)}' AS ${duckdbType(type)})`
  return { sql: `(CASE WHEN ${isTooLarge} THEN ${failure('Decimal overflow', type)} ELSE ${total} END)`, type }
}

const avg: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  if (!isNumber(arg.type)) throw new SqlError(`avg takes numbers; got ${typeText(arg.type)}.`, placeOf(context))
  if (arg.type.kind !== 'decimal') {
    const type = arg.type.kind === 'real' ? arg.type : DOUBLE
    return { sql: `CAST(${call('avg', [arg.sql], around)} AS ${duckdbType(type)})`, type, mayBeNaN: arg.mayBeNaN }
  }
  const { scale } = arg.type
  const total = `CAST(${call('sum', [arg.sql], around)} * ${10 ** scale} AS HUGEINT)`
  const count = call('count', [arg.sql], around)
  const mean = `trino_decimal_div(${total}, CAST(nullif(${count}, 0) AS HUGEINT))`
  return { sql: `CAST(CAST(${mean} AS DECIMAL(38, 0)) * ${unitOf(scale)} AS ${duckdbType(arg.type)})`, type: arg.type }
}

/** NaN counts only where there is nothing else. */
function withoutNaN(name: string, args: readonly Expression[], around: Around, context: ParserRuleContext): Expression {
  const made = same(name)(args, around, context)
  const arg = one(args, context)
  if (!arg.mayBeNaN) return made
  const numbers = call(name, [`CASE WHEN NOT isnan(${arg.sql}) THEN ${arg.sql} END`], around)
  return { ...made, sql: `coalesce(${numbers}, ${made.sql})` }
}

/** Arrays and rows that hold nulls have an order of Trino's own, so they are refused. */
function checkPlainOrder(name: string, arg: Expression, context: ParserRuleContext): void {
  checkOrdered(arg, name, context)
  const { type } = arg
  if (type.kind === 'array' || type.kind === 'row') throw notHere(`${name} of ${typeText(type)}`, context)
}

/** min and max; with a number behind them they list that many. */
const extreme =
  (name: string): Aggregate =>
  (args, around, context) => {
    const [arg, count] = args
    if (arg) checkPlainOrder(name, arg, context)
    if (!arg || !count) return withoutNaN(name, args, around, context)
    if (arg.mayBeNaN) throw notHere(`${name} of what may be NaN, with a number`, context)
    return { sql: call(name, [arg.sql, count.sql], around), type: arrayOf(arg.type) }
  }

const count: Aggregate = ([arg, ...more], around, context) => {
  if (more.length > 0)
    throw new SqlError('count takes one value; a row of several is one: count(DISTINCT (a, b)).', placeOf(context))
  return { sql: call('count', [arg?.sql ?? '*'], around), type: BIGINT }
}

const doubles =
  (name: string, arity: number, atLeast = 1): Aggregate =>
  (args, around, context) => {
    if (args.length !== arity) throw notHere(`${name} of ${args.length} arguments`, context)
    if (args.some(({ type }) => !isNumber(type) && type.kind !== 'unknown'))
      throw new SqlError(`${name} takes numbers.`, placeOf(context))
    if (arity === 2 && !args.some(({ type }) => type.kind === 'double'))
      throw notHere(`${name} of numbers none of which is a double, which Athena answers as REAL`, context)
    const sqls = args.map((arg) => coerced(arg, DOUBLE))
    const sql = call(name, sqls, around)
    return {
      sql: atLeast > 1 ? `CASE WHEN ${call('count', sqls.slice(0, 1), around)} >= ${atLeast} THEN ${sql} END` : sql,
      type: DOUBLE,
      mayBeNaN: true,
    }
  }

/** Null where there is no finite answer. */
const finite =
  (name: string): Aggregate =>
  (args, around, context) => {
    const made = doubles(name, 2)(args, around, context)
    return { sql: `CASE WHEN isfinite(${made.sql}) THEN ${made.sql} END`, type: DOUBLE }
  }

/** Null of fewer than `atLeast` values, NaN where all are equal. */
const shape =
  (name: string, atLeast: number): Aggregate =>
  (args, around, context) => {
    const made = doubles(name, 1, atLeast)(args, around, context)
    const spread = call('var_pop', [coerced(one(args, context), DOUBLE)], around)
    const enough = `${call('count', [one(args, context).sql], around)} >= ${atLeast}`
    return { ...made, sql: `CASE WHEN ${enough} AND ${spread} = 0 THEN CAST('NaN' AS DOUBLE) ELSE ${made.sql} END` }
  }

/** Of the population; DuckDB's is of a sample. */
const skewness: Aggregate = (args, around, context) => {
  const made = shape('skewness', 3)(args, around, context)
  const n = `CAST(${call('count', [one(args, context).sql], around)} AS DOUBLE)`
  return { ...made, sql: `((${made.sql}) * (${n} - 2) / sqrt(${n} * (${n} - 1)))` }
}

/** A key of several maps has the value that it has in any one of them. */
const mapUnion: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  if (arg.type.kind !== 'map' || around.over !== undefined || around.filter !== '')
    throw notHere('map_union of this form', context)
  const maps = call('list', [arg.sql], withoutNulls(around, arg.sql))
  return { sql: `list_reduce(${maps}, lambda a, b: map_concat(a, b))`, type: arg.type }
}

const logical =
  (name: string): Aggregate =>
  (args, around, context) => {
    const arg = one(args, context)
    if (arg.type.kind !== 'boolean')
      throw new SqlError(`${name} takes a boolean; got ${typeText(arg.type)}.`, placeOf(context))
    return { sql: call(name, [arg.sql], around), type: BOOLEAN }
  }

const by =
  (name: string): Aggregate =>
  ([value, key, n], around, context) => {
    if (!value || !key) throw new SqlError(`${name} takes a value and what it is compared by.`, placeOf(context))
    checkPlainOrder(name, key, context)
    if (key.mayBeNaN && (n || around.filter)) throw notHere(`${name} by what may be NaN, of this form`, context)
    if (key.mayBeNaN) {
      // NaN counts only where there is nothing else.
      const number = `CASE WHEN NOT isnan(${key.sql}) THEN ${key.sql} END`
      const [best, any] = [number, key.sql].map((one) => call(name, [value.sql, one], around))
      const sql = `(CASE WHEN ${call('count', [number], around)} > 0 THEN ${best} ELSE ${any} END)`
      return { sql, type: value.type, mayBeNaN: value.mayBeNaN }
    }
    if (n) {
      // In a struct, for DuckDB leaves out values that are null.
      const kept = call(name.replace('_null', ''), [`struct_pack(v := ${value.sql})`, key.sql, n.sql], around)
      return { sql: `list_transform(${kept}, lambda _e: (_e).v)`, type: arrayOf(value.type) }
    }
    return { sql: call(name, [value.sql, key.sql], around), type: value.type, mayBeNaN: value.mayBeNaN }
  }

const arrayAgg: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  const { filter, ignoreNulls } = around
  if (ignoreNulls && filter) throw notHere('array_agg with IGNORE NULLS and a FILTER', context)
  const skipping = ignoreNulls ? withoutNulls({ ...around, ignoreNulls: false }, arg.sql) : around
  return { sql: call('list', [arg.sql], skipping), type: arrayOf(arg.type) }
}

/** A list of pairs; a key that is null is left out. */
function entriesOf(key: Expression, value: Expression, around: Around): string {
  return call('list', [`struct_pack(k := ${key.sql}, v := ${value.sql})`], withoutNulls(around, key.sql))
}

const mapAgg: Aggregate = ([key, value], around, context) => {
  if (!key || !value || around.over !== undefined || around.distinct) throw notHere('map_agg of this form', context)
  checkComparable(key, 'keys of', context)
  const entries = entriesOf(key, value, around)
  const first = `list_filter(${entries}, lambda e, i: list_position(list_transform(${entries}, lambda x: (x).k), (e).k) = i)`
  return { sql: `map_from_entries(${first})`, type: { kind: 'map', key: key.type, value: value.type } }
}

const multimapAgg: Aggregate = ([key, value], around, context) => {
  if (!key || !value || around.over !== undefined || around.distinct || around.filter !== '')
    throw notHere('multimap_agg of this form', context)
  checkComparable(key, 'keys of', context)
  const entries = entriesOf(key, value, around)
  const keys = `trino_distinct(list_transform(${entries}, lambda x: (x).k))`
  const values = `list_transform(${keys}, lambda k: list_transform(list_filter(${entries}, lambda x: (x).k = k), lambda x: (x).v))`
  return { sql: `map(${keys}, ${values})`, type: { kind: 'map', key: key.type, value: arrayOf(value.type) } }
}

const histogram: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  checkComparable(arg, 'histogram of', context)
  const type = { kind: 'map', key: arg.type, value: BIGINT } as const
  if (arg.mayBeNaN) {
    // DuckDB's histogram puts all else to NaN.
    const list = call('list', [arg.sql], withoutNulls(around, arg.sql))
    const counted = 'struct_pack(k := _k, v := len(list_filter(_l, lambda _x: _x = _k)))'
    const made = `map_from_entries(list_transform(trino_distinct(_l), lambda _k: ${counted}))`
    return { sql: `list_transform([${list}], lambda _l: CASE WHEN _l IS NOT NULL THEN ${made} END)[1]`, type }
  }
  const sql = call('histogram', [arg.sql], around)
  return {
    sql: `CASE WHEN ${call('count', [arg.sql], around)} > 0 THEN map_from_entries(list_transform(map_entries(${sql}), lambda e: struct_pack(k := (e).key, v := CAST((e).value AS BIGINT)))) END`,
    type,
  }
}

const bits =
  (name: string): Aggregate =>
  (args, around, context) => ({ sql: call(name, [coerced(one(args, context), BIGINT)], around), type: BIGINT })

const geometricMean: Aggregate = (args, around, context) => {
  const arg = one(args, context)
  if (!isNumber(arg.type))
    throw new SqlError(`geometric_mean takes numbers; got ${typeText(arg.type)}.`, placeOf(context))
  if (arg.type.kind === 'real' || arg.type.kind === 'decimal')
    throw notHere(`geometric_mean of ${arg.type.kind}`, context)
  return { sql: `exp(${call('avg', [`trino_ln(${coerced(arg, DOUBLE)})`], around)})`, type: DOUBLE, mayBeNaN: true }
}

/** Aggregates whose arguments are more than values; aggregate-calls.ts translates them. */
export const READ_APART = ['approx_percentile', 'reduce_agg'] as const

/** Whether a call of this name makes one value of many rows. */
export function isAggregateName(name: string): boolean {
  return Object.hasOwn(AGGREGATES, name) || READ_APART.some((apart) => apart === name)
}

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count,
  sum,
  avg,
  min: extreme('min'),
  max: extreme('max'),
  arbitrary: same('any_value'),
  any_value: same('any_value'),
  count_if: (args, around, context) => ({
    sql: `CAST(coalesce(${call('count_if', [one(args, context).sql], around)}, 0) AS BIGINT)`,
    type: BIGINT,
  }),
  bool_and: logical('bool_and'),
  every: logical('bool_and'),
  bool_or: logical('bool_or'),
  max_by: by('arg_max_null'),
  min_by: by('arg_min_null'),
  array_agg: arrayAgg,
  map_agg: mapAgg,
  multimap_agg: multimapAgg,
  histogram,
  /** Athena's is within a few percent, this is exact. */
  approx_distinct(args, around, context) {
    const arg = one(args.slice(0, 1), context)
    checkComparable(arg, 'approx_distinct of', context)
    return { sql: call('count', [arg.sql], { ...around, distinct: true }), type: BIGINT }
  },
  geometric_mean: geometricMean,
  stddev: doubles('stddev_samp', 1, 2),
  stddev_samp: doubles('stddev_samp', 1, 2),
  stddev_pop: doubles('stddev_pop', 1),
  variance: doubles('var_samp', 1, 2),
  var_samp: doubles('var_samp', 1, 2),
  var_pop: doubles('var_pop', 1),
  skewness,
  kurtosis: shape('kurtosis', 4),
  map_union: mapUnion,
  corr: finite('corr'),
  covar_pop: doubles('covar_pop', 2),
  covar_samp: doubles('covar_samp', 2, 2),
  regr_slope: finite('regr_slope'),
  regr_intercept: finite('regr_intercept'),
  bitwise_and_agg: bits('bit_and'),
  bitwise_xor_agg: bits('bit_xor'),
  bitwise_or_agg: bits('bit_or'),
}
