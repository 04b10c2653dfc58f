/** Parquet files by row groups: hyparquet reads, hyparquet-writer writes. */
import { zstdCompressSync } from 'node:zlib'
import { type AsyncBuffer, type DecodedArray, parquetScan } from 'hyparquet'
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'
import { TickerlakeError } from '../errors.ts'
import type { Column, Table } from '../tables/table.ts'
import { encodingOf, schemaOf } from './encoder.ts'
import { BOUNDED_COMPRESSORS } from './limits.ts'

/** 8,192 doubles a page: what a column index prunes within a group. */
const PAGE_BYTES = 65_536

export const hyparquetGroups: ParquetGroups = {
  async *read(body, table, columns) {
    const scan = await scanOf(body, columns)
    const wanted = table.columns.filter(({ name }) => columns.includes(name))
    let rowStart = 0
    for (const { num_rows } of scan.metadata.row_groups) {
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
  },

  write: (table) => new GroupWriter(table),
}

async function scanOf(body: Uint8Array, columns: readonly string[]) {
  try {
    return await parquetScan({
      file: bufferOf(body),
      columns: [...columns],
      compressors: BOUNDED_COMPRESSORS,
      parsers: { timestampFromMilliseconds: Number },
    })
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new TickerlakeError('not-parquet', `This is not a Parquet file of the lake: ${said}.`, { cause })
  }
}

/** hyparquet takes slices as ArrayBuffers of their own; a Buffer's own `slice` would share its pool. */
function bufferOf(body: Uint8Array): AsyncBuffer {
  return { byteLength: body.length, slice: (start, end) => Uint8Array.from(body.subarray(start, end)).buffer }
}

function cellsOf(column: Column, decoded: DecodedArray): GroupCells {
  if (decoded instanceof Float64Array) return decoded
  if (column.type !== 'string') return numbersOf(decoded)
  return Array.from<unknown, string | null>(decoded, (cell) => (typeof cell === 'string' ? cell : null))
}

function numbersOf(cells: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    numbers[i] = cell === null || cell === undefined ? Number.NaN : Number(cell)
  }
  return numbers
}

/** Keeps each group's bytes as they are finished, so that the file is copied once, at its end. */
class GroupWriter implements RowGroupWriter {
  readonly #table: Table
  readonly #out = new PartsWriter()
  readonly #writer: ParquetWriter

  constructor(table: Table) {
    this.#table = table
    this.#writer = new ParquetWriter({
      writer: this.#out,
      schema: schemaOf(table),
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
      createdBy: 'tickerlake',
    })
  }

  group({ rows, cells }: RowGroup): void {
    const columnData = this.#table.columns.map((column) => this.#sourceOf(column, cells[column.name]))
    this.#writer.write({ columnData, rowGroupSize: rows, pageSize: PAGE_BYTES })
  }

  finish(metadata: Readonly<Record<string, string>>): Uint8Array {
    this.#writer.kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }))
    this.#writer.finish()
    return this.#out.whole()
  }

  #sourceOf(column: Column, cells: GroupCells | undefined): ColumnSource {
    if (!cells) throw new RangeError(`A row group of ${this.#table.name} lacks its column ${column.name}.`)
    const sorted = this.#table.sortedBy.includes(column.name)
    return {
      name: column.name,
      data: dataOf(column, cells),
      // Bounds of unsorted columns prune nothing, and the footer is what every reader has to read.
      statistics: sorted || column.name === 'interval',
      columnIndex: sorted,
      ...encodingOf(column.type),
    }
  }
}

function dataOf(column: Column, cells: GroupCells): DecodedArray {
  if (column.type === 'int') return Int32Array.from(cells, Number)
  if (!(cells instanceof Float64Array)) return [...cells]
  if (column.type === 'double' && !(column.nullable && cells.some(Number.isNaN))) return cells
  return Array.from(cells, (cell) => (Number.isNaN(cell) ? null : cell))
}

/** A byte writer that is emptied after each row group. */
class PartsWriter extends ByteWriter {
  readonly #parts: Uint8Array[] = []

  flush(): void {
    this.#parts.push(this.getBytes().slice())
    this.index = 0
  }

  override finish(): void {
    this.flush()
  }

  whole(): Uint8Array {
    return Buffer.concat(this.#parts)
  }
}

/** The cells of one column: text, or numbers with NaN for null (`timestamp` in epoch milliseconds). */
export type GroupCells = Float64Array | readonly (string | null)[]

export interface RowGroup {
  readonly rows: number
  /** By column name. */
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
