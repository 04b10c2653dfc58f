import { text } from '../../lake/queries/sql-text.ts'
import type { ColumnType, Table } from '../../lake/tables/table.ts'

/** What DuckDB calls our types; Athena's timestamps have no zone. */
const DUCKDB_TYPES = {
  string: 'VARCHAR',
  binary: 'BLOB',
  double: 'DOUBLE',
  int: 'INTEGER',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>

/** The statement that makes a table's files a view of the connection; without files, an empty one of its columns. */
export function tableView(table: Table, files: readonly string[]): string {
  return `CREATE TEMP VIEW "lake ${table.name}" AS ${files.length === 0 ? nothing(table) : rowsOf(table, files)}`
}

function nothing({ columns, partitionKey }: Table): string {
  const typed = columns.map(({ name, type }) => `NULL::${DUCKDB_TYPES[type]} AS ${name}`)
  return `SELECT ${[...typed, `NULL::VARCHAR AS ${partitionKey.name}`].join(', ')} WHERE false`
}

/**
 * A file of an older day may lack a column that the table got since. Files that call their times UTC's and files that leave
 * it open come out alike. An Iceberg table's files have the partition key as a column, and each engine puts them into
 * folders of its own; the other tables' have it in the name of their folder alone.
 */
function rowsOf({ columns, prefix, partitionKey: { name } }: Table, files: readonly string[]): string {
  const isIceberg = files.some((file) => file.includes(`/${prefix}/data/`))
  const folders = isIceberg ? 'false' : `true, hive_types = {'${name}': VARCHAR}`
  const list = files.map(text).join(', ')
  const times = columns
    .filter(({ type }) => type === 'timestamp')
    .map((column) => `make_timestamp(epoch_us(${column.name})) AS ${column.name}`)
  const replaced = times.length === 0 ? '' : ` REPLACE (${times.join(', ')})`
  return `SELECT *${replaced} FROM read_parquet([${list}], union_by_name = true, hive_partitioning = ${folders})`
}
