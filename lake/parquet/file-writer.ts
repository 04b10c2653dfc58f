/** A Parquet file a row group at a time: pages first, then the page index, then the footer (Parquet, "File Format"). */

import { type ColumnCells, rowsIn } from '../tables/cells.ts'
import type { Column, Table } from '../tables/table.ts'
import { ByteSink } from './byte-sink.ts'
import { type ChunkOptions, columnChunk, type Page } from './column-chunk.ts'
import { type FooterGroup, writeFooter } from './footer.ts'
import { THRIFT, ThriftWriter } from './thrift-writer.ts'

const MAGIC = Buffer.from('PAR1')
const LEAST_ROOM = 16 * 1024

export class ParquetFileWriter {
  readonly #table: Table
  readonly #options: ChunkOptions
  readonly #groups: FooterGroup[] = []
  /** One piece from the beginning: parts and the whole would be twice the file. */
  readonly #out: ByteSink

  /** Room for so many bytes is asked for at once; what of it is not written takes no memory. */
  constructor(table: Table, options: ChunkOptions, expectedBytes = 0) {
    this.#table = table
    this.#options = options
    this.#out = new ByteSink(Math.max(LEAST_ROOM, expectedBytes))
    this.#out.append(MAGIC)
  }

  /** One entry a column of the table, in its order, all of one length. */
  group(columns: readonly ColumnCells[]): void {
    const { name, columns: wanted } = this.#table
    if (columns.length !== wanted.length) {
      throw new RangeError(`${name} has ${wanted.length} columns, got ${columns.length}.`)
    }
    const rows = columns[0] === undefined ? 0 : rowsIn(columns[0])
    const placed = wanted.map((column, at) => this.#chunk(column, columns[at] ?? [], rows))
    if (rows > 0) this.#groups.push({ rows, columns: placed })
  }

  finish(metadata: Readonly<Record<string, string>>): Uint8Array {
    const indexed = this.#groups.map(({ rows, columns }) => ({
      rows,
      columns: columns.map((column) => ({ ...column, ...this.#index(column) })),
    }))
    const footer = writeFooter(this.#table, indexed, metadata)
    this.#out.append(footer)
    this.#out.uint32(footer.length)
    this.#out.append(MAGIC)
    return this.#out.view()
  }

  #chunk(column: Column, cells: ColumnCells, rows: number): FooterGroup['columns'][number] {
    if (rowsIn(cells) !== rows) {
      throw new RangeError(`Column ${column.name} has ${rowsIn(cells)} cells where others have ${rows}.`)
    }
    const out = this.#out
    const { at } = out
    return { chunk: columnChunk({ table: this.#table, column, out }, cells, this.#options), at }
  }

  /** Of a single page the footer says all that an index would. */
  #index({ chunk, at }: FooterGroup['columns'][number]): Pick<FooterGroup['columns'][number], 'index'> {
    if (chunk.pages.length < 2) return {}
    const bounds = boundsIndex(chunk.pages)
    const columnIndex = bounds && { at: this.#out.at, size: bounds.length }
    if (bounds) this.#out.append(bounds)
    const offsets = offsetIndex(chunk.pages, at)
    const index = { columnIndex, offsetIndex: { at: this.#out.at, size: offsets.length } }
    this.#out.append(offsets)
    return { index }
  }
}

const NO_BYTES = new Uint8Array()
const UNORDERED = 0

/** A `ColumnIndex`; undefined where a page has values but no bounds. */
function boundsIndex(pages: readonly Page[]): Uint8Array | undefined {
  if (pages.some(({ hasValues, bounds }) => hasValues && !bounds)) return undefined
  const thrift = new ThriftWriter()
  const bounds = (end: 'min' | 'max') => pages.map((page) => page.bounds?.[end] ?? NO_BYTES)
  thrift.element(() => {
    thrift.list(1, THRIFT.true, pages.length)
    for (const { hasValues } of pages) thrift.sink.byte(hasValues ? THRIFT.false : THRIFT.true)
    for (const [id, list] of [bounds('min'), bounds('max')].entries()) {
      thrift.list(2 + id, THRIFT.binary, pages.length)
      for (const bound of list) thrift.bytes(bound)
    }
    thrift.i32(4, UNORDERED)
    thrift.list(5, THRIFT.i64, pages.length)
    for (const { nulls } of pages) thrift.sink.zigzag(nulls)
  })
  return thrift.sink.view()
}

/** An `OffsetIndex`. */
function offsetIndex(pages: readonly Page[], chunkAt: number): Uint8Array {
  const thrift = new ThriftWriter()
  thrift.element(() => {
    thrift.list(1, THRIFT.struct, pages.length)
    for (const { at, size, firstRow } of pages) {
      thrift.element(() => {
        thrift.i64(1, chunkAt + at)
        thrift.i32(2, size)
        thrift.i64(3, firstRow)
      })
    }
  })
  return thrift.sink.view()
}
