/** Parquet files with hyparquet-writer: the one pure JavaScript writer whose files Trino, DuckDB and PyArrow all read right. */
import { zstdCompressSync } from 'node:zlib'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, type ColumnSource, parquetWrite } from 'hyparquet-writer'
import { TickerlakeError } from '../errors.ts'
import type { Column, ColumnType, Table } from '../tables/table.ts'

export interface HyparquetEncoderOptions {
  /** Rows a row group; without it a file is one row group, which is best up to some 100,000 rows. */
  readonly rowGroupRows?: number
  /** Uncompressed bytes a page. Pages are what the column index prunes within a row group. */
  readonly pageBytes?: number
}

/** A million rows in one group need about 200 MB to be written; no file of the lake comes near. */
const ONE_GROUP = 1_000_000
/** 8,192 doubles: small enough that a column index prunes a symbol in a sorted file, large enough for zstd. */
const PAGE_BYTES = 65_536

export function hyparquetEncoder(options: HyparquetEncoderOptions = {}): ParquetEncoder {
  const { rowGroupRows = ONE_GROUP, pageBytes = PAGE_BYTES } = options
  return {
    encode(table, columns, metadata = {}) {
      const writer = new ByteWriter()
      parquetWrite({
        writer,
        columnData: columnSources(table, columns),
        schema: schemaOf(table),
        codec: 'ZSTD',
        compressors: { ZSTD: zstd },
        rowGroupSize: rowGroupRows,
        pageSize: pageBytes,
        kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
        createdBy: 'tickerlake',
      })
      return writer.getBytes()
    },
  }
}

/** zlib's own level 3: on bars half of snappy's bytes, at a tenth of the batch's CPU time (docs/decisions/0041). */
function zstd(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes)
}

function columnSources(table: Table, columns: readonly ColumnCells[]): ColumnSource[] {
  if (columns.length !== table.columns.length) {
    throw new RangeError(`${table.name} has ${table.columns.length} columns, got ${columns.length}.`)
  }
  return table.columns.map((column, at) => {
    const binary = column.type === 'binary'
    return {
      name: column.name,
      data: checkedCells(column, columns[at] ?? []),
      // Bounds of raw bytes prune nothing and would put pieces of payloads into the footer.
      statistics: !binary,
      columnIndex: !binary,
      ...encodingOf(column.type),
    }
  })
}

/**
 * Integers as deltas (a fifth smaller files). Doubles and bytes plain: the writer's dictionary takes -0 for +0,
 * and hashing payloads of megabytes in JavaScript costs more than it saves. Text gets a dictionary where one pays.
 */
export function encodingOf(type: ColumnType): Pick<ColumnSource, 'encoding'> {
  if (type === 'int' || type === 'bigint' || type === 'timestamp') return { encoding: 'DELTA_BINARY_PACKED' }
  if (type === 'double' || type === 'binary') return { encoding: 'PLAIN' }
  return {}
}

const PARQUET_TYPES = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  binary: { type: 'BYTE_ARRAY' },
  double: { type: 'DOUBLE' },
  int: { type: 'INT32' },
  bigint: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  timestamp: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
} as const satisfies Record<ColumnType, Partial<SchemaElement>>

export function schemaOf(table: Table): SchemaElement[] {
  const root: SchemaElement = { name: table.name, num_children: table.columns.length }
  return [root, ...table.columns.map(elementOf)]
}

function elementOf(column: Column): SchemaElement {
  const repetition_type = column.nullable ? 'OPTIONAL' : 'REQUIRED'
  return { name: column.name, repetition_type, ...PARQUET_TYPES[column.type] }
}

/** Cells as the Parquet writer takes them, checked first: it would wrap an int that is too large and store -1 for a NaN date. */
type Cell = ColumnCells[number]

/** The cells of a column, each of the column's type. A cell that is not is a mistake of the caller: it throws. */
function checkedCells(column: Column, cells: ColumnCells): Cell[] | Float64Array | Int32Array {
  const fits = FITS[column.type]
  let nulls = 0
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]
    if (cell === null && column.nullable) nulls++
    else if (cell === undefined || cell === null || !fits(cell)) throw wrongCell(column, row, cell)
  }
  if (nulls > 0) return [...cells]
  if (column.type === 'double') return Float64Array.from(cells, Number)
  if (column.type === 'int') return Int32Array.from(cells, Number)
  return [...cells]
}

const FITS: Readonly<Record<ColumnType, (cell: NonNullable<Cell>) => boolean>> = {
  string: (cell) => typeof cell === 'string',
  binary: (cell) => cell instanceof Uint8Array,
  double: (cell) => typeof cell === 'number',
  int: (cell) => typeof cell === 'number' && cell === (cell | 0),
  bigint: (cell) => Number.isSafeInteger(cell),
  timestamp: (cell) => Number.isSafeInteger(cell),
  boolean: (cell) => typeof cell === 'boolean',
}

function wrongCell(column: Column, row: number, cell: Cell | undefined): TickerlakeError {
  const want = column.nullable ? `${column.type} or null` : column.type
  const got = typeof cell === 'object' && cell !== null ? 'bytes' : String(cell)
  return new TickerlakeError('wrong_cell', `Column ${column.name}, row ${row}: want ${want}, got ${got}.`)
}

/**
 * The cells of one column, a value a row, null where there is none: text as strings, `binary` as bytes,
 * everything else as numbers (`bigint` and `timestamp` as safe integers).
 */
export type ColumnCells = readonly (string | number | boolean | Uint8Array | null)[]

/** Turns the columns of a table into one Parquet file. */
export interface ParquetEncoder {
  /**
   * `columns` has one entry per column of the table, all of one length, in the table's order.
   * `metadata` goes into the file's key-value metadata.
   */
  encode(table: Table, columns: readonly ColumnCells[], metadata?: Readonly<Record<string, string>>): Uint8Array
}
