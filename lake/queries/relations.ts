/** What a statement may read: the lake's tables and views, with their columns and Trino's types of them. */
import type { ColumnType, Table } from '../tables/table.ts'
import { FOLDER_TABLES, TABLES } from '../tables/tables.ts'
import type { RelationColumn, SavedView } from './saved-query.ts'

export interface Relation {
  readonly name: string
  readonly doc: string
  readonly columns: readonly RelationColumn[]
  /** What it is made of; a view is the SQL that its file has. */
  readonly source:
    | { readonly kind: 'table'; readonly table: Table }
    | { readonly kind: 'view'; readonly sql: string }
    | { readonly kind: 'information'; readonly sql: string }
}

/** Trino's name of a column's type. */
export const TRINO_TYPES = {
  string: 'varchar',
  binary: 'varbinary',
  double: 'double',
  int: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
} as const satisfies Record<ColumnType, string>

/** Iceberg knows timestamps of microseconds only. */
const ICEBERG_TIMESTAMP = 'timestamp(6)'

/** The tables and the given views, by name. */
export function relationsOf(views: readonly SavedView[]): ReadonlyMap<string, Relation> {
  return new Map([...TABLES.map(tableRelation), ...views.map(viewRelation)].map((one) => [one.name, one]))
}

function tableRelation(table: Table): Relation {
  const { name, doc, columns, partitionKey } = table
  const typeOf = (type: ColumnType): string =>
    type === 'timestamp' && !FOLDER_TABLES.includes(table) ? ICEBERG_TIMESTAMP : TRINO_TYPES[type]
  const own = columns.map((column) => ({ name: column.name, type: typeOf(column.type), doc: column.doc }))
  const key = { name: partitionKey.name, type: 'varchar', doc: partitionKey.doc }
  return { name, doc, columns: [...own, key], source: { kind: 'table', table } }
}

function viewRelation({ name, doc, columns, sql }: SavedView): Relation {
  return { name, doc, columns, source: { kind: 'view', sql } }
}

/** A view in DuckDB's SQL, with all that it reads. */
export interface TranslatedView {
  /** Names of ours and the statements that make them, each after those that it reads. */
  readonly statements: readonly (readonly [string, string])[]
  /** The tables that it reads, also through other views. */
  readonly tables: readonly string[]
  /** See `QueryAnswer`. */
  readonly notes: readonly string[]
}

/** Where translations of views are kept from one process to the next: a view changes seldom and takes long to parse. */
export interface KeptViews {
  readonly view: (name: string, make: () => TranslatedView) => TranslatedView
}
