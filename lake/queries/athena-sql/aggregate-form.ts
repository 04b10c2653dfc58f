/** How an aggregate or a window function is called: its arguments, and what stands around them. */
import type { ParserRuleContext } from 'antlr4ng'
import { type Expression, notHere } from './scope.ts'

/** What stands around the arguments: DISTINCT, ORDER BY, FILTER, IGNORE NULLS, OVER. */
export interface Around {
  readonly distinct: boolean
  readonly orderBy: string
  readonly filter: string
  readonly over: string | undefined
  readonly ignoreNulls: boolean
}

export type Aggregate = (args: readonly Expression[], around: Around, context: ParserRuleContext) => Expression

/** `name(args)` with all that stands around. */
export function call(
  name: string,
  sqls: readonly string[],
  { distinct, orderBy, filter, over, ignoreNulls }: Around,
): string {
  const inner = `${distinct ? 'DISTINCT ' : ''}${sqls.join(', ')}${orderBy}${ignoreNulls ? ' IGNORE NULLS' : ''}`
  return `${name}(${inner})${filter}${over === undefined ? '' : ` OVER ${over}`}`
}

/** Only of the rows where a value is not null, among those that FILTER lets pass. */
export function withoutNulls(around: Around, sql: string): Around {
  const filter = around.filter
    ? around.filter.replace(/\)$/, ` AND ${sql} IS NOT NULL)`)
    : ` FILTER (WHERE ${sql} IS NOT NULL)`
  return { ...around, filter }
}

export function one(args: readonly Expression[], context: ParserRuleContext): Expression {
  const [arg, ...more] = args
  if (!arg || more.length > 0) throw notHere('aggregate of so many arguments', context)
  return arg
}

/** Of its argument's type. */
export const same =
  (name: string): Aggregate =>
  (args, around, context) => {
    const arg = one(args, context)
    return { sql: call(name, [arg.sql], around), type: arg.type, mayBeNaN: arg.mayBeNaN }
  }
