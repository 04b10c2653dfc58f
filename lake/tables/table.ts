/** What a table is, and the TypeScript type of its rows. The tables themselves stand in `tables.ts`. */

/**
 * The kinds of value that a column can hold, each one Parquet type and one Athena type:
 * `bigint` and `timestamp` are INT64 in the file and a safe-integer `number` in the program
 * (2^53 shares or microseconds are far beyond any market); `timestamp` is epoch milliseconds, UTC.
 */
export type ColumnType = 'string' | 'binary' | 'double' | 'int' | 'bigint' | 'boolean' | 'timestamp'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly doc: string
  readonly unit?: string
  /** The number by which readers of a table format know the column, whatever its name. */
  readonly fieldId?: number
}

/** The folder level that a table is cut by: `dt=2026-11-22`, `month=2013-03`. Always a string in Athena. */
export interface TablePartitionKey {
  readonly name: string
  readonly grain: 'day' | 'month'
  readonly doc: string
}

export interface Table<Columns extends readonly Column[] = readonly Column[]> {
  readonly name: string
  readonly doc: string
  /** Key prefix in the lake's bucket, without a slash at its end. */
  readonly prefix: string
  readonly partitionKey: TablePartitionKey
  readonly columns: Columns
  /** What timestamps count in the table's files; in the program they are epoch milliseconds. Without it, milliseconds. */
  readonly timestampUnit?: 'milliseconds' | 'microseconds'
  /** Whether the files call timestamps instants of UTC, as without it, or leave it to whoever reads them; they are UTC's either way. */
  readonly timestampZone?: 'UTC' | 'none'
  readonly sortedBy: readonly string[]
}

interface ValueOf {
  readonly string: string
  readonly binary: Uint8Array
  readonly double: number
  readonly int: number
  readonly bigint: number
  readonly boolean: boolean
  readonly timestamp: number
}

type CellOf<C extends Column> = C['nullable'] extends true ? ValueOf[C['type']] | null : ValueOf[C['type']]

/** The row type of a table: its columns by name, nullable ones `| null`. */
export type RowOf<T extends Table> = { readonly [C in T['columns'][number] as C['name']]: CellOf<C> }

const ATHENA_TYPES = {
  string: 'string',
  binary: 'binary',
  double: 'double',
  int: 'int',
  bigint: 'bigint',
  boolean: 'boolean',
  timestamp: 'timestamp',
} as const satisfies Record<ColumnType, string>

/** The type that Glue and Athena know a column by (AWS, "Data types in Amazon Athena"). */
export function athenaTypeOf(column: Column): string {
  return ATHENA_TYPES[column.type]
}

/** The value of a partition key for an instant: `2026-11-22` or `2026-11`, UTC. */
export function tablePartitionOf(table: Table, epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, table.partitionKey.grain === 'day' ? 10 : 7)
}

/** The partition that a file's key names, wherever its writer has put it: `…/month=2013-03/…`; undefined where it names none. */
export function tablePartitionIn(table: Table, key: string): string | undefined {
  const level = `/${table.partitionKey.name}=`
  const from = key.indexOf(level)
  return from < 0 ? undefined : key.slice(from + level.length, key.indexOf('/', from + 1))
}

/** `landing/bars/dt=2026-11-22/`: the folder of one table partition, with its slash. */
export function tablePartitionPrefix(table: Table, value: string): string {
  return `${table.prefix}/${table.partitionKey.name}=${value}/`
}
