/**
 * Subqueries that refer to the query around them. DuckDB answers any of them; Athena makes joins of them and refuses what
 * it has no join for ("Given correlated subquery is not supported"), by rules of its optimizer and not of its grammar. So
 * the forms that Trino 476 was seen to answer pass, and all others are refused with the advice to join, for what runs here
 * has to run there. They are: in WHERE and in ON of an inner join; as a value of one aggregate, of plain rows, or of the
 * first row of an order where both sides are equal by columns; EXISTS; IN, ANY and ALL of plain rows; UNNEST of an outer
 * array; a SELECT without FROM. A few that Trino answers are refused too, such as `(SELECT max(y) + t.x …)`; what a newer
 * Trino takes beyond them shows in the corpus as refused.
 */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { isAggregateName } from './aggregates.ts'
import { condition, expression } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { holds, nameOf, placeOf } from './parse.ts'
import type { Correlation, Place, Query } from './place.ts'
import type { Scope } from './scope.ts'
import { SqlError } from './sql-error.ts'

/** Where a subquery stands: for a value, behind EXISTS, IN or a comparison, in FROM, or in WITH. */
export type Use = 'value' | 'lateral' | 'exists' | 'set' | 'from' | 'with'

/** The query, where Athena answers what it refers to of the query around it; else it throws. */
export function answerable(query: Query, use: Use, context: ParserRuleContext): Query {
  if (query.correlation && !ANSWERED[use](query.correlation)) throw unanswered(context)
  return query
}

const asItIs = ({ rows, inItems, inUnnest, limit }: Correlation): boolean =>
  rows === 'all' && !inItems && !inUnnest && limit === undefined

const asValue = ({ rows, inItems, inUnnest, hasHaving, byEquality, limit }: Correlation): boolean => {
  if (inItems || hasHaving) return false
  if (limit === undefined || rows === 'one') return true
  return limit === 'first' && rows === 'all' && (byEquality || inUnnest)
}

const ANSWERED: Readonly<Record<Use, (correlation: Correlation) => boolean>> = {
  value: asValue,
  lateral: asValue,
  exists: ({ limit, byEquality }) => limit === undefined || byEquality,
  set: asItIs,
  from: asItIs,
  with: () => false,
}

function unanswered(context: ParserRuleContext): SqlError {
  return new SqlError(
    'this subquery refers to the query around it in a way that Athena mostly refuses; join the two instead.',
    placeOf(context),
  )
}

/** The parts of a SELECT in DuckDB's SQL. */
export interface SelectParts {
  readonly items: string
  readonly from: string
  readonly where: string
  /** GROUP BY, HAVING, WINDOW, ORDER BY. */
  readonly rest: string
}

/** What a SELECT refers to of the query around it; undefined of nothing. */
export function correlationOf(
  context: Trino.QuerySpecificationContext,
  parts: SelectParts,
  place: Place,
): Correlation | undefined {
  const around = place.scope.parent
  const whole = Object.values(parts).join(' ')
  if (!around || !mentions(around, whole)) return undefined
  if (around.parent && mentions(around.parent, whole)) throw unanswered(context)
  const near = (sql: string): boolean => mentions(around, sql)
  const hasWindow = holds(context.selectList(), (one) => one instanceof G.OverContext)
  if (near(parts.rest) || hasWindow) throw unanswered(context)
  const [rows, isOneRow, inUnnest] = [rowsOf(context), parts.from === '', readsUnnest(context, parts, near)]
  if (isOneRow && parts.where !== '') throw unanswered(context)
  return {
    rows,
    inUnnest,
    inItems: near(parts.items) && !isOneRow && !(inUnnest && rows === 'one'),
    hasHaving: context.havingClause() !== null,
    byEquality: !near(parts.from) && isByEquality(context.whereClause()?.booleanExpression(), place, near),
  }
}

/** Whether an UNNEST reads an array of the query around; then there may be nothing else beside the SELECT list. */
function readsUnnest(
  context: Trino.QuerySpecificationContext,
  { from, where }: SelectParts,
  near: (sql: string) => boolean,
): boolean {
  const relations = context.relation()
  if (!near(from) || !relations.some((one) => holds(one, isUnnest))) return false
  const isBare = !context.groupBy() && !context.havingClause() && !context.setQuantifier() && where === ''
  if (!isBare || relations.length > 1) throw unanswered(context)
  return true
}

/** Throws where a piece refers to the query around at a place that Athena has no join for. */
export function checkAlone(sql: string, around: Scope | undefined, context: ParserRuleContext): void {
  if (around && mentions(around, sql)) throw unanswered(context)
}

const isUnnest = (context: ParserRuleContext): boolean => context instanceof G.UnnestContext

function rowsOf(context: Trino.QuerySpecificationContext): Correlation['rows'] {
  if (context.groupBy() || context.setQuantifier()) return 'grouped'
  return holds(context.selectList(), isAggregate) ? 'one' : 'all'
}

function isAggregate(context: ParserRuleContext): boolean {
  if (context instanceof G.ListAggContext) return true
  return context instanceof G.FunctionCallContext && isAggregateName(nameOf(context.functionName()))
}

/** Whether what is said of the query around is `own column = its column`, and nothing else. */
function isByEquality(context: ParserRuleContext | undefined, place: Place, near: (sql: string) => boolean): boolean {
  if (!context) return false
  if (context instanceof G.AndContext)
    return context.booleanExpression().every((one) => isByEquality(one, place, near) || !near(condition(one, place)))
  if (!(context instanceof G.PredicatedContext)) return false
  const predicate = context.predicate()
  if (!(predicate instanceof G.ComparisonContext) || predicate.comparisonOperator().getText() !== '=') return false
  const sides = [context.valueExpression(), predicate.valueExpression()].map((one) => expression(one, place))
  return sides.every(({ name }) => name !== undefined) && sides.filter(({ sql }) => near(sql)).length === 1
}

/** Whether the SQL has a column of the scope or of one around it. Columns are written as `r1."close"`, of lambdas `l1_x_0`. */
function mentions(scope: Scope, sql: string): boolean {
  const own = scope.columns.some(({ expression }) =>
    (expression.sql.match(/\br\d+\."(?:[^"]|"")*"|\bl\d+_\w+/g) ?? []).some((name) => sql.includes(name)),
  )
  return own || (scope.parent !== undefined && mentions(scope.parent, sql))
}
