/** Parts of a time: `year(t)`, and `EXTRACT(YEAR FROM t)`. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { localTime } from './coercion.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BIGINT, isTime, typeText, VARCHAR } from './types.ts'

export type TimeCall = (args: readonly Expression[], context: ParserRuleContext) => Expression

export function timed(name: string, arg: Expression | undefined, context: ParserRuleContext): Expression {
  if (arg && isTime(arg.type)) return arg
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
  const type = BIGINT
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

/** What a zone's clock is ahead of UTC, in seconds. */
export function aheadOf(name: string, arg: Expression | undefined, context: ParserRuleContext): string {
  const time = timed(name, arg, context)
  if (!('zone' in time.type)) throw new SqlError(`${name} takes a timestamp with a zone.`, placeOf(context))
  return `CAST(epoch(${localTime(time)}) - epoch(timezone('UTC', ${time.sql})) AS BIGINT)`
}

/** By name: each part of a time, and what is known of its zone. */
export const PART_FUNCTIONS: Readonly<Record<string, TimeCall>> = {
  ...Object.fromEntries(
    Object.keys(PARTS).map((name): [string, TimeCall] => [
      name,
      ([arg], context) =>
        partOf(name, arg?.type.kind.startsWith('interval') ? arg : timed(name, arg, context), context),
    ]),
  ),
  timezone: ([arg], context) => {
    const { type } = timed('timezone', arg, context)
    if (!('zone' in type)) throw new SqlError('timezone takes a timestamp with a zone.', placeOf(context))
    return { sql: `(CASE WHEN ${arg?.sql} IS NOT NULL THEN ${text(type.zone)} END)`, type: VARCHAR }
  },
  timezone_hour: ([arg], context) => ({
    sql: `(${aheadOf('timezone_hour', arg, context)} // 3600)`,
    type: BIGINT,
  }),
  timezone_minute: ([arg], context) => ({
    sql: `(${aheadOf('timezone_minute', arg, context)} // 60 % 60)`,
    type: BIGINT,
  }),
}
