/**
 * Athena's SQL for a local engine that runs DuckDB. Each translation is one entry here, and one test by its name; the
 * saved queries need no other.
 */

import type { Table } from '../tables/table.ts'
import type { SavedView } from './saved-query.ts'
import { namesReadBy, type SqlToken, sqlTokens } from './sql-tokens.ts'

export interface LocalSchema {
  readonly tables: readonly Table[]
  readonly views: readonly SavedView[]
  /** What stands behind FROM for a table: `"tickerlake"."bars"`, `read_parquet('…')`. */
  readonly relationOf: (table: Table) => string
}

/** The functions that DuckDB knows by another name. */
const FUNCTION_NAMES: Readonly<Record<string, string>> = {
  sequence: 'generate_series',
  from_utf8: 'decode',
  json_extract_scalar: 'json_extract_string',
  approx_distinct: 'approx_count_distinct',
  day_of_week: 'isodow',
  to_unixtime: 'epoch',
}

/** The statement as DuckDB understands it. What is not a query is left as it is. */
export function toDuckdb(sql: string, schema: LocalSchema): string {
  const tokens = sqlTokens(sql)
  const first = tokens.find(({ kind }) => kind !== 'space' && kind !== 'comment')
  if (!first || !/^(select|with|\()$/i.test(first.text)) return sql
  const definitions = definitionsFor(sql, schema)
  const body = renamed(tokens).trim()
  if (definitions.length === 0) return body
  const withs = `WITH ${definitions.join(',\n')}`
  return /^with$/i.test(first.text) ? `${withs},\n${body.replace(/^[\s\S]*?\bwith\b/i, '')}` : `${withs}\n${body}`
}

/** Tables and views that the statement reads, directly or through views, as definitions for WITH: each after what it reads. */
function definitionsFor(sql: string, schema: LocalSchema): string[] {
  const defined = new Map<string, string>()
  const define = (name: string): void => {
    if (defined.has(name)) return
    const table = schema.tables.find((one) => one.name === name)
    if (table) defined.set(name, `${name} AS (${tableDefinition(table, schema)})`)
    const view = schema.views.find((one) => one.name === name)
    if (!view) return
    for (const inner of namesReadBy(view.sql)) define(inner)
    defined.set(name, `${name} AS (${renamed(sqlTokens(view.sql))})`)
  }
  for (const name of namesReadBy(sql)) define(name)
  return [...defined.values()]
}

/** DuckDB reads a UTC timestamp of Parquet as one with a time zone; Athena knows none. */
function tableDefinition(table: Table, { relationOf }: LocalSchema): string {
  const columns = table.columns.map(({ name, type }) =>
    type === 'timestamp' ? `CAST(${name} AT TIME ZONE 'UTC' AS timestamp) AS ${name}` : name,
  )
  return `SELECT ${[...columns, table.partitionKey.name].join(', ')} FROM ${relationOf(table)}`
}

function renamed(tokens: readonly SqlToken[]): string {
  return tokens.map((token, i) => (isCall(tokens, i) ? functionName(token.text) : token.text)).join('')
}

function isCall(tokens: readonly SqlToken[], i: number): boolean {
  const next = tokens.slice(i + 1).find(({ kind }) => kind !== 'space')
  return tokens[i]?.kind === 'word' && next?.text === '('
}

function functionName(name: string): string {
  return FUNCTION_NAMES[name.toLowerCase()] ?? name
}

/** Athena prints timestamps to the millisecond; DuckDB and Python leave zeros out and go on to microseconds. */
export function timestampCell(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}`
}
