/** The tables and views as SQL statements: what the lake stack deploys, for Athena by hand and for a Trino server. */

import { projectionOf } from '../tables/projection.ts'
import { athenaTypeOf, type Table } from '../tables/table.ts'
import { TRINO_TYPES } from './relations.ts'
import type { SavedView } from './saved-query.ts'
import { text as quoted } from './sql-text.ts'

export interface DdlTarget {
  readonly database: string
  readonly bucket: string
  /** First and last value of a table's partition key, in Athena's words: `2000-01,NOW+1MONTHS`. Each is a LIST a query. */
  readonly rangeOf: (table: Table) => string
}

/** Statements in the dialect of Athena's DDL, which is Hive's. */
export function athenaDdl(table: Table, target: DdlTarget): string {
  const { partitionKey, prefix } = table
  const columns = table.columns.map(
    (column) => `  \`${column.name}\` ${athenaTypeOf(column)} COMMENT ${quoted(column.doc)}`,
  )
  const properties = Object.entries(projectionOf(table, `s3://${target.bucket}/${prefix}`, target.rangeOf(table))).map(
    ([key, value]) => `  ${quoted(key)} = ${quoted(value)}`,
  )
  return `CREATE EXTERNAL TABLE IF NOT EXISTS \`${target.database}\`.\`${table.name}\` (
${columns.join(',\n')}
)
COMMENT ${quoted(table.doc)}
PARTITIONED BY (\`${partitionKey.name}\` string COMMENT ${quoted(partitionKey.doc)})
STORED AS PARQUET
LOCATION 's3://${target.bucket}/${prefix}/'
TBLPROPERTIES (
${properties.join(',\n')}
)`
}

/**
 * Statements for the Hive connector of a Trino server with `hive.partition-projection-enabled`. It projects days
 * but no months: those are registered, and again whenever a month is new.
 */
export function trinoDdl(table: Table, target: DdlTarget): string[] {
  const { database, bucket } = target
  const { name, grain } = table.partitionKey
  const columns = table.columns.map((column) => `  "${column.name}" ${TRINO_TYPES[column.type]}`)
  const properties = [
    "format = 'PARQUET'",
    `external_location = 's3://${bucket}/${table.prefix}/'`,
    `partitioned_by = ARRAY['${name}']`,
    ...(grain === 'day' ? trinoProjection(table, target) : []),
  ]
  const create = `CREATE TABLE IF NOT EXISTS "${database}"."${table.name}" (
${columns.join(',\n')},
  "${name}" varchar${grain === 'day' ? trinoDays(target.rangeOf(table)) : ''}
)
WITH (
  ${properties.join(',\n  ')}
)`
  return grain === 'day'
    ? [create]
    : [create, `CALL system.sync_partition_metadata('${database}', '${table.name}', 'FULL')`]
}

function trinoProjection({ prefix, partitionKey: { name } }: Table, { bucket }: DdlTarget): string[] {
  const template = `s3://${bucket}/${prefix}/${name}=\${${name}}/`
  return ['partition_projection_enabled = true', `partition_projection_location_template = '${template}'`]
}

function trinoDays(range: string): string {
  return ` WITH (
    partition_projection_type = 'DATE',
    partition_projection_format = 'yyyy-MM-dd',
    partition_projection_range = ARRAY[${range.split(',').map(quoted).join(', ')}],
    partition_projection_interval = 1,
    partition_projection_interval_unit = 'DAYS'
  )`
}

/** Makes an Iceberg table known to the Iceberg connector of a Trino server: its newest metadata is found by its place. */
export function icebergDdl({ name, prefix }: Table, { database, bucket }: DdlTarget): string {
  return `CALL iceberg.system.register_table(schema_name => '${database}', table_name => '${name}', table_location => 's3://${bucket}/${prefix}')`
}

/** Athena and Trino say this alike. */
export function viewDdl(view: SavedView, database: string): string {
  return `CREATE OR REPLACE VIEW "${database}"."${view.name}" AS\n${view.sql}`
}
