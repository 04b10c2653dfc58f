/** Calls with all that may stand around them: DISTINCT, ORDER BY, FILTER, OVER, IGNORE NULLS. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { text } from '../sql-text.ts'
import { type Aggregate, type Around, withoutNulls } from './aggregate-form.ts'
import { AGGREGATES } from './aggregates.ts'
import { type Argument, plain } from './arguments.ts'
import { call } from './calls.ts'
import { coerced, failure } from './coercion.ts'
import { argument, condition, expression, expressions, rule } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { reduce } from './list-folds.ts'
import { textOf } from './literals.ts'
import { childrenOf, isDistinct, nameOf, placeOf } from './parse.ts'
import type { Place } from './place.ts'
import { checkComparable, type Expression, notHere } from './scope.ts'
import { sortSql } from './sorting.ts'
import { SqlError } from './sql-error.ts'
import { arrayOf, BIGINT, DOUBLE, isInteger, isNumber, simple, typeText, VARCHAR } from './types.ts'
import { checkWindow, isOrdered, WINDOW_FUNCTIONS } from './window-functions.ts'

/** Functions whose answer on Athena is near the truth, by what a reader of ours must know. */
const EXACT_HERE: Readonly<Record<string, string>> = {
  approx_distinct: 'approx_distinct is exact here; on Athena it has a standard error of 2.3 %.',
  approx_percentile: 'approx_percentile is exact here; on Athena it is near the percentile.',
}

function functionCall(context: Trino.FunctionCallContext, place: Place): Expression {
  const names = context.functionName().qualifiedName().identifier().map(nameOf)
  const name = names.at(-1) ?? ''
  if (names.length > 1) throw notHere(`function ${names.join('.')}`, context)
  if (context.processingMode()) throw notHere('RUNNING and FINAL', context)
  const around = aroundOf(context, place)
  const aggregate = aggregateOf(name, context, around)
  if (aggregate) {
    checkClause(name, context, place)
    return aggregate(context, around, place)
  }
  if (around.over !== undefined || around.filter || around.distinct || around.orderBy || around.ignoreNulls)
    throw notHere(`aggregate ${name}`, context)
  const args = context.expression().map((one) => argument(one, place))
  return call(name, args, context)
}

type AggregateCall = (context: Trino.FunctionCallContext, around: Around, place: Place) => Expression

/** How the name is called where it is an aggregate's or a window function's. */
function aggregateOf(name: string, context: Trino.FunctionCallContext, around: Around): AggregateCall | undefined {
  if (name === 'approx_percentile') return approxPercentile
  if (name === 'reduce_agg') return reduceAgg
  const windowed = ownOf(WINDOW_FUNCTIONS, name)
  const aggregate = windowed ?? ownOf(AGGREGATES, name)
  if (!aggregate) return undefined
  if (context.ASTERISK() && (name !== 'count' || context._label))
    throw new SqlError(`${name}(*) is no function, nor is ${name} of a table's *.`, placeOf(context))
  if (windowed) checkWindow(name, context)
  if (windowed && around.over === undefined)
    throw new SqlError(`${name} is called over a window: OVER (…).`, placeOf(context))
  if (around.over !== undefined && around.filter)
    throw new SqlError('FILTER does not go with OVER; use CASE inside the call.', placeOf(context))
  return plainAggregate(aggregate)
}

const ownOf = (list: Readonly<Record<string, Aggregate>>, name: string): Aggregate | undefined =>
  Object.hasOwn(list, name) ? list[name] : undefined

/** With values alone for arguments. */
const plainAggregate =
  (aggregate: Aggregate): AggregateCall =>
  (context, around, place) => {
    if (place.aliases) for (const one of context.expression()) refuseAliases(one, place.aliases)
    const args = expressions(context.expression(), place)
    if (around.distinct) for (const arg of args) checkComparable(arg, 'DISTINCT of', context)
    return aggregate(args, around, context)
  }

function checkClause(name: string, context: ParserRuleContext, { queries, clause }: Place): void {
  const note = EXACT_HERE[name]
  if (note) queries.note(note)
  if (!clause) return
  const instead = clause === 'WHERE' ? 'use HAVING, or a query around this one' : 'name it in a query below'
  throw new SqlError(
    `${clause} is read before rows are grouped, so ${name} cannot stand in it; ${instead}.`,
    placeOf(context),
  )
}

function refuseAliases(context: ParserRuleContext, aliases: ReadonlySet<string>): void {
  if (context instanceof G.ColumnReferenceContext && aliases.has(nameOf(context)))
    throw new SqlError(
      `in ORDER BY, an aggregate cannot be of "${nameOf(context)}", a column of the answer.`,
      placeOf(context),
    )
  for (const child of childrenOf(context)) refuseAliases(child, aliases)
}

function aroundOf(context: Trino.FunctionCallContext, place: Place): Around {
  const order = context.sortItem()
  const over = context.over()
  const filter = context.filter()
  const nulls = context.nullTreatment()
  return {
    distinct: isDistinct(context),
    orderBy: order.length === 0 ? '' : ` ORDER BY ${sortSql(order, place)}`,
    filter: filter ? filterSql(filter, place) : '',
    over: over ? overSql(over, place) : undefined,
    ignoreNulls: nulls ? nulls.KW_IGNORE() !== null : false,
  }
}

function filterSql(filter: Trino.FilterContext, place: Place): string {
  return ` FILTER (WHERE ${condition(filter.whereClause().booleanExpression(), place)})`
}

function overSql(over: Trino.OverContext, place: Place): string {
  const specification = over.windowSpecification()
  if (specification) return windowSql(specification, place)
  return windowName(over._windowName ?? over)
}

export function windowName(context: ParserRuleContext): string {
  return `"win ${nameOf(context)}"`
}

export function windowSql(context: Trino.WindowSpecificationContext, place: Place): string {
  const partition =
    context
      .partitionBy()
      ?.expression()
      .map((one) => partitionSql(one, place)) ?? []
  const order = context.sortItem()
  const frame = context.windowFrame()
  if (context._existingWindowName && context.partitionBy())
    throw new SqlError('a window that goes on from another has no PARTITION BY of its own.', placeOf(context))
  const parts = [
    context._existingWindowName ? windowName(context._existingWindowName) : '',
    partition.length > 0 ? `PARTITION BY ${partition.join(', ')}` : '',
    order.length > 0 ? `ORDER BY ${sortSql(order, place)}` : '',
    frame ? frameSql(frame, isOrdered(context), place) : '',
  ]
  return `(${parts.filter(Boolean).join(' ')})`
}

function partitionSql(context: ParserRuleContext, place: Place): string {
  const key = expression(context, place)
  checkComparable(key, 'PARTITION BY', context)
  return key.sql
}

function frameSql(context: Trino.WindowFrameContext, isOrdered: boolean, place: Place): string {
  if (context.rowPattern() || context.measureDefinition().length > 0) throw notHere('patterns over a window', context)
  const extent = context.frameExtent()
  const type = (extent._frameType?.text ?? 'ROWS').toUpperCase()
  const isBounded = extent.frameBound().some((bound) => bound instanceof G.BoundedFrameContext)
  if (type === 'GROUPS' && isBounded && !isOrdered)
    throw new SqlError('a frame of GROUPS takes a window with an ORDER BY.', placeOf(context))
  const [start, end] = extent.frameBound().map((bound) => boundSql(bound, type, place))
  return end ? `${type} BETWEEN ${start} AND ${end}` : `${type} ${start}`
}

function boundSql(bound: Trino.FrameBoundContext, type: string, place: Place): string {
  if (bound instanceof G.CurrentRowBoundContext) return 'CURRENT ROW'
  if (bound instanceof G.UnboundedFrameContext) return `UNBOUNDED ${bound._boundType?.text}`
  if (!(bound instanceof G.BoundedFrameContext)) throw notHere('window frame of this form', bound)
  const offset = expression(bound.expression(), place)
  const sql = type === 'RANGE' ? offset.sql : rowsAway(offset, type, bound)
  return `${sql} ${bound._boundType?.text}`
}

/** How many rows or groups a frame reaches: DuckDB takes what Athena refuses. */
function rowsAway(offset: Expression, type: string, context: ParserRuleContext): string {
  if (!isInteger(offset.type) && !(offset.type.kind === 'decimal' && offset.type.scale === 0))
    throw new SqlError(`a frame of ${type} reaches a whole number; got ${typeText(offset.type)}.`, placeOf(context))
  if (typeof offset.literal === 'number' && offset.literal >= 0) return offset.sql
  const bad = failure('Window frame offset value must not be negative or null', BIGINT)
  return `(CASE WHEN ${offset.sql} >= 0 THEN ${offset.sql} ELSE ${bad} END)`
}

/** Athena's is within a percent or so, this is exact: the value at the rank. */
function approxPercentile(context: Trino.FunctionCallContext, around: Around, place: Place): Expression {
  const [value, share, ...more] = expressions(context.expression(), place)
  if (!value || !share || more.length > 0) throw notHere('approx_percentile with weights or an accuracy', context)
  if (!isNumber(value.type))
    throw new SqlError(`approx_percentile takes numbers; got ${typeText(value.type)}.`, placeOf(context))
  if (around.over !== undefined || around.distinct) throw notHere('approx_percentile of this form', context)
  const type = isInteger(value.type) ? BIGINT : value.type.kind === 'decimal' ? simple('real') : value.type
  if (share.type.kind === 'unknown') throw new SqlError('a share of NULL is no share.', placeOf(context))
  const plainSql = coerced(value, type)
  const sql = value.mayBeNaN
    ? `(CASE WHEN isfinite(${plainSql}) THEN ${plainSql} WHEN ${plainSql} IS NOT NULL THEN ${failure('value must be finite', type)} END)`
    : plainSql
  const filtered = `list(${sql} ORDER BY ${sql})${withoutNulls(around, sql).filter}`
  const kind = 'trino_percentile'
  if (share.type.kind === 'array') {
    const shares = coerced(share, arrayOf(DOUBLE))
    return {
      sql: `list_transform(${shares}, lambda _q: ${kind}(${filtered}, _q))`,
      type: arrayOf(type),
    }
  }
  return { sql: `${kind}(${filtered}, ${coerced(share, DOUBLE)})`, type }
}

/** Of the rows in any order; nulls are left out. */
function reduceAgg(context: Trino.FunctionCallContext, around: Around, place: Place): Expression {
  const [value, start, step] = context.expression().map((one) => argument(one, place))
  const arg = plain(value, context)
  if (around.over !== undefined || around.filter || around.distinct) throw notHere('reduce_agg of this form', context)
  const list = { sql: `list(${arg.sql}) FILTER (WHERE ${arg.sql} IS NOT NULL)`, type: arrayOf(arg.type) }
  const asItIs: Argument = {
    of: ([type = arg.type]) => ({ names: ['_state'], body: { sql: '_state', type } }),
  }
  return reduce([list, ...[start, step].flatMap((one) => one ?? []), asItIs], context)
}

function listAgg(context: Trino.ListAggContext, place: Place): Expression {
  if (context.listAggOverflowBehavior()) throw notHere('LISTAGG with ON OVERFLOW', context)
  const value = expression(context.expression(), place)
  if (value.type.kind !== 'varchar')
    throw new SqlError(`LISTAGG takes text; got ${typeText(value.type)}.`, placeOf(context))
  const separator = context.string()
  const distinct = isDistinct(context) ? 'DISTINCT ' : ''
  const filter = context.filter()
  const inner = `${distinct}${value.sql}, ${separator ? text(textOf(separator)) : "''"} ORDER BY ${sortSql(context.sortItem(), place)}`
  return { sql: `string_agg(${inner})${filter ? filterSql(filter, place) : ''}`, type: VARCHAR }
}

rule(G.FunctionCallContext, functionCall)
rule(G.ListAggContext, listAgg)
