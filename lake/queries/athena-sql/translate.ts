/**
 * A statement that only reads the lake: guarded, then answered from the catalog or translated to DuckDB's SQL, or refused.
 * Nothing is translated that may mean something else.
 */
import type { StatementContext } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import type { Table } from '../../tables/table.ts'
import type { QueryAnswer } from '../query-engine.ts'
import type { KeptViews, Relation } from '../relations.ts'
import { catalogAnswer, withInformation } from './catalog.ts'
import { timeText } from './coercion.ts'
import { GRAMMAR as G } from './grammar.ts'
import { guardedStatement } from './guard.ts'
import type { Output } from './place.ts'
import { Queries, type QueriesOptions } from './queries.ts'
import { notHere, quoted } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { type SqlType, VARCHAR } from './types.ts'

export interface Translation {
  readonly sql: string
  /** Statements that must come before it: the views that it reads. */
  readonly views: readonly string[]
  readonly tables: ReadonlySet<Table>
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[]
  /** See `QueryAnswer`. */
  readonly notes: readonly string[]
}

type ReadStatement =
  | { readonly kind: 'catalog'; readonly answer: Pick<QueryAnswer, 'columns' | 'rows'> }
  | { readonly kind: 'query'; readonly translation: Translation }

export interface ReadOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
  readonly kept: KeptViews
}

/** Throws `SqlError` where the statement does more than read, or means what the local engine cannot do as Athena. */
export function readStatement(sql: string, { relations, database, kept }: ReadOptions): ReadStatement {
  const statement = guardedStatement(sql, { relations: relations.keys(), database })
  const answer = catalogAnswer(statement, relations, database)
  if (answer) return { kind: 'catalog', answer }
  const all = { relations: withInformation(relations, database), kept }
  if (!(statement instanceof G.ExplainContext)) return { kind: 'query', translation: translateQuery(statement, all) }
  if (statement.explainOption().length > 0) throw notHere('EXPLAIN with options', statement)
  const translation = translateQuery(statement.statement(), all)
  return { kind: 'query', translation: explained(translation) }
}

/** The local engine's own plan; Athena's is another. */
function explained(translation: Translation): Translation {
  const columns = ['Step', 'Query Plan'].map((name) => ({ name, type: VARCHAR }))
  return { ...translation, sql: `EXPLAIN ${translation.sql}`, columns }
}

function translateQuery(statement: StatementContext, options: QueriesOptions): Translation {
  const queries = new Queries(options)
  try {
    const { sql, columns } = queries.statement(statement)
    const shown = columns.map(({ name, shown, type }) => ({ name: shown ?? name, type }))
    return {
      sql: printed(sql, columns),
      views: [...queries.views.values()],
      tables: queries.tables,
      columns: shown,
      notes: [...queries.notes],
    }
  } catch (error) {
    if (error instanceof RangeError) throw new SqlError('the statement is nested too deeply.')
    throw error
  }
}

/** DuckDB forgets an instant's zone, so it is printed before it is given out. */
function printed(sql: string, columns: readonly Output[]): string {
  if (!columns.some(({ type }) => type.kind === 'timestamp with time zone')) return sql
  const cells = columns.map(({ inner, type }) => {
    const cell = `answer.${quoted(inner)}`
    return type.kind === 'timestamp with time zone'
      ? `CASE WHEN ${cell} IS NOT NULL THEN ${timeText({ sql: cell, type: { ...type, precision: 3 } })} END AS ${quoted(inner)}`
      : cell
  })
  return `SELECT ${cells.join(', ')} FROM (${sql}) AS answer`
}
