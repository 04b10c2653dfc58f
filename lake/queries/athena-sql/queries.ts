/** Queries of Athena's SQL as DuckDB's. Every relation gets a name of ours, so that no name can mean two things. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import type { Table } from '../../tables/table.ts'
import type { KeptViews, Relation, TranslatedView } from '../relations.ts'
import { coerced } from './coercion.ts'
import { answerable, checkAlone } from './correlation.ts'
import { expression, expressions } from './expressions.ts'
import './casts.ts'
import './json-expressions.ts'
import './predicates.ts'
import { GRAMMAR as G } from './grammar.ts'
import { childrenOf, formOf, nameOf, onlyOf, parseStatement, placeOf } from './parse.ts'
import { type Named, type Output, type Place, type Query, type QueryMaker, renamed, scopeColumns } from './place.ts'
import { checkComparable, type Expression, NO_SCOPE, notHere, quoted, type Scope } from './scope.ts'
import { selectSpecification } from './select.ts'
import { sortOfAnswer, sortSql } from './sorting.ts'
import { SqlError } from './sql-error.ts'
import { commonType, type SqlType, typeOf, typeText, UNKNOWN } from './types.ts'

export interface QueriesOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly kept: KeptViews
}

export class Queries implements QueryMaker {
  /** The tables that are read, also through views. */
  readonly tables = new Set<Table>()
  /** Views that DuckDB needs before the statement, each after those that it reads. */
  readonly views = new Map<string, string>()
  /** What a reader of the answer must know. */
  readonly notes = new Set<string>()
  readonly #relations: ReadonlyMap<string, Relation>
  readonly #kept: KeptViews
  #named: ReadonlyMap<string, Named> = new Map()
  #number = 0

  constructor({ relations, kept }: QueriesOptions) {
    this.#relations = relations
    this.#kept = kept
  }

  nextNumber(): number {
    this.#number += 1
    return this.#number
  }

  note(sentence: string): void {
    this.notes.add(sentence)
  }

  statement(context: Trino.StatementContext): Query {
    if (context instanceof G.StatementDefaultContext) return this.query(context.rootQuery())
    throw notHere(formOf(context), context)
  }

  /** A query at any place where one may stand; `around` is what it may refer to beyond itself. */
  query(context: ParserRuleContext, around: Scope = NO_SCOPE): Query {
    if (context instanceof G.RootQueryContext) return this.query(context.query(), around)
    if (!(context instanceof G.QueryStatementContext)) throw notHere(formOf(context), context)
    const before = this.#named
    try {
      const names = context.with()?.namedQuery() ?? []
      for (const [i, named] of names.entries()) checkNewName(named, names.slice(0, i))
      const withs = names.map((named) => this.#nameQuery(named, context, around))
      const body = this.queryNoWith(context.queryNoWith(), around)
      return withs.length === 0 ? body : { ...body, sql: `WITH ${withs.join(', ')} ${body.sql}` }
    } finally {
      this.#named = before
    }
  }

  #nameQuery(named: Trino.NamedQueryContext, context: Trino.QueryStatementContext, around: Scope): string {
    if (context.with()?.KW_RECURSIVE()) throw notHere('WITH RECURSIVE', named)
    const made = answerable(this.query(named.query(), around), 'with', named)
    const aliases = named.columnAliases()
    const inner = `w${this.nextNumber()}`
    const columns = renamed(made.columns, aliases)
    this.#named = new Map([...this.#named, [nameOf(named.identifier()), { sql: inner, columns }]])
    return `${inner} AS (${made.sql})`
  }

  queryNoWith(context: Trino.QueryNoWithContext, around: Scope): Query {
    if (context.KW_TIES()) return this.#withTies(context, around)
    const term = context.queryTerm()
    const sorted = this.#sorted(term, context.sortItem(), around)
    const count = context._limit?.rowCount() ?? context._fetchFirst
    const isFetchOfOne = context.KW_FETCH() && !context._fetchFirst
    const limit = count ? ` LIMIT ${numberAt(count)}` : isFetchOfOne ? ' LIMIT 1' : ''
    const offset = context._offset ? ` OFFSET ${numberAt(context._offset)}` : ''
    const sql = `${sorted.sql}${limit}${offset}`
    if (!sorted.correlation || sql === sorted.sql) return { ...sorted, sql }
    const isFirst = context.sortItem().length > 0 && limit === ' LIMIT 1' && offset === ''
    return { ...sorted, sql, correlation: { ...sorted.correlation, limit: isFirst ? 'first' : 'some' } }
  }

  /** The first rows of an order, and those that are equal to the last of them by it. */
  #withTies(context: Trino.QueryNoWithContext, around: Scope): Query {
    const items = context.sortItem()
    if (items.length === 0) throw new SqlError('FETCH FIRST … WITH TIES takes an ORDER BY.', placeOf(context))
    if (context._offset) throw notHere('FETCH FIRST … WITH TIES behind an OFFSET', context)
    const { sql, columns, correlation } = this.#sorted(context.queryTerm(), [], around)
    if (correlation) throw notHere('FETCH FIRST … WITH TIES of what refers to the query around it', context)
    const most = context._fetchFirst ? numberAt(context._fetchFirst) : '1'
    const order = sortOfAnswer(items, columns)
    const ranked = `SELECT * FROM (${sql}) AS r${this.nextNumber()} QUALIFY rank() OVER (ORDER BY ${order}) <= ${most}`
    return { columns, sql: `${ranked} ORDER BY ${order}` }
  }

  #sorted(term: Trino.QueryTermContext, items: readonly Trino.SortItemContext[], around: Scope): Query {
    const specification = specificationOf(term)
    if (specification) return selectSpecification(specification, items, { scope: around, queries: this })
    const made = this.#term(term, around)
    if (items.length === 0) return made
    const inner = `r${this.nextNumber()}`
    const scope: Scope = { columns: scopeColumns(made.columns, inner, undefined), parent: around }
    const place: Place = { scope, queries: this }
    return {
      ...made,
      sql: `SELECT * FROM (${made.sql}) AS ${inner} ORDER BY ${sortSql(items, place, made.columns)}`,
    }
  }

  #term(term: Trino.QueryTermContext, around: Scope): Query {
    if (term instanceof G.SetOperationContext) return this.#setOperation(term, around)
    if (!(term instanceof G.QueryTermDefaultContext)) throw notHere(formOf(term), term)
    const primary = term.queryPrimary()
    if (primary instanceof G.SubqueryContext) {
      const inner = this.queryNoWith(primary.queryNoWith(), around)
      return { ...inner, sql: `(${inner.sql})` }
    }
    if (primary instanceof G.InlineTableContext) return this.#values(primary, around)
    if (primary instanceof G.TableContext) {
      const { sql, columns } = this.relation(primary.tableRef())
      return { columns, sql: `SELECT ${columns.map(({ inner }) => quoted(inner)).join(', ')} FROM ${sql}` }
    }
    return this.#sorted(term, [], around)
  }

  #setOperation(context: Trino.SetOperationContext, around: Scope): Query {
    const [left, right] = context.queryTerm().map((one) => answerable(this.#term(one, around), 'with', one))
    if (!left || !right || left.columns.length !== right.columns.length)
      throw new SqlError('both sides must have as many columns as the other.', placeOf(context))
    const columns = left.columns.map((column, i) => {
      const other = right.columns[i] as Output
      const type = commonType(column.type, other.type)
      if (!type) {
        const sentence = `column ${i + 1} is ${typeText(column.type)} on one side and ${typeText(other.type)} on the other.`
        throw new SqlError(sentence, placeOf(context))
      }
      return { ...column, type, mayBeNaN: column.mayBeNaN || other.mayBeNaN }
    })
    const word = (context._operator?.text ?? '').toUpperCase()
    const all = context.setQuantifier()?.KW_ALL() ? ' ALL' : ''
    if (word !== 'UNION' || !all) for (const one of columns) checkComparable(one, `${word} of`, context)
    return { columns, sql: `${this.#cast(left, columns)} ${word}${all} ${this.#cast(right, columns)}` }
  }

  /** The query with its columns made of the given types. */
  #cast(query: Query, to: readonly Output[]): string {
    const inner = `r${this.nextNumber()}`
    const cells = query.columns.map((column, i) => {
      const wanted = to[i] as Output
      return `${coerced({ sql: `${inner}.${quoted(column.inner)}`, type: column.type }, wanted.type)} AS ${quoted(wanted.inner)}`
    })
    return `(SELECT ${cells.join(', ')} FROM (${query.sql}) AS ${inner})`
  }

  #values(context: Trino.InlineTableContext, around: Scope): Query {
    const place: Place = { scope: around, queries: this }
    const rows = context.expression().map((row) => rowOf(row, place))
    const width = rows[0]?.length ?? 0
    if (rows.some((row) => row.length !== width))
      throw new SqlError('rows of VALUES must be of one length.', placeOf(context))
    const columns = Array.from({ length: width }, (_, i): Output => {
      const cells = rows.map((row) => row[i] as Expression)
      const type = cells.reduce<SqlType | undefined>((one, { type }) => one && commonType(one, type), UNKNOWN)
      if (!type) throw new SqlError(`column ${i + 1} of VALUES is of several types.`, placeOf(context))
      return { name: `_col${i}`, inner: `_col${i}`, type, mayBeNaN: cells.some(({ mayBeNaN }) => mayBeNaN) }
    })
    const lines = rows.map((row) => `(${row.map((cell, i) => coerced(cell, columns[i]?.type as SqlType)).join(', ')})`)
    checkAlone(lines.join(' '), around, context)
    const names = columns.map(({ inner }) => quoted(inner)).join(', ')
    return { columns, sql: `SELECT * FROM (VALUES ${lines.join(', ')}) AS t(${names})` }
  }

  /** A table, a view, or what WITH has named. */
  relation(context: ParserRuleContext): Named {
    const parts = childrenOf(context).map(nameOf)
    const name = parts.at(-1) ?? ''
    const named = parts.length === 1 ? this.#named.get(name) : undefined
    if (named) return named
    const relation = this.#relations.get(parts.at(-2) === 'information_schema' ? `information_schema.${name}` : name)
    if (!relation) throw new SqlError(`there is no table or view "${name}".`, placeOf(context))
    const columns = relation.columns.map(
      (column): Output => ({ name: column.name, inner: column.name, type: typeOf(column.type) ?? UNKNOWN }),
    )
    return { columns, sql: this.#source(relation) }
  }

  #source({ name, source, columns }: Relation): string {
    if (source.kind === 'table') {
      this.tables.add(source.table)
      return quoted(`lake ${name}`)
    }
    const inner = quoted(`view ${name}`)
    if (this.views.has(inner)) return inner
    const names = columns.map((column) => quoted(column.name)).join(', ')
    const definition = (sql: string): string => `CREATE TEMP VIEW ${inner} (${names}) AS ${sql}`
    if (source.kind === 'information') this.views.set(inner, definition(source.sql))
    else this.#addView(this.#kept.view(name, () => this.#translatedView(source.sql, inner, definition)))
    return inner
  }

  /** By a translator of its own: a view sees no name of the query around it. */
  #translatedView(sql: string, inner: string, definition: (sql: string) => string): TranslatedView {
    const own = new Queries({ relations: this.#relations, kept: this.#kept })
    const made = own.statement(parseStatement(sql))
    const statements = [...own.views, [inner, definition(made.sql)] as const]
    return { statements, tables: [...own.tables].map(({ name }) => name), notes: [...own.notes] }
  }

  #addView({ statements, tables, notes }: TranslatedView): void {
    for (const sentence of notes) this.note(sentence)
    for (const [inner, statement] of statements) this.views.set(inner, statement)
    for (const name of tables) {
      const source = this.#relations.get(name)?.source
      if (source?.kind === 'table') this.tables.add(source.table)
    }
  }
}

function specificationOf(term: ParserRuleContext): Trino.QuerySpecificationContext | undefined {
  if (!(term instanceof G.QueryTermDefaultContext)) return undefined
  const primary = term.queryPrimary()
  return primary instanceof G.QueryPrimaryDefaultContext ? primary.querySpecification() : undefined
}

function checkNewName(named: Trino.NamedQueryContext, before: readonly Trino.NamedQueryContext[]): void {
  const name = nameOf(named.identifier())
  if (before.some((one) => nameOf(one.identifier()) === name))
    throw new SqlError(`WITH names two queries "${name}".`, placeOf(named))
}

function numberAt(context: Trino.RowCountContext): string {
  const number = context.INTEGER_VALUE()
  if (!number) throw notHere('parameters (?)', context)
  return number.getText()
}

function rowOf(context: ParserRuleContext, place: Place): readonly Expression[] {
  const row = onlyOf(context, G.RowConstructorContext)
  if (row) return expressions(row.expression(), place)
  const value = expression(context, place)
  const { type } = value
  return type.kind === 'row'
    ? type.fields.map((field, i) => ({ sql: `(${value.sql}).f${i}`, type: field.type }))
    : [value]
}
