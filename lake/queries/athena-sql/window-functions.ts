/** Functions that are called over a window only. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { type Aggregate, call, one, same } from './aggregate-form.ts'
import { alike, failure } from './coercion.ts'
import { GRAMMAR as G } from './grammar.ts'
import { nameOf, placeOf } from './parse.ts'
import type { Expression } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BIGINT, DOUBLE, isFloating, type SqlType } from './types.ts'

const ranking =
  (name: string, type: SqlType): Aggregate =>
  (_args, around) => ({ sql: call(name, [], around), type })

/** How many rows to go; of fewer Trino says so. */
function atLeast(least: 0 | 1, { sql, literal }: Expression): string {
  if (typeof literal === 'number' && literal >= least) return sql
  const tooFew = `WHEN ${sql} < ${least} THEN ${failure(`Offset must be at least ${least}`, BIGINT)}`
  const none = least === 0 ? ` WHEN ${sql} IS NULL THEN ${failure('Offset must not be null', BIGINT)}` : ''
  return `CASE ${tooFew}${none} ELSE ${sql} END`
}

const shifted =
  (name: string): Aggregate =>
  ([value, offset, otherwise], around, context) => {
    if (!value) throw new SqlError(`${name} takes a value.`, placeOf(context))
    const { type, sqls } = alike(otherwise ? [value, otherwise] : [value], context)
    const rest = offset ? [atLeast(0, offset), ...sqls.slice(1)] : []
    return {
      sql: call(name, [sqls[0] ?? '', ...rest], around),
      type,
      mayBeNaN: isFloating(type) && value.mayBeNaN === true,
    }
  }

export const WINDOW_FUNCTIONS: Readonly<Record<string, Aggregate>> = {
  row_number: ranking('row_number', BIGINT),
  rank: ranking('rank', BIGINT),
  dense_rank: ranking('dense_rank', BIGINT),
  percent_rank: ranking('percent_rank', DOUBLE),
  cume_dist: ranking('cume_dist', DOUBLE),
  ntile: (args, around, context) => ({ sql: call('ntile', [one(args, context).sql], around), type: BIGINT }),
  lag: shifted('lag'),
  lead: shifted('lead'),
  first_value: same('first_value'),
  last_value: same('last_value'),
  nth_value: ([value, n], around, context) => {
    if (!value || !n) throw new SqlError('nth_value takes a value and a number.', placeOf(context))
    return { sql: call('nth_value', [value.sql, atLeast(1, n)], around), type: value.type, mayBeNaN: value.mayBeNaN }
  },
}

/** Functions over a window that read its frame; the others read all of its partition. */
const FRAMED: readonly string[] = ['first_value', 'last_value', 'nth_value']

export function checkWindow(name: string, context: Trino.FunctionCallContext): void {
  const windows = windowsOf(context)
  const frame = windows.map((one) => one.windowFrame()).find((one) => one !== null)
  if (frame && !FRAMED.includes(name))
    throw new SqlError(`${name} reads all of its partition; it takes no frame.`, placeOf(frame))
  const isOrdered = windows.length === 0 || windows.some((one) => one.sortItem().length > 0)
  if (!isOrdered && (name === 'lag' || name === 'lead'))
    throw new SqlError(`${name} goes by an order: give its window an ORDER BY.`, placeOf(context))
}

/** The window of a call, and those that it goes on from by name; none where one of them is named elsewhere. */
function windowsOf(context: Trino.FunctionCallContext): readonly Trino.WindowSpecificationContext[] {
  const over = context.over()
  const windows: Trino.WindowSpecificationContext[] = []
  let next = over?.windowSpecification() ?? definitionOf(over?._windowName, context)
  while (next && !windows.includes(next)) {
    windows.push(next)
    const behind = next._existingWindowName
    next = definitionOf(behind, context)
    if (behind && !next) return []
  }
  return windows
}

/** Whether a window has an order, its own or that of the window it goes on from. */
export function isOrdered(window: Trino.WindowSpecificationContext): boolean {
  const behind = definitionOf(window._existingWindowName, window)
  return window.sortItem().length > 0 || (behind !== undefined && isOrdered(behind))
}

/** What WINDOW says of the name in the query around. */
function definitionOf(name: ParserRuleContext | undefined, context: ParserRuleContext) {
  let query: ParserRuleContext | null = context
  while (query && !(query instanceof G.QuerySpecificationContext)) query = query.parent
  const named = query?.windowDefinition().find((one) => name && nameOf(one.identifier()) === nameOf(name))
  return named?.windowSpecification()
}
