/** One column of one row group as bytes: its dictionary, its pages, and what the footer says of them. */
import type { ColumnCells } from '../tables/cells.ts'
import type { Column, Table } from '../tables/table.ts'
import type { Bounds } from './bounds.ts'
import { ByteSink } from './byte-sink.ts'
import { denseCells } from './dense-cells.ts'
import { CODEC, ENCODING, PAGE } from './format.ts'
import { writeRunLength } from './run-length.ts'
import { ThriftWriter } from './thrift-writer.ts'
import { type PageValues, pageValues } from './values.ts'
import type { Words } from './words.ts'
import { type Effort, zstd } from './zstd.ts'

export interface Page {
  /** From the beginning of the chunk. */
  readonly at: number
  readonly size: number
  readonly firstRow: number
  readonly nulls: number
  readonly hasValues: boolean
  readonly bounds: Bounds | undefined
}

export interface ColumnChunk {
  readonly column: Column
  readonly rows: number
  readonly codec: number
  readonly encoding: number
  readonly hasDictionary: boolean
  readonly size: number
  readonly uncompressedSize: number
  readonly pages: readonly Page[]
  readonly nulls: number
  readonly bounds: Bounds | undefined
  /** Whether the footer says nulls and bounds. */
  readonly hasStatistics: boolean
}

export interface ChunkOptions {
  readonly pageRows: number
  readonly pageBytes: number
  readonly effort: Effort
  readonly hasStatistics: (column: Column) => boolean
}

/** Below this zstd's own frame is most of what it could save, and a call of it costs more than all else. */
const LEAST_COMPRESSED = 96

/** Where a column stands, and whereto it is written. */
interface ChunkTarget {
  readonly table: Table
  readonly column: Column
  readonly out: ByteSink
}

export function columnChunk(
  { table, column, out }: ChunkTarget,
  cells: ColumnCells,
  options: ChunkOptions,
): ColumnChunk {
  const { rows, present, values: dense } = denseCells(column, cells)
  const values = pageValues(dense, column, table)
  const hasStatistics = column.type !== 'binary' && options.hasStatistics(column)
  const writer = new ChunkWriter(values, { nullable: column.nullable, hasStatistics, effort: options.effort, out })
  const pages = writer.write(stretchesOf(values, { rows, present }, options))
  const isOnePage = pages.length === 1
  const { size, uncompressedSize, codec } = writer
  return {
    column,
    rows,
    codec,
    encoding: values.encoding,
    hasDictionary: values.dictionary !== undefined,
    size,
    uncompressedSize,
    pages,
    nulls: rows - values.count,
    bounds: isOnePage || !hasStatistics ? pages[0]?.bounds : values.boundsOf(0, values.count),
    hasStatistics,
  }
}

/** The rows of a page, and its values among those that are not null. */
interface Stretch {
  readonly rows: readonly [from: number, to: number]
  readonly values: readonly [from: number, to: number]
  /** 1 a row of the chunk that has a value; undefined where every row has. */
  readonly present: Uint8Array | undefined
}

interface Rows {
  readonly rows: number
  readonly present: Uint8Array | undefined
}

/** Cuts rows into pages. */
function stretchesOf(values: PageValues, { rows, present }: Rows, options: ChunkOptions): Stretch[] {
  const stretches: Stretch[] = []
  for (let at: Cut = { row: 0, value: 0 }; at.row < rows; ) {
    const most = Math.min(rows, at.row + options.pageRows)
    const isPlain = !values.sizeOf && !present
    const end = isPlain
      ? { row: most, value: at.value + most - at.row }
      : cutFrom(at, most, { values, present, options })
    stretches.push({ rows: [at.row, end.row], values: [at.value, end.value], present })
    at = end
  }
  return stretches
}

interface Cut {
  readonly row: number
  /** How many values stand before. */
  readonly value: number
}

interface Cutting {
  readonly values: PageValues
  readonly present: Uint8Array | undefined
  readonly options: ChunkOptions
}

/** Where the page ends that begins at a cut: at the row `most`, or where its bytes are enough. */
function cutFrom(start: Cut, most: number, { values: { sizeOf }, present, options }: Cutting): Cut {
  let { row, value } = start
  for (let bytes = 0; row < most && bytes < options.pageBytes; row++) {
    if (present && present[row] === 0) continue
    if (sizeOf) bytes += sizeOf(value)
    value++
  }
  return { row, value }
}

interface ChunkWriterOptions {
  readonly nullable: boolean
  readonly hasStatistics: boolean
  readonly effort: Effort
  readonly out: ByteSink
}

/** Used again for every page: nothing that it holds outlives the call. */
const scratch = new ByteSink(1024 * 1024)

class ChunkWriter {
  uncompressedSize = 0
  codec: number = CODEC.zstd
  readonly #values: PageValues
  readonly #options: ChunkWriterOptions
  readonly #start: number

  constructor(values: PageValues, options: ChunkWriterOptions) {
    this.#values = values
    this.#options = options
    this.#start = options.out.at
  }

  get size(): number {
    return this.#options.out.at - this.#start
  }

  write(stretches: readonly Stretch[]): Page[] {
    const [first] = stretches
    const { dictionary } = this.#values
    if (stretches.length === 1 && first) {
      this.#body(first)
      if (scratch.at + (dictionary?.size ?? 0) < LEAST_COMPRESSED) this.codec = CODEC.none
    }
    if (dictionary) this.#dictionaryPage(dictionary)
    return stretches.map((stretch) => this.#dataPage(stretch))
  }

  #dictionaryPage(dictionary: Words): void {
    scratch.reset()
    dictionary.writeAll(scratch)
    this.#emit(PAGE.dictionary, (header) => {
      header.struct(7, () => {
        header.i32(1, dictionary.count)
        header.i32(2, ENCODING.plain)
      })
    })
  }

  #dataPage(stretch: Stretch): Page {
    const { rows, values } = stretch
    this.#body(stretch)
    const at = this.size
    this.#emit(PAGE.data, (header) => {
      header.struct(5, () => {
        header.i32(1, rows[1] - rows[0])
        header.i32(2, this.#values.encoding)
        header.i32(3, ENCODING.rle)
        header.i32(4, ENCODING.rle)
      })
    })
    return {
      at,
      size: this.size - at,
      firstRow: rows[0],
      nulls: rows[1] - rows[0] - (values[1] - values[0]),
      hasValues: values[1] > values[0],
      bounds: this.#options.hasStatistics ? this.#values.boundsOf(...values) : undefined,
    }
  }

  /** Levels with their length before them, then the values: a data page of version 1, which every reader knows. */
  #body({ rows, values, present }: Stretch): void {
    scratch.reset()
    if (this.#options.nullable) {
      scratch.uint32(0)
      if (present) writeRunLength(scratch, { values: present, from: rows[0], to: rows[1] }, 1)
      else if (rows[1] > rows[0]) writeOnes(scratch, rows[1] - rows[0])
      scratch.bytes.writeUInt32LE(scratch.at - 4, 0)
    }
    this.#values.write(scratch, ...values)
  }

  /** The page in `scratch`, behind its header. */
  #emit(type: number, details: (header: ThriftWriter) => void): void {
    const { out, effort } = this.#options
    const raw = scratch.view()
    const body = this.codec === CODEC.none ? raw : zstd(raw, effort)
    const start = out.at
    const header = new ThriftWriter(out)
    header.element(() => {
      header.i32(1, type)
      header.i32(2, raw.length)
      header.i32(3, body.length)
      details(header)
    })
    this.uncompressedSize += out.at - start + raw.length
    out.append(body)
  }
}

/** The levels of rows that all have a value. */
function writeOnes(sink: ByteSink, count: number): void {
  sink.varint(count * 2)
  sink.byte(1)
}
