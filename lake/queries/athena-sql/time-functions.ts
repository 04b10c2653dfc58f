/** Functions of dates and times: units and formats are literals, so that they are translated once. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { castTo, coerced } from './coercion.ts'
import { zoneName } from './literals.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { instantOf, isInteger, simple, timestampOf, typeText } from './types.ts'

type Call = (args: readonly Expression[], context: ParserRuleContext) => Expression

/** The time on the clock of its zone. */
function localTime({ sql, type }: Expression): string {
  return type.kind === 'timestamp with time zone' ? `timezone(${text(type.zone)}, ${sql})` : sql
}

function timed(name: string, arg: Expression | undefined, context: ParserRuleContext): Expression {
  if (arg && (arg.type.kind === 'date' || arg.type.kind.startsWith('timestamp'))) return arg
  const got = arg ? typeText(arg.type) : 'nothing'
  throw new SqlError(`${name} takes a date or a timestamp; got ${got}.`, placeOf(context))
}

const PARTS: Readonly<Record<string, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  week_of_year: 'week',
  day: 'day',
  day_of_month: 'day',
  day_of_week: 'isodow',
  dow: 'isodow',
  day_of_year: 'dayofyear',
  doy: 'dayofyear',
  year_of_week: 'isoyear',
  yow: 'isoyear',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  millisecond: 'millisecond',
}

/** `year(t)`, and `EXTRACT(YEAR FROM t)`. */
export function partOf(name: string, arg: Expression, context: ParserRuleContext): Expression {
  const part = PARTS[name]
  if (!part) throw notHere(`part ${name} of a time`, context)
  const type = simple('bigint')
  if (arg.type.kind.startsWith('interval')) return { sql: intervalPart(name, arg, context), type }
  const local = localTime(timed(name, arg, context))
  if (arg.type.kind === 'date' && ['hour', 'minute', 'second', 'millisecond'].includes(part))
    throw new SqlError(`${name} takes a timestamp; got date.`, placeOf(context))
  return { sql: part === 'millisecond' ? `(millisecond(${local}) % 1000)` : `${part}(${local})`, type }
}

const INTERVAL_PARTS: Readonly<Record<string, string>> = {
  day: 'epoch_ms($) // 86400000',
  hour: 'epoch_ms($) // 3600000 % 24',
  minute: 'epoch_ms($) // 60000 % 60',
  second: 'epoch_ms($) // 1000 % 60',
}

function intervalPart(name: string, { sql, type }: Expression, context: ParserRuleContext): string {
  const part = INTERVAL_PARTS[name]
  if (!part || type.kind !== 'interval day to second') throw notHere(`part ${name} of an interval`, context)
  return `(${part.replace('epoch_ms($)', `CAST(epoch(${sql}) * 1000 AS BIGINT)`)})`
}

const UNITS = ['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const

function unitOf(arg: Expression | undefined, context: ParserRuleContext): (typeof UNITS)[number] {
  const unit = UNITS.find((one) => one === String(arg?.literal ?? '').toLowerCase())
  if (!unit) throw new SqlError(`a unit is one of ${UNITS.join(', ')}, in quotes.`, placeOf(context))
  return unit
}

/** Hours and less of a zone's day are counted in real time, days and more on its clock. */
const isClockUnit = (unit: string): boolean => ['day', 'week', 'month', 'quarter', 'year'].includes(unit)

const dateTrunc: Call = ([unitArg, arg], context) => {
  const unit = unitOf(unitArg, context)
  const time = timed('date_trunc', arg, context)
  const sql = `date_trunc(${text(unit)}, ${localTime(time)})`
  if (time.type.kind === 'date') {
    if (!isClockUnit(unit)) throw new SqlError(`'${unit}' is no unit of a date.`, placeOf(context))
    return { sql: `CAST(${sql} AS DATE)`, type: time.type }
  }
  if (time.type.kind !== 'timestamp with time zone') return { sql, type: time.type }
  if (!isClockUnit(unit) && time.type.zone !== 'UTC')
    return { sql: `date_trunc(${text(unit)}, ${time.sql})`, type: time.type }
  return { sql: `timezone(${text(time.type.zone)}, ${sql})`, type: time.type }
}

const INTERVAL_MAKERS: Readonly<Record<(typeof UNITS)[number], string>> = {
  millisecond: 'to_milliseconds($)',
  second: 'to_seconds($)',
  minute: 'to_minutes($)',
  hour: 'to_hours($)',
  day: 'to_days(CAST($ AS INTEGER))',
  week: 'to_days(CAST($ * 7 AS INTEGER))',
  month: 'to_months(CAST($ AS INTEGER))',
  quarter: 'to_months(CAST($ * 3 AS INTEGER))',
  year: 'to_years(CAST($ AS INTEGER))',
}

const dateAdd: Call = ([unitArg, amount, arg], context) => {
  const unit = unitOf(unitArg, context)
  const time = timed('date_add', arg, context)
  if (!amount || !isInteger(amount.type)) throw new SqlError('date_add takes a whole number second.', placeOf(context))
  const interval = INTERVAL_MAKERS[unit].replace('$', coerced(amount, simple('bigint')))
  if (time.type.kind === 'date') {
    if (!isClockUnit(unit)) throw new SqlError(`'${unit}' is no unit of a date.`, placeOf(context))
    return { sql: `CAST(${time.sql} + ${interval} AS DATE)`, type: time.type }
  }
  const precision = Math.max(
    time.type.kind.startsWith('timestamp') && 'precision' in time.type ? time.type.precision : 0,
    unit === 'millisecond' ? 3 : 0,
  )
  if (time.type.kind === 'timestamp') return { sql: `(${time.sql} + ${interval})`, type: timestampOf(precision) }
  const zone = 'zone' in time.type ? time.type.zone : 'UTC'
  if (!isClockUnit(unit)) return { sql: `(${time.sql} + ${interval})`, type: instantOf(precision, zone) }
  return { sql: `timezone(${text(zone)}, ${localTime(time)} + ${interval})`, type: instantOf(precision, zone) }
}

/** Whole units between two times: DuckDB's date_sub; its date_diff counts the borders. */
const dateDiff: Call = ([unitArg, from, to], context) => {
  const unit = unitOf(unitArg, context)
  const [a, b] = [timed('date_diff', from, context), timed('date_diff', to, context)]
  if (a.type.kind === 'date' && b.type.kind === 'date' && !isClockUnit(unit))
    throw new SqlError(`'${unit}' is no unit of a date.`, placeOf(context))
  const zones = new Set([a, b].map(({ type }) => ('zone' in type ? type.zone : 'UTC')))
  if (zones.size > 1 && isClockUnit(unit)) throw notHere('difference in days between two zones', context)
  const plain = (one: Expression): string =>
    isClockUnit(unit)
      ? `CAST(${localTime(one)} AS TIMESTAMP)`
      : `CAST(${one.type.kind === 'timestamp with time zone' ? `timezone('UTC', ${one.sql})` : one.sql} AS TIMESTAMP)`
  return { sql: `date_sub(${text(unit)}, ${plain(a)}, ${plain(b)})`, type: simple('bigint') }
}

/** MySQL's letters, as date_format and date_parse have them, and DuckDB's. */
const MYSQL: Readonly<Record<string, string>> = {
  '%Y': '%Y',
  '%m': '%m',
  '%d': '%d',
  '%H': '%H',
  '%i': '%M',
  '%s': '%S',
  '%S': '%S',
  '%y': '%y',
  '%T': '%H:%M:%S',
  '%a': '%a',
  '%W': '%A',
  '%b': '%b',
  '%M': '%B',
  '%j': '%j',
  '%p': '%p',
  '%h': '%I',
  '%I': '%I',
  '%e': '%-d',
  '%c': '%-m',
  '%k': '%-H',
  '%l': '%-I',
  '%f': '%f',
  '%r': '%I:%M:%S %p',
  '%%': '%%',
}
/** Joda's letters, as format_datetime has them. */
const JODA: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  YYYY: '%Y',
  yy: '%y',
  MM: '%m',
  M: '%-m',
  MMM: '%b',
  MMMM: '%B',
  dd: '%d',
  d: '%-d',
  HH: '%H',
  H: '%-H',
  mm: '%M',
  m: '%-M',
  ss: '%S',
  s: '%-S',
  SSS: '%g',
  EEE: '%a',
  E: '%a',
  EEEE: '%A',
  a: '%p',
  hh: '%I',
  h: '%-I',
  DDD: '%j',
}

function mysqlFormat(arg: Expression | undefined, context: ParserRuleContext): string {
  if (typeof arg?.literal !== 'string') throw notHere('format that is not a literal', context)
  return arg.literal.replace(/%./g, (letter) => {
    const known = MYSQL[letter]
    if (!known) throw notHere(`letter ${letter} in a format`, context)
    return known
  })
}

function jodaFormat(arg: Expression | undefined, context: ParserRuleContext): string {
  if (typeof arg?.literal !== 'string') throw notHere('format that is not a literal', context)
  return arg.literal.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*|%/g, (part, inner?: string) => {
    if (inner !== undefined) return inner === '' ? "'" : inner.replaceAll('%', '%%').replaceAll("''", "'")
    const known = part === '%' ? '%%' : JODA[part]
    if (!known) throw notHere(`letters ${part} in a format`, context)
    return known
  })
}

const VARCHAR = simple('varchar')
const formatted = (format: string, time: Expression): Expression => ({
  sql: `strftime(${time.type.kind === 'date' ? `CAST(${time.sql} AS TIMESTAMP)` : localTime(time)}, ${text(format)})`,
  type: VARCHAR,
})

function literalZone(arg: Expression | undefined, context: ParserRuleContext): string {
  if (typeof arg?.literal !== 'string') throw notHere('zone that is not a literal', context)
  return zoneName(arg.literal, context)
}

/** `t AT TIME ZONE 'zone'`: the same instant on another clock. A time without a zone is of UTC. */
export const atTimeZone: Call = ([arg, zoneArg], context) => {
  const time = timed('AT TIME ZONE', arg, context)
  const zone = literalZone(zoneArg, context)
  const precision = 'precision' in time.type ? time.type.precision : 0
  const type = instantOf(precision, zone)
  return { sql: coerced(time, type), type }
}

const fromUnixtime: Call = ([arg, zoneArg, ...more], context) => {
  if (!arg || more.length > 0) throw notHere('from_unixtime of these arguments', context)
  const zone = zoneArg ? literalZone(zoneArg, context) : 'UTC'
  const seconds = coerced(arg, simple('double'))
  return {
    sql: `timezone('UTC', make_timestamp(CAST(round(${seconds} * 1000) AS BIGINT) * 1000))`,
    type: instantOf(3, zone),
  }
}

const iso = (pattern: string): string => `regexp_full_match($, ${text(pattern)})`

const fromIso8601Timestamp: Call = ([arg], context) => {
  if (typeof arg?.literal !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?$/.test(arg.literal))
    throw notHere('from_iso8601_timestamp but of a literal in UTC', context)
  const plain = arg.literal.replace('T', ' ').replace('Z', '')
  return {
    sql: `timezone('UTC', CAST(${text(plain.length === 16 ? `${plain}:00` : plain)} AS TIMESTAMP))`,
    type: instantOf(3, 'UTC'),
  }
}

const toIso8601: Call = ([arg], context) => {
  const time = timed('to_iso8601', arg, context)
  if (time.type.kind === 'date') return { sql: `strftime(${time.sql}, '%Y-%m-%d')`, type: VARCHAR }
  const precision = 'precision' in time.type ? time.type.precision : 0
  const plain = `replace(trino_time_text(${localTime(time)}, ${precision}), ' ', 'T')`
  if (time.type.kind === 'timestamp') return { sql: plain, type: VARCHAR }
  if (!('zone' in time.type) || time.type.zone !== 'UTC') throw notHere('to_iso8601 of a zone other than UTC', context)
  return { sql: `(${plain} || 'Z')`, type: VARCHAR }
}

function dateOf([arg]: readonly Expression[], context: ParserRuleContext): Expression {
  if (!arg) throw new SqlError('date takes one argument.', placeOf(context))
  return castTo(arg, simple('date'), context)
}

/** By name; each takes what Trino's function of the name takes. */
export const TIME_FUNCTIONS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(
    Object.keys(PARTS)
      .filter((name) => !['week_of_year_', 'day_of_month_'].includes(name))
      .map((name): [string, Call] => [
        name,
        ([arg], context) => partOf(name, timedOrInterval(name, arg, context), context),
      ]),
  ),
  date: dateOf,
  date_trunc: dateTrunc,
  date_add: dateAdd,
  date_diff: dateDiff,
  date_format: ([time, format], context) =>
    formatted(mysqlFormat(format, context), timed('date_format', time, context)),
  format_datetime: ([time, format], context) =>
    formatted(jodaFormat(format, context), timed('format_datetime', time, context)),
  date_parse: ([arg, format], context) => ({
    // A year that is not said is 1970, of a day 2000.
    sql: /%[yYx]/.test(String(format?.literal))
      ? `strptime(${arg?.sql}, ${text(mysqlFormat(format, context))})`
      : `strptime('${/%[bcdeMmj]/.test(String(format?.literal)) ? '2000' : '1970'} ' || ${arg?.sql}, ${text(`%Y ${mysqlFormat(format, context)}`)})`,
    type: timestampOf(3),
  }),
  from_unixtime: fromUnixtime,
  to_unixtime: ([arg], context) => {
    const time = timed('to_unixtime', arg, context)
    return {
      sql: `(epoch_us(${coerced(time, time.type.kind === 'date' ? timestampOf(0) : time.type)}) / 1e6)`,
      type: simple('double'),
    }
  },
  from_iso8601_date: ([arg]) => ({
    sql: `CASE WHEN ${iso('[0-9]{4}-[0-9]{2}-[0-9]{2}').replace('$', arg?.sql ?? '')} THEN CAST(${arg?.sql} AS DATE) WHEN ${arg?.sql} IS NOT NULL THEN CAST('§The local engine reads YYYY-MM-DD' AS DATE) END`,
    type: simple('date'),
  }),
  from_iso8601_timestamp: fromIso8601Timestamp,
  to_iso8601: toIso8601,
  last_day_of_month: ([arg], context) => ({
    sql: `last_day(${localTime(timed('last_day_of_month', arg, context))})`,
    type: simple('date'),
  }),
  at_timezone: atTimeZone,
  with_timezone: ([arg, zone], context) => {
    const time = timed('with_timezone', arg, context)
    if (time.type.kind !== 'timestamp') throw new SqlError('with_timezone takes a timestamp.', placeOf(context))
    const name = literalZone(zone, context)
    return { sql: `timezone(${text(name)}, ${time.sql})`, type: instantOf(time.type.precision, name) }
  },
  now: () => ({ sql: 'now()', type: instantOf(3, 'UTC') }),
  to_milliseconds: ([arg], context) => {
    if (arg?.type.kind !== 'interval day to second')
      throw new SqlError('to_milliseconds takes an interval.', placeOf(context))
    return { sql: `CAST(round(epoch(${arg.sql}) * 1000) AS BIGINT)`, type: simple('bigint') }
  },
}

function timedOrInterval(name: string, arg: Expression | undefined, context: ParserRuleContext): Expression {
  return arg?.type.kind.startsWith('interval') ? arg : timed(name, arg, context)
}
