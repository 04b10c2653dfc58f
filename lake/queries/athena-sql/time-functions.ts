/** Functions of dates and times: units and formats are literals, so that they are translated once. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { castTo, coerced, localTime } from './coercion.ts'
import { zoneName } from './literals.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { FORMAT_FUNCTIONS } from './time-formats.ts'
import { type TimeCall as Call, PART_FUNCTIONS, timed } from './time-parts.ts'
import { BIGINT, DATE, DOUBLE, instantOf, isInteger, timestampOf } from './types.ts'

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
  const interval = INTERVAL_MAKERS[unit].replace('$', coerced(amount, BIGINT))
  if (time.type.kind === 'date') {
    if (!isClockUnit(unit)) throw new SqlError(`'${unit}' is no unit of a date.`, placeOf(context))
    return { sql: `CAST(${time.sql} + ${interval} AS DATE)`, type: time.type }
  }
  if (time.type.kind === 'timestamp') return movedTimestamp(time.sql, time.type.precision, { unit, interval })
  if (unit === 'millisecond' && precisionOf(time) < 3) throw notHere('milliseconds of an instant without them', context)
  const zone = 'zone' in time.type ? time.type.zone : 'UTC'
  const type = instantOf(precisionOf(time), zone)
  if (!isClockUnit(unit)) return { sql: `(${time.sql} + ${interval})`, type }
  return { sql: `trino_moved(${text(zone)}, ${time.sql}, ${localTime(time)} + ${interval})`, type }
}

/** The digits stay as many as they were: milliseconds are rounded away where there are none. */
function movedTimestamp(
  time: string,
  precision: number,
  { unit, interval }: { readonly unit: string; readonly interval: string },
): Expression {
  const moved = `(${time} + ${interval})`
  const isRounded = unit === 'millisecond' && precision < 3
  const sql = isRounded ? `trino_round_time(${moved}, ${10 ** (6 - precision)})` : moved
  return { sql, type: timestampOf(precision) }
}

function precisionOf({ type }: Expression): number {
  return 'precision' in type ? type.precision : 0
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
  return { sql: `date_sub(${text(unit)}, ${plain(a)}, ${plain(b)})`, type: BIGINT }
}

function literalZone(arg: Expression | undefined, context: ParserRuleContext): string {
  if (typeof arg?.literal !== 'string') throw notHere('zone that is not a literal', context)
  return zoneName(arg.literal, context)
}

/** `t AT TIME ZONE 'zone'`: the same instant on another clock. A time without a zone is of UTC. */
export const atTimeZone: Call = ([arg, zoneArg], context) => {
  const time = timed('AT TIME ZONE', arg, context)
  const zone = literalZone(zoneArg, context)
  const type = instantOf(precisionOf(time), zone)
  return { sql: coerced(time, type), type }
}

const fromUnixtime: Call = ([arg, zoneArg, ...more], context) => {
  if (!arg || more.length > 0) throw notHere('from_unixtime of these arguments', context)
  const zone = zoneArg ? literalZone(zoneArg, context) : 'UTC'
  const seconds = coerced(arg, DOUBLE)
  return {
    sql: `timezone('UTC', make_timestamp(CAST(round(${seconds} * 1000) AS BIGINT) * 1000))`,
    type: instantOf(3, zone),
  }
}

function dateOf([arg]: readonly Expression[], context: ParserRuleContext): Expression {
  if (!arg) throw new SqlError('date takes one argument.', placeOf(context))
  return castTo(arg, DATE, context)
}

/** By name; each takes what Trino's function of the name takes. */
export const TIME_FUNCTIONS: Readonly<Record<string, Call>> = {
  ...PART_FUNCTIONS,
  ...FORMAT_FUNCTIONS,
  date: dateOf,
  date_trunc: dateTrunc,
  date_add: dateAdd,
  date_diff: dateDiff,
  from_unixtime: fromUnixtime,
  to_unixtime: ([arg], context) => {
    const time = timed('to_unixtime', arg, context)
    return {
      sql: `(epoch_us(${coerced(time, time.type.kind === 'date' ? timestampOf(0) : time.type)}) / 1e6)`,
      type: DOUBLE,
    }
  },
  last_day_of_month: ([arg], context) => ({
    sql: `last_day(${localTime(timed('last_day_of_month', arg, context))})`,
    type: DATE,
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
    return { sql: `CAST(round(epoch(${arg.sql}) * 1000) AS BIGINT)`, type: BIGINT }
  },
}
