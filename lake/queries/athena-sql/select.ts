/** SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW … ORDER BY. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { windowName, windowSql } from './aggregate-calls.ts'
import { correlationOf } from './correlation.ts'
import { column, condition, expression } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { isDistinct, nameOf, partsOf, placeOf, writtenNameOf } from './parse.ts'
import type { Output, Place, Query } from './place.ts'
import { relationsOf } from './relations.ts'
import { checkComparable, columnOf, type Expression, notHere, quoted, type Scope, type ScopeColumn } from './scope.ts'
import { checkSortOfDistinct, ordinal, sortSql } from './sorting.ts'
import { SqlError } from './sql-error.ts'

interface Item {
  readonly name: string | undefined
  readonly written?: string | undefined
  readonly expression: Expression
}

export function selectSpecification(
  context: Trino.QuerySpecificationContext,
  order: readonly Trino.SortItemContext[],
  around: Place,
): Query {
  const from = relationsOf(context.relation(), around)
  const place: Place = { ...around, scope: { columns: from.columns, parent: around.scope } }
  const items = context
    .selectList()
    .selectItem()
    .flatMap((item) => itemsOf(item, place))
  const columns = outputsOf(items)
  const distinct = isDistinct(context) ? 'DISTINCT ' : ''
  const sorted = withAliases(place, items)
  if (distinct) for (const one of columns) checkComparable(one, 'DISTINCT of', context)
  if (distinct)
    checkSortOfDistinct(
      order,
      sorted,
      columns,
      items.map(({ expression: { sql } }) => sql),
    )
  const cells = items.map(({ expression: { sql } }, i) => `${sql} AS ${quoted(columns[i]?.inner ?? '')}`)
  const where = context.whereClause()
  const having = context.havingClause()
  const group = context.groupBy()
  const windows = context
    .windowDefinition()
    .map((one) => `${windowName(one.identifier())} AS ${windowSql(one.windowSpecification(), place)}`)
  const filter = where ? `WHERE ${condition(where.booleanExpression(), { ...place, clause: 'WHERE' })}` : ''
  const rest = [
    group ? `GROUP BY ${groupSql(group, items, { ...place, clause: 'GROUP BY' })}` : '',
    having ? `HAVING ${condition(having.booleanExpression(), place)}` : '',
    windows.length > 0 ? `WINDOW ${windows.join(', ')}` : '',
    order.length > 0 ? `ORDER BY ${sortSql(order, sorted, columns)}` : '',
  ]
  const parts = [`SELECT ${distinct}${cells.join(', ')}`, from.sql ? `FROM ${from.sql}` : '', filter, ...rest]
  return {
    sql: parts.filter(Boolean).join(' '),
    columns,
    correlation: correlationOf(
      context,
      { items: cells.join(', '), from: from.sql, where: filter, rest: rest.join(' ') },
      place,
    ),
  }
}

/** In ORDER BY, a name of the answer comes before a column of the tables; what it stands for is written in its place. */
function withAliases(place: Place, items: readonly Item[]): Place {
  const aliases = items.flatMap(({ name, expression }): ScopeColumn[] =>
    name === undefined ? [] : [{ relation: undefined, name, expression }],
  )
  const names = new Set(aliases.flatMap(({ name }) => name ?? []))
  const own = place.scope.columns.map((column) =>
    names.has(column.name ?? '') ? { ...column, isMerged: true } : column,
  )
  return { ...place, aliases: names, scope: { columns: [...aliases, ...own], parent: place.scope.parent } }
}

function outputsOf(items: readonly Item[]): readonly Output[] {
  const taken = new Set<string>()
  return items.map(({ name, written, expression }, i) => {
    const shown = name ?? expression.name ?? `_col${i}`
    const inner = taken.has(shown) ? `${shown} ${i}` : shown
    taken.add(inner)
    return { name: shown, shown: written, inner, type: expression.type, mayBeNaN: expression.mayBeNaN }
  })
}

function itemsOf(context: Trino.SelectItemContext, place: Place): readonly Item[] {
  if (context.selectAllWithoutTable()) return allColumns(place.scope, undefined, context)
  const table = context.tableAllColumns()
  if (table) {
    if (context.columnAliases()) throw notHere('.* with names', context)
    return allColumns(place.scope, partsOf(table.primaryExpression()).at(-1), context)
  }
  const alias = context.identifier()
  const name = alias ? nameOf(alias) : undefined
  const literal = context.selectLiteralColumnName()?.columnRef()
  if (literal) {
    const parts = literal.qualifiedName()?.identifier().map(nameOf) ?? []
    const made = column(parts, literal, place)
    const last = literal.qualifiedName()?.identifier().at(-1)
    return [{ name: name ?? parts.at(-1), written: writtenAt(alias ?? last), expression: made }]
  }
  const at = context.selectExpressionColumnName()?.expression()
  if (!at) throw notHere('SELECT of this form', context)
  const made = expression(at, place)
  return [{ name: name ?? made.name, written: writtenAt(alias), expression: made }]
}

function writtenAt(identifier: ParserRuleContext | null | undefined): string | undefined {
  return identifier ? writtenNameOf(identifier) : undefined
}

function allColumns(scope: Scope, relation: string | undefined, context: ParserRuleContext): readonly Item[] {
  const columns = scope.columns.filter((column) =>
    relation === undefined ? !column.isMerged : column.relation === relation,
  )
  if (columns.length === 0)
    throw new SqlError(relation ? `there is no table "${relation}" here.` : 'SELECT * needs a FROM.', placeOf(context))
  return columns.map(({ name, expression }) => ({ name, expression }))
}

function groupSql(context: Trino.GroupByContext, items: readonly Item[], place: Place): string {
  if (isDistinct(context)) throw notHere('GROUP BY DISTINCT', context)
  const set = (one: Trino.GroupingSetContext): string[] => one.groupingTerm().map((term) => termSql(term, items, place))
  const sets = (all: readonly Trino.GroupingSetContext[]): string => {
    for (const term of all.flatMap((one) => one.groupingTerm())) checkColumn(term, place)
    return all.map((one) => `(${set(one).join(', ')})`).join(', ')
  }
  const elements = context.groupingElement().map((element) => {
    if (element instanceof G.SingleGroupingSetContext) {
      const terms = set(element.groupingSet())
      return terms.length === 0 ? '()' : terms.join(', ')
    }
    if (element instanceof G.RollupContext) return `ROLLUP (${sets(element.groupingSet())})`
    if (element instanceof G.CubeContext) return `CUBE (${sets(element.groupingSet())})`
    if (element instanceof G.MultipleGroupingSetsContext) return `GROUPING SETS (${sets(element.groupingSet())})`
    throw notHere('GROUP BY of this form', element)
  })
  return elements.join(', ')
}

/** ROLLUP, CUBE and GROUPING SETS are of columns, on Athena too. */
function checkColumn(term: Trino.GroupingTermContext, { scope }: Place): void {
  if (columnOf(partsOf(term).slice(-2), scope, term)) return
  throw new SqlError(
    `ROLLUP, CUBE and GROUPING SETS take columns, no expressions; give ${term.getText()} a name in a query below.`,
    placeOf(term),
  )
}

function termSql(term: Trino.GroupingTermContext, items: readonly Item[], place: Place): string {
  const number = /^\d+$/.exec(term.getText())?.[0]
  if (number) {
    ordinal(Number(number), items, term)
    const chosen = items[Number(number) - 1]?.expression
    if (chosen) checkComparable(chosen, 'GROUP BY', term)
    return chosen && chosen.literal === undefined ? chosen.sql : number
  }
  const named = term.columnRef()
  const at = term.expression()
  if (!named && !at) throw notHere('GROUP BY of this form', term)
  const key = named ? column(partsOf(named), named, place) : expression(at as ParserRuleContext, place)
  checkComparable(key, 'GROUP BY', term)
  return key.sql
}
