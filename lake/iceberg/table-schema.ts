/** A table of `lake/tables` in Iceberg's words (Iceberg, "Table Spec", version 2), and as its data files have to be. */
import type { Column, ColumnType, Table } from '../tables/table.ts'

export type IcebergType = 'string' | 'binary' | 'double' | 'int' | 'long' | 'boolean' | 'timestamp'

export interface IcebergField {
  readonly id: number
  readonly name: string
  readonly required: boolean
  /** Another engine may have added a column of a type that we have no word for. */
  readonly type: IcebergType | object
  readonly doc?: string
}

export interface IcebergSchema {
  readonly type: 'struct'
  readonly 'schema-id': number
  readonly fields: readonly IcebergField[]
}

export interface PartitionField {
  readonly 'source-id': number
  readonly 'field-id': number
  readonly name: string
  readonly transform: string
}

export interface SortField {
  readonly 'source-id': number
  readonly transform: 'identity'
  readonly direction: 'asc'
  readonly 'null-order': 'nulls-first'
}

/** What the two partition fields are called: by the table's partition key, and by the month of the time. */
export interface PartitionNames {
  readonly key: string
  readonly time: string
}

/** How a table stands in Iceberg's metadata. */
export interface IcebergShape {
  readonly names: PartitionNames
  readonly schema: IcebergSchema
  readonly partition: readonly PartitionField[]
  readonly sort: readonly SortField[]
}

/** Wall clock of UTC without a zone, as Athena's `timestamp`: with one, every query that compares it would have to change. */
const TYPES = {
  string: 'string',
  binary: 'binary',
  double: 'double',
  int: 'int',
  bigint: 'long',
  boolean: 'boolean',
  timestamp: 'timestamp',
} as const satisfies Record<ColumnType, IcebergType>

export const PARTITION_IDS = { key: 1000, time: 1001 } as const
/** The order of files that are sorted as the table says; 0 is no order. */
export const SORT_ORDER_ID = 1
/** The partition key's; the columns go on from there, so that one that is added at the end moves no other. */
const KEY_ID = 1

/**
 * The table as its files hold it: each column by its number, times in microseconds, and the partition key as a column, so
 * that queries that name it go on as they are.
 */
export function dataTableOf(table: Table): Table {
  const { name, doc } = table.partitionKey
  const key: Column = { name, type: 'string', nullable: true, doc, fieldId: KEY_ID }
  const columns = table.columns.map((column, i) => ({ ...column, fieldId: KEY_ID + 1 + i }))
  return { ...table, columns: [...columns, key], timestampUnit: 'microseconds', timestampZone: 'none' }
}

/** Cut by the partition key and by the month of `time`, so that a predicate on either prunes. */
export function shapeOf(table: Table, time: string): IcebergShape {
  const fields = dataTableOf(table).columns.map(({ name, type, nullable, doc, fieldId = 0 }) => ({
    id: fieldId,
    name,
    required: !nullable,
    type: TYPES[type],
    doc,
  }))
  const idOf = (name: string): number => {
    const found = fields.find((field) => field.name === name)
    if (!found) throw new RangeError(`${table.name} has no column ${name}.`)
    return found.id
  }
  const names = { key: table.partitionKey.name, time: `${time}_month` }
  return {
    names,
    schema: { type: 'struct', 'schema-id': 0, fields },
    partition: [
      { 'source-id': idOf(names.key), 'field-id': PARTITION_IDS.key, name: names.key, transform: 'identity' },
      { 'source-id': idOf(time), 'field-id': PARTITION_IDS.time, name: names.time, transform: 'month' },
    ],
    sort: table.sortedBy.map((name) => ({
      'source-id': idOf(name),
      transform: 'identity',
      direction: 'asc',
      'null-order': 'nulls-first',
    })),
  }
}

/** Field ids by column name, for files that bring none: those that another engine adds with `add_files`. */
export function nameMappingOf({ schema }: IcebergShape): string {
  return JSON.stringify(schema.fields.map(({ id, name }) => ({ 'field-id': id, names: [name] })))
}

/**
 * The columns of a table that stands, with those that are new to it; undefined where it has all of them. A column that
 * another engine added stays.
 */
export function schemaWith(standing: IcebergSchema, { schema }: IcebergShape): IcebergSchema | undefined {
  const known = new Map(standing.fields.map((field) => [field.id, field]))
  const added = schema.fields.filter(({ id, name }) => {
    const other = known.get(id)
    if (other && other.name !== name) {
      throw new RangeError(
        `Column ${name} has the number ${id}, which the table gave to ${other.name}; add it at the end.`,
      )
    }
    return !other
  })
  if (added.length === 0) return undefined
  const needed = added.find(({ required }) => required)
  if (needed)
    throw new RangeError(`Column ${needed.name} is new to the table, so its older files lack it: make it nullable.`)
  return { ...standing, fields: [...standing.fields, ...added] }
}
