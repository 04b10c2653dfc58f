/** A Parquet file of columns that no table of the lake has: a history's, or a list of forecasts. */
import { zstdCompressSync } from 'node:zlib'
import type { DecodedArray, FileMetaData, SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { DAY_MS } from '../instant.ts'

/** What a column's cells are: a `day` counts days since 1970-01-01, an `instant` is a Date, an `int64` a bigint. */
export type FileColumnType = 'text' | 'double' | 'int32' | 'int64' | 'day' | 'instant'

export interface FileColumn {
  readonly name: string
  readonly type: FileColumnType
  /** Null where there is no value. */
  readonly cells: readonly unknown[]
}

type PhysicalType = Omit<SchemaElement, 'name' | 'repetition_type'>

const PHYSICAL: Readonly<Record<FileColumnType, PhysicalType>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  double: { type: 'DOUBLE' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  day: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
}

/** One row group for four centuries of daily bars; the producer reads a file by row group. */
const ROWS_PER_GROUP = 100_000

/** The file's bytes; `notes` go into its key-value metadata. */
export function columnsFile(columns: readonly FileColumn[], notes: Readonly<Record<string, string>> = {}): Uint8Array {
  const file = parquetWriteBuffer({
    columnData: columns.map(({ name, cells }) => ({ name, data: [...cells] })),
    schema: schemaOf(columns),
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    rowGroupSize: ROWS_PER_GROUP,
    createdBy: 'tickerlake',
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
  })
  return new Uint8Array(file)
}

function schemaOf(columns: readonly FileColumn[]): SchemaElement[] {
  const root: SchemaElement = { name: 'root', num_children: columns.length }
  return [root, ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...PHYSICAL[type] }))]
}

/** What the footer of such a file says but for where its bytes are, for a reader that has the cells themselves. */
export function columnsFooter(columns: readonly FileColumn[]): FileMetaData {
  const rows = columns[0]?.cells.length ?? 0
  const groups = Array.from({ length: Math.ceil(rows / ROWS_PER_GROUP) }, (_, i) =>
    BigInt(Math.min(ROWS_PER_GROUP, rows - i * ROWS_PER_GROUP)),
  )
  return {
    version: 1,
    schema: schemaOf(columns),
    num_rows: BigInt(rows),
    row_groups: groups.map((count) => ({ columns: [], total_byte_size: 0n, num_rows: count })),
    metadata_length: 0,
  }
}

/** The cells as a reader gets them: times are epoch milliseconds (`EPOCH_PARSERS`). */
export function decodedCells({ type, cells }: FileColumn): DecodedArray {
  if (type === 'day') return cells.map((day) => (typeof day === 'number' ? day * DAY_MS : null))
  return type === 'instant' ? cells.map((at) => (at instanceof Date ? at.getTime() : null)) : [...cells]
}
