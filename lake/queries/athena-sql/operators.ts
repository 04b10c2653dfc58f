/** Arithmetic and comparison with Trino's types: what cuts, what rounds, what is an error. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { alike, anyNull, coerced, failure } from './coercion.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import {
  asDecimal,
  BOOLEAN,
  commonType,
  DOUBLE,
  decimalOf,
  duckdbType,
  holdsFloating,
  INTEGER,
  isFloating,
  isInteger,
  isNumber,
  isTime,
  type SqlType,
  simple,
  typeText,
  unitOf,
} from './types.ts'

const DAYS = simple('interval day to second')

function cannot(operator: string, a: Expression, b: Expression, context: ParserRuleContext): SqlError {
  const sentence = `${operator} does not go between ${typeText(a.type)} and ${typeText(b.type)}.`
  return new SqlError(sentence, placeOf(context))
}

/** `a + b` and its like. */
export function arithmetic(operator: string, a: Expression, b: Expression, context: ParserRuleContext): Expression {
  if ([a, b].some(({ type }) => type.kind === 'unknown'))
    return arithmetic(operator, typedNull(a, b), typedNull(b, a), context)
  if (isNumber(a.type) && isNumber(b.type)) return numbers(operator, a, b)
  const times = timeArithmetic(operator, a, b, context)
  if (times) return times
  throw cannot(operator, a, b, context)
}

function typedNull(one: Expression, other: Expression): Expression {
  if (one.type.kind !== 'unknown') return one
  const type = other.type.kind === 'unknown' ? INTEGER : other.type
  return { sql: coerced(one, type), type }
}

function numbers(operator: string, a: Expression, b: Expression): Expression {
  const type = commonType(a.type, b.type) ?? DOUBLE
  if (type.kind === 'decimal') return decimals(operator, a, b)
  const [left, right] = [coerced(a, type), coerced(b, type)]
  if (isFloating(type)) {
    const mayBeNaN = a.mayBeNaN || b.mayBeNaN || operator === '/' || operator === '%'
    return { sql: `(${left} ${operator} ${right})`, type, mayBeNaN }
  }
  if (operator === '/') return { sql: unlessZero(b, right, `${left} // ${right}`, type), type }
  if (operator === '%') return { sql: unlessZero(b, right, `${left} % ${right}`, type), type }
  return { sql: `(${left} ${operator} ${right})`, type }
}

function unlessZero(divisor: Expression, right: string, sql: string, type: SqlType): string {
  if (typeof divisor.literal === 'number' && divisor.literal !== 0) return `(${sql})`
  return `(CASE WHEN ${right} = 0 THEN ${failure('Division by zero', type)} ELSE ${sql} END)`
}

function decimals(operator: string, a: Expression, b: Expression): Expression {
  const [p, q] = [asDecimal(a.type), asDecimal(b.type)]
  const scale = Math.max(p.scale, q.scale)
  const whole = Math.max(p.precision - p.scale, q.precision - q.scale)
  const left = coerced(a, decimalOf(p.precision, p.scale))
  const right = coerced(b, decimalOf(q.precision, q.scale))
  const made = (sql: string, type: SqlType): Expression => ({ sql: `CAST(${sql} AS ${duckdbType(type)})`, type })
  if (operator === '*') return made(`(${left} * ${right})`, decimalOf(p.precision + q.precision, p.scale + q.scale))
  if (operator === '%') {
    const type = decimalOf(Math.min(p.precision - p.scale, q.precision - q.scale) + scale, scale)
    return { sql: unlessZero(b, right, `CAST(${left} % ${right} AS ${duckdbType(type)})`, type), type }
  }
  if (operator !== '/') return made(`(${left} ${operator} ${right})`, decimalOf(whole + scale + 1, scale))
  const type = decimalOf(p.precision + q.scale + Math.max(q.scale - p.scale, 0), scale)
  const dividend = `CAST(${left} * ${10 ** p.scale} AS HUGEINT) * ${10 ** (scale - p.scale + q.scale)}::HUGEINT`
  const divisor = `CAST(${right} * ${10 ** q.scale} AS HUGEINT)`
  return made(`CAST(trino_decimal_div(${dividend}, ${divisor}) AS DECIMAL(38, 0)) * ${unitOf(scale)}`, type)
}

const isInterval = ({ kind }: SqlType): boolean => kind.startsWith('interval')

function timeArithmetic(
  operator: string,
  a: Expression,
  b: Expression,
  context: ParserRuleContext,
): Expression | undefined {
  if (operator === '+' || operator === '-') return timeSum(operator, a, b, context)
  if (operator === '*') return multiplied(a, b) ?? multiplied(b, a)
  return operator === '/' ? divided(a, b) : undefined
}

function timeSum(
  operator: '+' | '-',
  a: Expression,
  b: Expression,
  context: ParserRuleContext,
): Expression | undefined {
  if (isTime(a.type) && isInterval(b.type)) return moved(operator, a, b, context)
  if (operator === '+' && isInterval(a.type) && isTime(b.type)) return moved('+', b, a, context)
  if (operator === '-' && isTime(a.type) && isTime(b.type)) return between(a, b)
  if (isInterval(a.type) && a.type.kind === b.type.kind) return { sql: `(${a.sql} ${operator} ${b.sql})`, type: a.type }
  return undefined
}

function multiplied(interval: Expression, by: Expression): Expression | undefined {
  if (!isInterval(interval.type) || !isNumber(by.type)) return undefined
  if (isInteger(by.type)) return { sql: `(${interval.sql} * ${by.sql})`, type: interval.type }
  if (interval.type.kind !== DAYS.kind) return undefined
  const made = `trunc(epoch_ms(${interval.sql}) * ${coerced(by, DOUBLE)})`
  return { sql: `to_milliseconds(CAST(${made} AS BIGINT))`, type: interval.type }
}

function divided(interval: Expression, by: Expression): Expression | undefined {
  if (interval.type.kind !== DAYS.kind || !(isInteger(by.type) || by.type.kind === 'decimal')) return undefined
  const divisor = `CAST(${unlessZero(by, by.sql, by.sql, by.type)} AS DOUBLE)`
  return {
    sql: `to_milliseconds(CAST(trunc(epoch_ms(${interval.sql}) / ${divisor}) AS BIGINT))`,
    type: interval.type,
  }
}

/** A time and an interval. A date stays a date; a day with a zone is of the zone's clock. */
function moved(operator: string, time: Expression, interval: Expression, context: ParserRuleContext): Expression {
  const { type } = time
  const isDays = interval.type.kind === DAYS.kind
  if (type.kind === 'date') {
    if (isDays && !/^to_days|^\(?to_days/.test(interval.sql))
      throw notHere('sum of a date and an interval that is not of whole days', context)
    return { sql: `CAST((${time.sql} ${operator} ${interval.sql}) AS DATE)`, type }
  }
  if (type.kind !== 'timestamp with time zone')
    return { sql: `(${time.sql} ${operator} ${interval.sql})`, type: isDays ? finer(type) : type }
  if (!isDays) {
    const local = `timezone(${text(type.zone)}, ${time.sql})`
    return { sql: `trino_moved(${text(type.zone)}, ${time.sql}, ${local} ${operator} ${interval.sql})`, type }
  }
  return { sql: `(${time.sql} ${operator} ${interval.sql})`, type: finer(type) }
}

/** Intervals of days are of milliseconds, so their sums are too. */
function finer(type: SqlType): SqlType {
  return 'zone' in type || type.kind === 'timestamp' ? { ...type, precision: Math.max(3, type.precision) } : type
}

function between(a: Expression, b: Expression): Expression {
  if (a.type.kind === 'date' && b.type.kind === 'date')
    return { sql: `to_days(CAST(${a.sql} - ${b.sql} AS INTEGER))`, type: DAYS }
  const type = commonType(a.type, b.type)
  const [left, right] = type ? [coerced(a, type), coerced(b, type)] : [a.sql, b.sql]
  return { sql: `to_milliseconds((epoch_us(${left}) - epoch_us(${right})) / 1000)`, type: DAYS }
}

/** In Trino, a null inside makes null unless something else decides; DuckDB takes it for a value. */
function withoutNulls(sqls: readonly string[], type: SqlType, compared: string): string {
  const all = `CAST(to_json([${sqls.map((sql) => `to_json(${sql})`).join(', ')}]) AS VARCHAR)`
  const words = holdsFloating(type) ? ['null', 'NaN'] : ['null']
  const holds = words.map((word) => `contains(${all}, '${word}')`).join(' OR ')
  const sentence = 'The local engine has no comparison of arrays or rows that hold nulls or NaN; Athena has'
  return `CASE WHEN ${anyNull(sqls)} THEN NULL WHEN ${holds} THEN ${failure(sentence, BOOLEAN)} ELSE ${compared} END`
}

/** Equal where each key has the same value in both, whatever their order. */
function maps(word: string, sqls: readonly string[], type: MapType, context: ParserRuleContext): string {
  const isPlain = ({ kind }: SqlType): boolean => !['map', 'array', 'row', 'json', 'double', 'real'].includes(kind)
  if (!['=', '<>'].includes(word) || !isPlain(type.key) || !isPlain(type.value))
    throw notHere(`comparison of ${typeText(type)} by ${word}`, context)
  const holdsNull = sqls.map((sql) => `list_position(map_values(${sql}), NULL) > 0`).join(' OR ')
  const refused = failure('The local engine has no comparison of maps that hold nulls; Athena has', BOOLEAN)
  const compared = sqls.map((sql) => `list_sort(map_entries(${sql}))`).join(` ${word} `)
  return `(CASE WHEN ${anyNull(sqls)} THEN NULL WHEN ${holdsNull} THEN ${refused} ELSE ${compared} END)`
}
type MapType = Extract<SqlType, { readonly kind: 'map' }>

const NEGATED: Readonly<Record<string, string>> = { '!=': '<>' }

const isInstant = ({ type }: Expression): boolean => type.kind === 'timestamp with time zone'

/** `a = b` and its like, for one pair that goes together. */
export function comparison(operator: string, a: Expression, b: Expression, context: ParserRuleContext): Expression {
  const word = NEGATED[operator] ?? operator
  // Of whatever zones: one instant is before the other or not.
  if (isInstant(a) && isInstant(b)) return { sql: `(${a.sql} ${word} ${b.sql})`, type: BOOLEAN }
  if (!commonType(a.type, b.type)) throw cannot(operator, a, b, context)
  const { sqls, type: both } = alike([a, b], context)
  if (both.kind === 'json') throw notHere('comparison of json values', context)
  if (both.kind === 'map') return { sql: maps(word, sqls, both, context), type: BOOLEAN }
  const plain = `${sqls[0]} ${word} ${sqls[1]}`
  const compared = both.kind === 'array' || both.kind === 'row' ? withoutNulls(sqls, both, plain) : plain
  return { sql: unlessNaN(word, [a, b], compared), type: BOOLEAN }
}

/** NaN is equal to nothing, and neither less nor more. */
function unlessNaN(word: string, sides: readonly Expression[], compared: string): string {
  const suspects = sides.filter(({ mayBeNaN }) => mayBeNaN).map(({ sql }) => `isnan(${sql})`)
  if (suspects.length === 0) return `(${compared})`
  const isNull = anyNull(sides.map(({ sql }) => sql))
  return `(CASE WHEN ${isNull} THEN NULL WHEN ${suspects.join(' OR ')} THEN ${word === '<>'} ELSE ${compared} END)`
}
