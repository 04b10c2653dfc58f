/** Times as texts and back, by formats that are literals. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { localTime } from './coercion.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { aheadOf, type TimeCall as Call, timed } from './time-parts.ts'
import { DATE, instantOf, timestampOf, VARCHAR } from './types.ts'

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
  '%x': '%G',
  '%v': '%V',
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

/** Of milliseconds, to which Trino rounds before it writes. */
function formatted(format: string, time: Expression): Expression {
  const local = time.type.kind === 'date' ? `CAST(${time.sql} AS TIMESTAMP)` : localTime(time)
  const isFiner = 'precision' in time.type && time.type.precision > 3
  return { sql: `strftime(${isFiner ? `trino_round_time(${local}, 1000)` : local}, ${text(format)})`, type: VARCHAR }
}

/** Of milliseconds: what a text says beyond them is cut off. */
const parsed = (value: string, format: string): Expression => ({
  sql: `date_trunc('millisecond', strptime(${value}, ${text(format)}))`,
  type: timestampOf(3),
})

const iso = (pattern: string): string => `regexp_full_match($, ${text(pattern)})`

/** A day, or a time of one in UTC. Of a fraction, milliseconds count. */
const ISO_IN_UTC = '[0-9]{4}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?Z?)?'

const fromIso8601Timestamp: Call = ([arg], context) => {
  if (arg?.type.kind !== 'varchar') throw new SqlError('from_iso8601_timestamp takes text.', placeOf(context))
  if (typeof arg.literal === 'string' && !new RegExp(`^${ISO_IN_UTC}$`).test(arg.literal))
    throw notHere('from_iso8601_timestamp but of a time in UTC', context)
  return { sql: `trino_iso_time(${arg.sql}, ${text(ISO_IN_UTC)})`, type: instantOf(3, 'UTC') }
}

const toIso8601: Call = ([arg], context) => {
  const time = timed('to_iso8601', arg, context)
  if (time.type.kind === 'date') return { sql: `strftime(${time.sql}, '%Y-%m-%d')`, type: VARCHAR }
  const precision = 'precision' in time.type ? time.type.precision : 0
  const plain = `replace(trino_time_text(${localTime(time)}, ${precision}), ' ', 'T')`
  if (time.type.kind === 'timestamp') return { sql: plain, type: VARCHAR }
  if ('zone' in time.type && time.type.zone === 'UTC') return { sql: `(${plain} || 'Z')`, type: VARCHAR }
  const ahead = aheadOf('to_iso8601', time, context)
  const [hours, minutes] = [`abs(${ahead}) // 3600`, `abs(${ahead}) // 60 % 60`]
  const offset = `CASE WHEN ${ahead} < 0 THEN '-' ELSE '+' END || printf('%02d:%02d', ${hours}, ${minutes})`
  return { sql: `(${plain} || ${offset})`, type: VARCHAR }
}

/** Letters of Joda whose reading is the same here: numbers of a date and a time. */
const READ_ALIKE = /^(?:yyyy|MM|dd|HH|mm|ss|SSS|'[^']*'|[^A-Za-z'])*$/

const parseDatetime: Call = ([arg, format], context) => {
  if (typeof format?.literal !== 'string' || !READ_ALIKE.test(format.literal))
    throw notHere('parse_datetime but by yyyy, MM, dd, HH, mm, ss and SSS', context)
  return {
    sql: `timezone('UTC', strptime(${arg?.sql}, ${text(jodaFormat(format, context))}))`,
    type: instantOf(3, 'UTC'),
  }
}

/** By name. */
export const FORMAT_FUNCTIONS: Readonly<Record<string, Call>> = {
  date_format: ([time, format], context) =>
    formatted(mysqlFormat(format, context), timed('date_format', time, context)),
  format_datetime: ([time, format], context) =>
    formatted(jodaFormat(format, context), timed('format_datetime', time, context)),
  date_parse([arg, format], context) {
    const [wanted, read] = [String(format?.literal), mysqlFormat(format, context)]
    if (/%[yYx]/.test(wanted)) return parsed(arg?.sql ?? '', read)
    // A year that is not said is 1970, of a day 2000.
    return parsed(`'${/%[bcdeMmj]/.test(wanted) ? '2000' : '1970'} ' || ${arg?.sql}`, `%Y ${read}`)
  },
  parse_datetime: parseDatetime,
  from_iso8601_date: ([arg]) => ({
    sql: `CASE WHEN ${iso('[0-9]{4}-[0-9]{2}-[0-9]{2}').replace('$', arg?.sql ?? '')} THEN CAST(${arg?.sql} AS DATE) WHEN ${arg?.sql} IS NOT NULL THEN CAST('§The local engine reads YYYY-MM-DD' AS DATE) END`,
    type: DATE,
  }),
  from_iso8601_timestamp: fromIso8601Timestamp,
  to_iso8601: toIso8601,
}
