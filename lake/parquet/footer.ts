/** The footer of a file: schema, row groups, what goes with the file (Parquet, `FileMetaData`). */
import type { Column, ColumnType, Table } from '../tables/table.ts'
import { ByteSink } from './byte-sink.ts'
import type { ColumnChunk } from './column-chunk.ts'
import { CONVERTED, CREATED_BY, ENCODING, PAGE, PHYSICAL, PHYSICAL_OF } from './format.ts'
import { THRIFT, ThriftWriter } from './thrift-writer.ts'

interface Place {
  readonly at: number
  readonly size: number
}

export interface FooterGroup {
  readonly rows: number
  readonly columns: readonly {
    readonly chunk: ColumnChunk
    /** Where the chunk begins in the file. */
    readonly at: number
    readonly index?: { readonly columnIndex: Place | undefined; readonly offsetIndex: Place }
  }[]
}

export function writeFooter(
  table: Table,
  groups: readonly FooterGroup[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const thrift = new ThriftWriter(new ByteSink(64 * 1024))
  const entries = Object.entries(metadata)
  thrift.element(() => {
    thrift.i32(1, 1)
    writeSchema(thrift, table)
    thrift.i64(
      3,
      sumOf(groups, ({ rows }) => rows),
    )
    thrift.list(4, THRIFT.struct, groups.length)
    for (const group of groups) writeGroup(thrift, group)
    thrift.list(5, THRIFT.struct, entries.length)
    for (const [key, value] of entries) writeEntry(thrift, key, value)
    thrift.text(6, CREATED_BY)
    thrift.list(7, THRIFT.struct, table.columns.length)
    for (const _ of table.columns) writeColumnOrder(thrift)
  })
  return thrift.sink.view()
}

function writeSchema(thrift: ThriftWriter, table: Table): void {
  thrift.list(2, THRIFT.struct, table.columns.length + 1)
  thrift.element(() => {
    thrift.text(4, table.name)
    thrift.i32(5, table.columns.length)
  })
  for (const column of table.columns) writeSchemaElement(thrift, column, table)
}

const OPTIONAL = 1

function writeSchemaElement(thrift: ThriftWriter, column: Column, table: Table): void {
  const micros = table.timestampUnit === 'microseconds'
  const converted: Partial<Record<ColumnType, number>> = {
    string: CONVERTED.utf8,
    timestamp: micros ? CONVERTED.timestampMicros : CONVERTED.timestampMillis,
  }
  thrift.element(() => {
    thrift.i32(1, PHYSICAL[PHYSICAL_OF[column.type]])
    thrift.i32(3, column.nullable ? OPTIONAL : 0)
    thrift.text(4, column.name)
    const type = converted[column.type]
    if (type !== undefined) thrift.i32(6, type)
    if (column.fieldId !== undefined) thrift.i32(9, column.fieldId)
    if (column.type === 'string') thrift.struct(10, () => thrift.struct(1, () => undefined))
    if (column.type === 'timestamp') writeTimestampType(thrift, micros, table.timestampZone !== 'none')
  })
}

/** An instant in UTC, or a time of which nothing is said. The older word for it, above, stands for both (Parquet, "TIMESTAMP"). */
function writeTimestampType(thrift: ThriftWriter, micros: boolean, isUtc: boolean): void {
  thrift.struct(10, () =>
    thrift.struct(8, () => {
      thrift.flag(1, isUtc)
      thrift.struct(2, () => thrift.struct(micros ? 2 : 1, () => undefined))
    }),
  )
}

function writeGroup(thrift: ThriftWriter, { rows, columns }: FooterGroup): void {
  thrift.element(() => {
    thrift.list(1, THRIFT.struct, columns.length)
    for (const column of columns) writeColumn(thrift, column)
    thrift.i64(
      2,
      sumOf(columns, ({ chunk }) => chunk.uncompressedSize),
    )
    thrift.i64(3, rows)
    thrift.i64(5, columns[0]?.at ?? 0)
    thrift.i64(
      6,
      sumOf(columns, ({ chunk }) => chunk.size),
    )
  })
}

function writeColumn(thrift: ThriftWriter, { chunk, at, index }: FooterGroup['columns'][number]): void {
  thrift.element(() => {
    // Deprecated, and 0 where it is not used.
    thrift.i64(2, 0)
    thrift.struct(3, () => writeColumnMetadata(thrift, chunk, at))
    if (!index) return
    thrift.i64(4, index.offsetIndex.at)
    thrift.i32(5, index.offsetIndex.size)
    if (!index.columnIndex) return
    thrift.i64(6, index.columnIndex.at)
    thrift.i32(7, index.columnIndex.size)
  })
}

function writeColumnMetadata(thrift: ThriftWriter, chunk: ColumnChunk, at: number): void {
  const encodings = new Set([chunk.encoding, ENCODING.rle, ...(chunk.hasDictionary ? [ENCODING.plain] : [])])
  thrift.i32(1, PHYSICAL[PHYSICAL_OF[chunk.column.type]])
  thrift.list(2, THRIFT.i32, encodings.size)
  for (const encoding of encodings) thrift.sink.zigzag(encoding)
  thrift.list(3, THRIFT.binary, 1)
  thrift.bytes(Buffer.from(chunk.column.name))
  thrift.i32(4, chunk.codec)
  thrift.i64(5, chunk.rows)
  thrift.i64(6, chunk.uncompressedSize)
  thrift.i64(7, chunk.size)
  thrift.i64(9, at + (chunk.pages[0]?.at ?? 0))
  if (chunk.hasDictionary) thrift.i64(11, at)
  if (chunk.hasStatistics) writeStatistics(thrift, chunk)
  if (chunk.hasDictionary) writeEncodingStats(thrift, chunk)
}

function writeStatistics(thrift: ThriftWriter, { nulls, bounds }: ColumnChunk): void {
  thrift.struct(12, () => {
    thrift.i64(3, nulls)
    if (!bounds) return
    thrift.binary(5, bounds.max)
    thrift.binary(6, bounds.min)
    // Bounds are exact unless they say otherwise.
    if (bounds.exact.max && bounds.exact.min) return
    thrift.flag(7, bounds.exact.max)
    thrift.flag(8, bounds.exact.min)
  })
}

/** Says that all pages are dictionary pages, so that a reader may prune by the dictionary. */
function writeEncodingStats(thrift: ThriftWriter, { pages, encoding }: ColumnChunk): void {
  thrift.list(13, THRIFT.struct, 2)
  for (const [type, of, count] of [
    [PAGE.dictionary, ENCODING.plain, 1],
    [PAGE.data, encoding, pages.length],
  ] as const) {
    thrift.element(() => {
      thrift.i32(1, type)
      thrift.i32(2, of)
      thrift.i32(3, count)
    })
  }
}

function writeEntry(thrift: ThriftWriter, key: string, value: string): void {
  thrift.element(() => {
    thrift.text(1, key)
    thrift.text(2, value)
  })
}

/** The order of the column's type: unsigned bytes for text, numbers by size. */
function writeColumnOrder(thrift: ThriftWriter): void {
  thrift.element(() => thrift.struct(1, () => undefined))
}

function sumOf<T>(items: readonly T[], sizeOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + sizeOf(item), 0)
}
