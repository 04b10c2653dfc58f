/** Where an expression stands: what it may name, and who translates the queries inside it. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { nameOf, placeOf } from './parse.ts'
import { quoted, type Scope, type ScopeColumn } from './scope.ts'
import { SqlError } from './sql-error.ts'
import type { SqlType } from './types.ts'

export interface Place {
  readonly scope: Scope
  readonly queries: QueryMaker
  /** In ORDER BY, the names of the answer: an aggregate there may not refer to them. */
  readonly aliases?: ReadonlySet<string>
  /** A clause whose rows are not grouped yet: no aggregate, and no window function, may stand in it. */
  readonly clause?: 'WHERE' | 'GROUP BY' | 'ON'
}

/** Translates queries wherever they stand. */
export interface QueryMaker {
  readonly nextNumber: () => number
  /** Says of the answer what its reader must know. */
  readonly note: (sentence: string) => void
  readonly query: (context: ParserRuleContext, around?: Scope) => Query
  readonly relation: (context: ParserRuleContext) => Named
}

/** A column of a query's answer. */
export interface Output {
  /** As it is referred to, in lower case. */
  readonly name: string
  /** As the user wrote it, where that is another. */
  readonly shown?: string | undefined
  /** As DuckDB sees it: no two are the same. */
  readonly inner: string
  readonly type: SqlType
  readonly mayBeNaN?: boolean | undefined
}

export interface Query {
  readonly sql: string
  readonly columns: readonly Output[]
  readonly correlation?: Correlation | undefined
}

/** How a query refers to columns of the query around it. */
export interface Correlation {
  /** What becomes of its rows: all are given out, groups of them, or one of them all. */
  readonly rows: 'all' | 'grouped' | 'one'
  /** In its SELECT list, of many rows. */
  readonly inItems: boolean
  /** In UNNEST, which is all of its FROM. */
  readonly inUnnest: boolean
  readonly hasHaving: boolean
  /** By `own column = outer column` alone. */
  readonly byEquality: boolean
  /** LIMIT and OFFSET: the first row of an order, or anything else. */
  readonly limit?: 'first' | 'some'
}

/** A relation by what DuckDB calls it. */
export interface Named {
  readonly sql: string
  readonly columns: readonly Output[]
}

/** Columns under the names that an alias gives them. */
export function renamed(columns: readonly Output[], aliases: Trino.ColumnAliasesContext | null): readonly Output[] {
  if (!aliases) return columns
  const names = aliases.identifier().map(nameOf)
  if (names.length !== columns.length)
    throw new SqlError(`${names.length} names are given for ${columns.length} columns.`, placeOf(aliases))
  return columns.map((column, i) => ({ ...column, name: names[i] ?? column.name }))
}

export function scopeColumns(columns: readonly Output[], inner: string, relation: string | undefined): ScopeColumn[] {
  return columns.map((column) => ({
    relation,
    name: column.name,
    expression: {
      sql: `${inner}.${quoted(column.inner)}`,
      type: column.type,
      name: column.name,
      mayBeNaN: column.mayBeNaN,
    },
  }))
}
