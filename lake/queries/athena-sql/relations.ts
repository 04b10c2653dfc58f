/** What stands in FROM: tables, views, queries, joins, UNNEST. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { alike } from './coercion.ts'
import { answerable, checkAlone } from './correlation.ts'
import { column, condition, expressions } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { comparison } from './operators.ts'
import { childrenOf, formOf, holdsQuery, nameOf, partsOf, placeOf } from './parse.ts'
import { type Output, type Place, renamed, scopeColumns } from './place.ts'
import { columnOf, type Expression, noColumn, notHere, type Scope, type ScopeColumn } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { BIGINT, isFloating, type SqlType, typeText } from './types.ts'

interface Source {
  readonly sql: string
  readonly columns: readonly ScopeColumn[]
}

/** All of FROM; what stands later may see what stands before where it is LATERAL or UNNEST. */
export function relationsOf(contexts: readonly ParserRuleContext[], place: Place): Source {
  return contexts.reduce<Source>(
    (left, context) => {
      const right = relation(context, lateral(place, left))
      const sql = left.sql ? `${left.sql} CROSS JOIN ${right.sql}` : right.sql
      return { sql, columns: [...left.columns, ...right.columns] }
    },
    { sql: '', columns: [] },
  )
}

function lateral(place: Place, left: Source): Place {
  return { ...place, scope: { columns: left.columns, parent: place.scope } }
}

function relation(context: ParserRuleContext, place: Place): Source {
  if (context instanceof G.RelationDefaultContext) return relation(context.sampledRelation(), place)
  if (context instanceof G.JoinRelationContext) return join(context, place)
  if (context instanceof G.SampledRelationContext) {
    if (context.sampleType()) throw notHere('TABLESAMPLE, for no two engines take the same rows', context)
    return relation(context.patternRecognition(), place)
  }
  if (context instanceof G.PatternRecognitionContext) {
    if (context.KW_MATCH_RECOGNIZE()) throw notHere('MATCH_RECOGNIZE', context)
    return aliased(context.aliasedRelation(), place)
  }
  throw notHere(formOf(context), context)
}

function aliased(context: Trino.AliasedRelationContext, place: Place): Source {
  const alias = context.identifier()
  const name = alias ? nameOf(alias) : undefined
  const primary = context.relationPrimary()
  if (primary instanceof G.ParenthesizedRelationContext) {
    const inner = relation(primary.relation(), place)
    if (!name) return { ...inner, sql: `(${inner.sql})` }
    throw notHere('name for a join in parentheses', context)
  }
  const inner = `r${place.queries.nextNumber()}`
  const made = (sql: string, columns: readonly Output[], own: string | undefined): Source => ({
    sql: `${sql} AS ${inner}`,
    columns: scopeColumns(renamed(columns, context.columnAliases()), inner, own),
  })
  if (primary instanceof G.TableNameContext) {
    const table = tableRefOf(primary)
    const { sql, columns } = place.queries.relation(table)
    return made(sql, columns, name ?? childrenOf(table).map(nameOf).at(-1))
  }
  if (!(primary instanceof G.ExpressionSourceTableContext)) throw notHere('FROM of this form', primary)
  const source = primary.relationSourceTable()
  if (source instanceof G.UnnestContext) {
    const { sql, columns } = unnest(source, place)
    return made(`LATERAL (${sql})`, columns, name)
  }
  if (source instanceof G.LateralContext) {
    const { sql, columns } = answerable(place.queries.query(source.query(), place.scope), 'lateral', source)
    return made(`LATERAL (${sql})`, columns, name)
  }
  if (source instanceof G.SubqueryRelationContext) {
    // What stands before in FROM is out of sight here; only queries around are in it.
    const { sql, columns } = answerable(place.queries.query(source.query(), place.scope.parent), 'from', source)
    return made(`(${sql})`, columns, name)
  }
  throw notHere(formOf(source), source)
}

function tableRefOf(primary: Trino.TableNameContext): ParserRuleContext {
  if (primary.queryPeriod()) throw notHere('FOR VERSION', primary)
  const either = primary.tableOrViewName()
  const table = either.tableRef() ?? either.viewRef()
  if (!table) throw notHere('FROM of this form', primary)
  return table
}

/** UNNEST of arrays and maps side by side; rows of an array become columns, as in Trino. */
function unnest(
  context: Trino.UnnestContext,
  place: Place,
): { readonly sql: string; readonly columns: readonly Output[] } {
  const args = expressions(context.expression(), place)
  const cells: { sql: string; type: SqlType }[] = []
  const lengths: string[] = []
  for (const arg of args) {
    if (arg.type.kind === 'map') {
      cells.push(
        { sql: `unnest(map_keys(${arg.sql}))`, type: arg.type.key },
        { sql: `unnest(map_values(${arg.sql}))`, type: arg.type.value },
      )
      lengths.push(`len(map_keys(${arg.sql}))`)
    } else if (arg.type.kind === 'array') {
      cells.push(...unnestedArray(arg, arg.type.of))
      lengths.push(`len(${arg.sql})`)
    } else throw new SqlError(`UNNEST takes arrays and maps; got ${typeText(arg.type)}.`, placeOf(context))
  }
  if (context.KW_ORDINALITY())
    cells.push({ sql: `unnest(range(1, coalesce(greatest(${lengths.join(', ')}), 0) + 1))`, type: BIGINT })
  const columns = cells.map(
    ({ type }, i): Output => ({ name: `_col${i}`, inner: `c${i}`, type, mayBeNaN: isFloating(type) }),
  )
  return { columns, sql: `SELECT ${cells.map(({ sql }, i) => `${sql} AS c${i}`).join(', ')}` }
}

function unnestedArray({ sql }: Expression, of: SqlType): { sql: string; type: SqlType }[] {
  if (of.kind !== 'row') return [{ sql: `unnest(${sql})`, type: of }]
  return of.fields.map((field, i) => ({
    sql: `unnest(list_transform(${sql}, lambda _e: (_e).f${i}))`,
    type: field.type,
  }))
}

function join(context: Trino.JoinRelationContext, place: Place): Source {
  const left = relation(context._left as ParserRuleContext, place)
  const right = relation((context._rightRelation ?? context._right) as ParserRuleContext, {
    ...place,
    scope: { columns: [...place.scope.columns, ...left.columns], parent: place.scope.parent },
  })
  if (context.KW_NATURAL()) throw notHere('NATURAL JOIN', context)
  const columns = [...left.columns, ...right.columns]
  if (context.KW_CROSS()) return { sql: `${left.sql} CROSS JOIN ${right.sql}`, columns }
  const type =
    (context.joinType()?.KW_LEFT() && 'LEFT') ||
    (context.joinType()?.KW_RIGHT() && 'RIGHT') ||
    (context.joinType()?.KW_FULL() && 'FULL') ||
    'INNER'
  const joined = `${left.sql} ${type} JOIN ${right.sql}`
  const criteria = context.joinCriteria()
  if (!criteria) throw new SqlError('JOIN needs ON or USING.', placeOf(context))
  if (criteria.KW_USING()) return using(joined, { left, right }, criteria)
  const scope: Scope = { columns, parent: place.scope.parent }
  const test = criterion(criteria, { ...place, scope, clause: 'ON' })
  if (type !== 'INNER') {
    checkAlone(test, place.scope.parent, criteria)
    if (holdsQuery(criteria)) throw notHere('subquery in ON of an outer join', criteria)
  }
  return { sql: `${joined} ON ${test}`, columns }
}

/** The grammar reads `ON a.x = b.y` by a rule of its own. */
function criterion(criteria: Trino.JoinCriteriaContext, place: Place): string {
  const test = criteria.booleanExpression()
  if (test) return condition(test, place)
  const pair = criteria.joinColumnEquality()
  if (!pair) throw notHere('JOIN of this form', criteria)
  const [a, b] = pair.joinColumnReference().map((one) => column(partsOf(one), one, place))
  return comparison('=', a as Expression, b as Expression, pair).sql
}

/** Columns of USING stand once, before all others; they are of the side that has a row. */
function using(
  joined: string,
  { left, right }: { readonly left: Source; readonly right: Source },
  criteria: Trino.JoinCriteriaContext,
): Source {
  const names = criteria.identifier().map(nameOf)
  const pairs = names.map((name) => {
    const [a, b] = [left, right].map(({ columns }) => {
      const scope: Scope = { columns, parent: undefined }
      const column = columnOf([name], scope, criteria)
      if (!column) throw noColumn(name, scope, criteria)
      return column
    }) as [Expression, Expression]
    return { name, a, b, test: comparison('=', a, b, criteria).sql }
  })
  const merged = pairs.map(({ name, a, b }): ScopeColumn => {
    const { sqls, type } = alike([a, b], criteria)
    const mayBeNaN = a.mayBeNaN === true || b.mayBeNaN === true
    return { relation: undefined, name, expression: { sql: `coalesce(${sqls.join(', ')})`, type, name, mayBeNaN } }
  })
  const others = [...left.columns, ...right.columns].filter(({ name = '' }) => !names.includes(name))
  return { sql: `${joined} ON ${pairs.map(({ test }) => test).join(' AND ')}`, columns: [...merged, ...others] }
}
