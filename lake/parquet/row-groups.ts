/** Parquet files by row groups: our own straight into typed arrays, those of other writers by hyparquet. */
import {
  type AsyncBuffer,
  type DecodedArray,
  type RowGroup as FileGroup,
  type FileMetaData,
  parquetMetadata,
  parquetScan,
} from 'hyparquet'
import { TickerlakeError } from '../errors.ts'
import { type GroupCells, wordsOf } from '../tables/cells.ts'
import type { Column, Table } from '../tables/table.ts'
import { CHUNKS } from './encoder.ts'
import { ParquetFileWriter } from './file-writer.ts'
import { CODEC, CREATED_BY, PHYSICAL_OF } from './format.ts'
import { BOUNDED_COMPRESSORS } from './limits.ts'
import { type ChunkPlace, readChunk } from './page-reader.ts'

export const parquetGroups: ParquetGroups = {
  async *read(body, table, columns) {
    const wanted = table.columns.filter(({ name }) => columns.includes(name))
    const metadata = readable(() => parquetMetadata(footerBytes(body)))
    if (metadata.created_by === CREATED_BY) yield* readOurs(body, metadata, wanted)
    else yield* readAnyone(body, metadata, wanted)
  },

  write(table) {
    // Bounds of unsorted columns prune nothing, and the footer is what every reader has to read.
    const hasStatistics = ({ name }: Column): boolean => table.sortedBy.includes(name) || name === 'interval'
    const file = new ParquetFileWriter(table, { ...CHUNKS, hasStatistics })
    return {
      group({ cells }) {
        file.group(table.columns.map(({ name }) => cellsNamed(cells, name, table)))
      },
      finish: (metadata) => file.finish(metadata),
    }
  },
}

function* readOurs(body: Uint8Array, metadata: FileMetaData, wanted: readonly Column[]): Generator<RowGroup> {
  for (const group of metadata.row_groups) {
    const read = wanted.map((column) => {
      const place = placeOf(column, group, metadata)
      return [column.name, readable(() => readChunk(body, place))] as const
    })
    yield { rows: Number(group.num_rows), cells: Object.fromEntries(read) }
  }
}

/** Our files have no nested columns, so those of the schema and of a row group are the same ones. */
function placeOf({ name, type }: Column, { columns, num_rows }: FileGroup, { schema }: FileMetaData): ChunkPlace {
  if (type === 'binary') throw new RangeError(`Column ${name} is not read by row groups.`)
  const at = schema.findIndex((element, i) => i > 0 && element.name === name)
  const [element, meta] = [schema[at], columns[at - 1]?.meta_data]
  if (!element || !meta) throw notParquet(`it has no column ${name}`)
  if (element.type !== PHYSICAL_NAMES[PHYSICAL_OF[type]]) throw notParquet(`its column ${name} is ${element.type}`)
  return {
    type,
    nullable: element.repetition_type === 'OPTIONAL',
    micros: element.converted_type === 'TIMESTAMP_MICROS',
    codec: meta.codec === 'ZSTD' ? CODEC.zstd : CODEC.none,
    at: Number(meta.dictionary_page_offset ?? meta.data_page_offset),
    rows: Number(num_rows),
  }
}

const PHYSICAL_NAMES = { boolean: 'BOOLEAN', int32: 'INT32', int64: 'INT64', double: 'DOUBLE', byteArray: 'BYTE_ARRAY' }

async function* readAnyone(
  body: Uint8Array,
  metadata: FileMetaData,
  wanted: readonly Column[],
): AsyncGenerator<RowGroup> {
  const scan = await parquetScan({
    file: bufferOf(body),
    metadata,
    columns: wanted.map(({ name }) => name),
    compressors: BOUNDED_COMPRESSORS,
    parsers: { timestampFromMilliseconds: Number, timestampFromMicroseconds: millisecondsOf },
  }).catch((cause: unknown) => {
    throw notParquet(cause)
  })
  let rowStart = 0
  for (const { num_rows } of metadata.row_groups) {
    const rows = Number(num_rows)
    if (rows === 0) continue
    const range = { rowStart, rowEnd: rowStart + rows }
    const read = wanted.map(async (column) => {
      const decoded = await scan.readColumn({ column: column.name, ...range })
      return [column.name, cellsOf(column, decoded)] as const
    })
    yield { rows, cells: Object.fromEntries(await Promise.all(read)) }
    rowStart += rows
  }
}

/** Whole milliseconds, as the program counts them. */
export function millisecondsOf(microseconds: bigint): number {
  return Math.floor(Number(microseconds) / 1000)
}

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof TickerlakeError ? cause : notParquet(cause)
  }
}

function notParquet(cause: unknown): TickerlakeError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new TickerlakeError('not-parquet', `This is not a Parquet file of the lake: ${said}.`, { cause })
}

/** hyparquet takes slices as ArrayBuffers of their own; a Buffer's own `slice` would share its pool. */
function bufferOf(body: Uint8Array): AsyncBuffer {
  return { byteLength: body.length, slice: (start, end) => Uint8Array.from(body.subarray(start, end)).buffer }
}

/** The footer is at the end, so a copy of the rest would be waste; but hyparquet wants an ArrayBuffer that ends there. */
export function footerBytes(body: Uint8Array): ArrayBuffer {
  const footer = new DataView(body.buffer, body.byteOffset, body.length)
  const size = body.length < 12 ? body.length : footer.getUint32(body.length - 8, true) + 8
  return Uint8Array.from(size > body.length ? body : body.subarray(body.length - size)).buffer
}

function cellsOf(column: Column, decoded: DecodedArray): GroupCells {
  if (decoded instanceof Float64Array) return decoded
  if (column.type !== 'string') return numbersOf(decoded)
  return wordsOf(Array.from<unknown, string | null>(decoded, (cell) => (typeof cell === 'string' ? cell : null)))
}

function numbersOf(cells: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    numbers[i] = cell === null || cell === undefined ? Number.NaN : Number(cell)
  }
  return numbers
}

function cellsNamed(cells: RowGroup['cells'], name: string, table: Table): GroupCells {
  const found = cells[name]
  if (!found) throw new RangeError(`A row group of ${table.name} lacks its column ${name}.`)
  return found
}

export interface RowGroup {
  readonly rows: number
  /** By column name; numbers have NaN for null, `timestamp` is in epoch milliseconds, `boolean` is 0 or 1. */
  readonly cells: Readonly<Record<string, GroupCells>>
}

/** Parquet files a row group at a time, for what is too large to be held as rows. */
export interface ParquetGroups {
  /** The row groups of a table's file in their order, only the wanted columns. Throws `TickerlakeError` for what is not Parquet. */
  read(body: Uint8Array, table: Table, columns: readonly string[]): AsyncIterable<RowGroup>
  /** Begins a file of a table. */
  write(table: Table): RowGroupWriter
}

export interface RowGroupWriter {
  /** One row group; a column of the table for each entry, numbers for every type but text. */
  group(group: RowGroup): void
  /** The whole file; `metadata` goes into its key-value metadata. */
  finish(metadata: Readonly<Record<string, string>>): Uint8Array
}
