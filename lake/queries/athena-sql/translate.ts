/** A statement that only reads the lake, as DuckDB's SQL, or refused: nothing is translated that may mean something else. */
import type { Table } from '../../tables/table.ts'
import { castToText } from './coercion.ts'
import { GRAMMAR as G } from './grammar.ts'
import { parseStatement } from './parse.ts'
import type { Output } from './place.ts'
import { Queries, type QueriesOptions } from './queries.ts'
import { notHere, quoted } from './scope.ts'
import { SqlError } from './sql-error.ts'
import type { SqlType } from './types.ts'

export interface Translation {
  readonly sql: string
  /** Statements that must come before it: the views that it reads. */
  readonly views: readonly string[]
  readonly tables: ReadonlySet<Table>
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[]
  /** See `QueryAnswer`. */
  readonly notes: readonly string[]
}

/** The rule of a query; `statement` is what `guardedStatement` gives. */
export function translateQuery(
  statement: ReturnType<typeof parseStatement>,
  { relations, kept }: Pick<QueriesOptions, 'relations' | 'kept'>,
): Translation {
  const queries = new Queries({ relations, kept, parse: (sql) => rootOf(parseStatement(sql)) })
  try {
    const { sql, columns } = queries.query(rootOf(statement))
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

function rootOf(statement: ReturnType<typeof parseStatement>) {
  if (statement instanceof G.StatementDefaultContext) return statement.rootQuery()
  throw notHere(statement.constructor.name, statement)
}

/** DuckDB forgets an instant's zone, so it is printed before it is given out. */
function printed(sql: string, columns: readonly Output[]): string {
  if (!columns.some(({ type }) => type.kind === 'timestamp with time zone')) return sql
  const cells = columns.map(({ inner, type }) => {
    const cell = `answer.${quoted(inner)}`
    return type.kind === 'timestamp with time zone'
      ? `CASE WHEN ${cell} IS NOT NULL THEN ${castToText({ sql: cell, type: { ...type, precision: 3 } }, NOWHERE)} END AS ${quoted(inner)}`
      : cell
  })
  return `SELECT ${cells.join(', ')} FROM (${sql}) AS answer`
}

/** Instants are printed everywhere, so no place is ever named. */
const NOWHERE = { start: null } as never
