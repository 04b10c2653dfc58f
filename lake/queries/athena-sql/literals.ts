/** Literals. */
import type { ParserRuleContext } from 'antlr4ng'
import type { IntervalContext, TypeConstructorContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { knownZone, offsetIn } from '../../time-zone.ts'
import { text } from '../sql-text.ts'
import { decimalLiteral } from './coercion.ts'
import { GRAMMAR } from './grammar.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { DATE, DOUBLE, instantOf, simple, timestampOf, VARCHAR } from './types.ts'

/** The text between the quotes. */
export function textOf(context: ParserRuleContext): string {
  if (context instanceof GRAMMAR.UnicodeStringLiteralContext) return unicodeText(context)
  if (!(context instanceof GRAMMAR.BasicStringLiteralContext)) throw notHere('text of this form', context)
  return context.getText().slice(1, -1).replaceAll("''", "'")
}

/** `U&'\\00e9'`, `U&'\\+01F600'`. */
function unicodeText(context: ParserRuleContext): string {
  const written = context.getText()
  if (!/^U&'(?:[^']|'')*'$/i.test(written)) throw notHere('text with UESCAPE', context)
  return written
    .slice(3, -1)
    .replaceAll("''", "'")
    .replace(/\\(\\|[0-9a-f]{4}|\+[0-9a-f]{6}|)/gi, (whole, code: string) => {
      if (code === '\\') return '\\'
      const point = Number.parseInt(code.replace('+', ''), 16)
      if (Number.isNaN(point) || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        throw new SqlError(`${whole} is no letter; write \\XXXX or \\+XXXXXX.`, placeOf(context))
      return String.fromCodePoint(point)
    })
}

export function numberLiteral(context: ParserRuleContext): Expression {
  const digits = context.getText().replaceAll('_', '')
  if (context instanceof GRAMMAR.DoubleLiteralContext)
    return { sql: `CAST(${text(digits)} AS DOUBLE)`, type: DOUBLE, literal: Number(digits) }
  if (context instanceof GRAMMAR.DecimalLiteralContext) return decimalLiteral(digits)
  const value = BigInt(digits)
  if (value > 9223372036854775807n) throw new SqlError(`${digits} is no bigint.`, placeOf(context))
  if (value < -9223372036854775808n) throw new SqlError(`${digits} is no bigint.`, placeOf(context))
  const isSmall = value >= -2147483648n && value <= 2147483647n
  return {
    // DuckDB reads the least integer as a bigint.
    sql:
      isSmall && value > -2147483648n
        ? value < 0n
          ? `(${value})`
          : String(value)
        : `CAST((${value}) AS ${isSmall ? 'INTEGER' : 'BIGINT'})`,
    type: simple(isSmall ? 'integer' : 'bigint'),
    literal: Number(value),
  }
}

/** `DATE '…'`, `TIMESTAMP '…'`, `DECIMAL '…'`. */
export function typedLiteral(context: TypeConstructorContext): Expression {
  const kind = (context.identifier()?.getText() ?? 'double').toLowerCase()
  const value = textOf(context.string())
  const made = Object.hasOwn(LITERALS, kind) ? LITERALS[kind]?.(value, context) : undefined
  if (made) return made
  throw notHere(`literal ${kind.toUpperCase()} '${value}'`, context)
}

/** Undefined where the text is none of the kind. */
type Literal = (value: string, context: ParserRuleContext) => Expression | undefined

const whole =
  (kind: 'bigint' | 'integer' | 'smallint' | 'tinyint'): Literal =>
  (value) =>
    /^-?\d+$/.test(value)
      ? { sql: `CAST(${text(value)} AS ${kind})`, type: simple(kind), literal: Number(value) }
      : undefined

const floating =
  (kind: 'double' | 'real'): Literal =>
  (value) =>
    Number.isFinite(Number(value))
      ? { sql: `CAST(${text(value)} AS ${kind})`, type: simple(kind), literal: Number(value) }
      : undefined

/** By the name of the type. */
const LITERALS: Readonly<Record<string, Literal>> = {
  date: dateLiteral,
  timestamp: timestampLiteral,
  decimal: (value) => (/^[+-]?\d+(\.\d*)?$/.test(value) ? decimalLiteral(value) : undefined),
  json: (value) => ({ sql: `CAST(${text(value)} AS JSON)`, type: simple('json') }),
  varchar: (value) => ({ sql: text(value), type: VARCHAR, literal: value }),
  int: whole('integer'),
  integer: whole('integer'),
  bigint: whole('bigint'),
  smallint: whole('smallint'),
  tinyint: whole('tinyint'),
  double: floating('double'),
  real: floating('real'),
}

function dateLiteral(value: string, context: ParserRuleContext): Expression {
  const [, year = '', month = '', day = ''] = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(value) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== iso)
    throw new SqlError(`'${value}' is no date; write it as '2024-12-31'.`, placeOf(context))
  return { sql: `DATE '${iso}'`, type: DATE, literal: iso }
}

function timestampLiteral(value: string, context: ParserRuleContext): Expression {
  const pattern =
    /^(\d{4}-\d\d-\d\d)(?: (\d{1,2}:\d\d(?::\d\d(?:\.(\d{1,6}))?)?))?(?: ?([A-Za-z_]+(?:\/[A-Za-z_]+)*|\+00:00))?$/
  const [, day, time = '00:00:00', fraction = '', zone] = pattern.exec(value) ?? []
  if (!day || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) {
    if (/^\d{4}-\d\d-\d\d.*[+-]\d\d:?\d\d$/.test(value))
      throw notHere('times of zones that are given as hours', context)
    throw new SqlError(`'${value}' is no timestamp; write it as '2024-12-31 23:59:59'.`, placeOf(context))
  }
  const full = `TIMESTAMP '${day} ${time.length < 6 ? `${time}:00` : time}'`
  if (!zone) return { sql: full, type: timestampOf(fraction.length) }
  const named = zone === '+00:00' ? 'UTC' : zoneName(zone, context)
  if (isSkipped(`${day}T${time.padStart(5, '0')}`, named))
    throw new SqlError(`'${value}' is no timestamp: clocks there skip it.`, placeOf(context))
  return { sql: `trino_earlier(${text(named)}, ${full})`, type: instantOf(fraction.length, named) }
}

/** A zone by its name. Hours before or behind UTC are no names, and DuckDB has none for them. */
export function zoneName(zone: string, context: ParserRuleContext): string {
  if (/^[+-]\d/.test(zone)) throw notHere('zones that are given as hours', context)
  if (!knownZone(zone)) throw new SqlError(`'${zone}' is no time zone.`, placeOf(context))
  return zone.toUpperCase() === 'UTC' ? 'UTC' : zone
}

/** Whether no instant has this time of day in the zone: clocks were put forward over it. */
function isSkipped(local: string, zone: string): boolean {
  const wanted = Date.parse(`${local}Z`)
  const instants = [-86_400_000, 86_400_000].map((near) => wanted - offsetIn(zone, wanted + near))
  return instants.every((instant) => instant + offsetIn(zone, instant) !== wanted)
}

const UNITS = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const
type Unit = (typeof UNITS)[number]

export function intervalLiteral(context: IntervalContext): Expression {
  const value = textOf(context.string())
  const [from, to] = context.intervalField().map((field) => UNITS.find((one) => one === field.getText().toUpperCase()))
  const sign = context._sign?.text === '-' ? '-' : ''
  const isMonths = from === 'YEAR' || from === 'MONTH'
  const sql = from && (to ? spanSql(value, from, to, sign) : unitSql(value, from, sign))
  if (!sql) throw notHere(`interval ${context.getText().slice('INTERVAL'.length)}`, context)
  return { sql, type: simple(isMonths ? 'interval year to month' : 'interval day to second') }
}

function unitSql(value: string, unit: Unit, sign: string): string | undefined {
  const number = `${sign}(${value})`
  if (/^-?\d+$/.test(value)) {
    const isWide = unit === 'HOUR' || unit === 'MINUTE'
    return `to_${unit.toLowerCase()}s(${isWide ? `CAST(${number} AS BIGINT)` : number})`
  }
  return unit === 'SECOND' && /^-?\d+\.\d{1,3}$/.test(value) ? `to_milliseconds(${number} * 1000)` : undefined
}

/** `'1 02:03:04.5' DAY TO SECOND`: each unit's number, between the marks that stand between them. */
function spanSql(value: string, from: Unit, to: Unit, sign: string): string | undefined {
  const units = UNITS.slice(UNITS.indexOf(from), UNITS.indexOf(to) + 1)
  const marks: Readonly<Record<string, string>> = { MONTH: '-', HOUR: ' ', MINUTE: ':', SECOND: ':' }
  const number = (unit: Unit): string => (unit === 'SECOND' ? '(\\d+(?:\\.\\d{1,3})?)' : '(\\d+)')
  const pattern = units.map((unit, i) => `${i === 0 ? '' : marks[unit]}${number(unit)}`).join('')
  const [, minus, ...numbers] = new RegExp(`^(-?)${pattern}$`).exec(value) ?? []
  if (minus === undefined || units.length < 2) return undefined
  const isNegative = (sign === '-') !== (minus === '-')
  const parts = units.map((unit, i) => unitSql(`${isNegative ? '-' : ''}${numbers[i]}`, unit, ''))
  return parts.every((part) => part !== undefined) ? `(${parts.join(' + ')})` : undefined
}
