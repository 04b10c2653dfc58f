/**
 * How much one Parquet file may ask of its reader. Footers and page headers are what somebody wrote: sizes and counts in
 * them are checked, against each other and against these limits, before anything of that size is allocated or looped over.
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { CompressionCodec, Compressors, Encoding, PageHeader, ParquetType } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { compressors as portable } from 'hyparquet-compressors'
import { checkLevelsV2, checkPageV1, checkValuesV2 } from './page-limits.ts'
import { ByteCursor, skipStruct } from './thrift-limits.ts'

/** DuckDB ends a page at 100 MB; everybody else's are far smaller. */
const MAX_PAGE_BYTES = 128 * 1024 * 1024

/** All pages of one column of one row group, decompressed. */
const MAX_CHUNK_BYTES = 256 * 1024 * 1024

/** Rows of one row group: sixteen times what pandas writes, a hundred and thirty times DuckDB's. */
const MAX_GROUP_ROWS = 16_777_216

/**
 * Node's own codecs where it has them, several times as fast as the portable ones. Each stops at the size that the page
 * header says, however much more is packed in.
 */
export const BOUNDED_COMPRESSORS = {
  SNAPPY: (input, size) => bounded(size, () => portable.SNAPPY?.(input, size)),
  GZIP: (input, size) => bounded(size, () => gunzipSync(input, { maxOutputLength: outputOf(size) })),
  BROTLI: (input, size) => bounded(size, () => brotliDecompressSync(input, { maxOutputLength: outputOf(size) })),
  ZSTD: (input, size) => bounded(size, () => zstdDecompressSync(input, zstdOptions(size))),
  LZ4: (input, size) => bounded(size, () => portable.LZ4?.(input, size)),
  LZ4_RAW: (input, size) => bounded(size, () => portable.LZ4_RAW?.(input, size)),
} satisfies Compressors

/** In one piece where it is not much: zlib gathers pieces of 16 kB and copies them together. */
function zstdOptions(size: number) {
  return { maxOutputLength: outputOf(size), chunkSize: Math.min(Math.max(64, size + 1), 1024 * 1024) }
}

/** zlib refuses a limit of nothing; a page of nothing is then found to be too long by its length. */
function outputOf(size: number): number {
  return Math.max(1, size)
}

function bounded(size: number, decompress: () => Uint8Array | undefined): Uint8Array {
  checkPageSize(size)
  // A page of nothing but nulls has no values, and some writers pack those into no bytes at all.
  if (size === 0) return new Uint8Array()
  try {
    return decompress() ?? new Uint8Array()
  } catch (cause) {
    const isLonger = cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    if (isLonger) throw new Error(`a page holds more than the ${size} bytes that its header says`, { cause })
    throw cause
  }
}

function checkPageSize(size: number): void {
  if (Number.isInteger(size) && size >= 0 && size <= MAX_PAGE_BYTES) return
  throw new Error(`a page of ${size} bytes; at most ${MAX_PAGE_BYTES} are read`)
}

/** Throws where a row group is too large to be held, a column at a time. */
export function checkGroupRows(rows: number): void {
  if (Number.isSafeInteger(rows) && rows >= 0 && rows <= MAX_GROUP_ROWS) return
  throw new Error(
    `a row group of ${rows} rows; at most ${MAX_GROUP_ROWS} are read, so write it with smaller row groups`,
  )
}

/**
 * Bars take bytes: a file that says more rows than this many a byte has been made to keep its reader busy. The first
 * million is free, for what never changes packs into nothing.
 */
const MAX_ROWS_PER_BYTE = 8
const FREE_ROWS = 1_048_576

/** Throws where a file says more rows than its bytes can hold. */
export function checkFileRows(rows: number, bytes: number): void {
  if (rows <= FREE_ROWS + bytes * MAX_ROWS_PER_BYTE) return
  throw new Error(`${rows} rows in ${bytes} bytes, more than bars can be packed into`)
}

/** What the footer and the schema say of one flat column in one row group. */
export interface ChunkShape {
  readonly rows: number
  readonly codec: CompressionCodec
  readonly type: ParquetType
  readonly typeLength: number | undefined
  readonly isOptional: boolean
}

type PageCheck = (values: Uint8Array) => void

/**
 * Goes through the pages of one flat column's chunk before any is decoded. Throws where they hold more or fewer values
 * than the row group has rows, would grow beyond what is read, or say more than they hold. A packed page can be looked
 * into only when it is unpacked: that is what the returned compressors do, for this chunk alone.
 */
export function checkChunk(chunk: ArrayBuffer, shape: ChunkShape): Compressors {
  const reader = { view: new DataView(chunk), offset: 0 }
  const whole = new Uint8Array(chunk)
  const checks = new Map<number, PageCheck>()
  let bytes = 0
  let values = 0
  while (reader.offset < chunk.byteLength - 1 && values < shape.rows) {
    skipStruct(new ByteCursor(whole, reader.offset))
    const header = parquetHeader(reader)
    bytes += sizeOf(header)
    if (bytes > MAX_CHUNK_BYTES) throw new Error(`a column of more than ${MAX_CHUNK_BYTES} bytes in one row group`)
    const end = reader.offset + header.compressed_page_size
    const page = plannedPage(header, shape, whole.subarray(reader.offset, end))
    if (page.isPacked) checks.set(reader.offset + page.start, page.check)
    else page.check(whole.subarray(reader.offset + page.start, end))
    values += page.values
    reader.offset = end
  }
  if (values !== shape.rows) throw new Error(`its footer says ${shape.rows} rows where its pages hold ${values}`)
  return checking(checks)
}

function sizeOf({ uncompressed_page_size: size, compressed_page_size: packed }: PageHeader): number {
  checkPageSize(size)
  if (!Number.isInteger(packed) || packed < 0) throw new Error('a page of less than nothing')
  return size
}

interface PlannedPage {
  /** Of the row group's rows. */
  readonly values: number
  /** Where in the page begins what may be packed. */
  readonly start: number
  readonly isPacked: boolean
  readonly check: PageCheck
}

function plannedPage(header: PageHeader, shape: ChunkShape, bytes: Uint8Array): PlannedPage {
  const isPacked = shape.codec !== 'UNCOMPRESSED'
  if (header.type === 'DICTIONARY_PAGE') {
    checkValues(header.dictionary_page_header?.num_values, MAX_GROUP_ROWS, shape)
    return { values: 0, start: 0, isPacked, check: () => undefined }
  }
  if (header.type === 'DATA_PAGE_V2') return plannedV2(header, shape, bytes)
  const count = checkValues(header.data_page_header?.num_values, shape.rows, shape)
  const page = { ...shape, count, encoding: header.data_page_header?.encoding ?? ('PLAIN' satisfies Encoding) }
  return { values: count, start: 0, isPacked, check: (values) => checkPageV1(values, page) }
}

/** Here the levels stand before the values, and are never packed. */
function plannedV2({ data_page_header_v2: said }: PageHeader, shape: ChunkShape, bytes: Uint8Array): PlannedPage {
  if (!said) throw new Error('a page without its header')
  const { num_nulls: nulls, repetition_levels_byte_length: repetition, definition_levels_byte_length: levels } = said
  const count = checkValues(said.num_values, shape.rows, shape)
  const start = repetition + levels
  // What the header leaves out would be no number, at which the decoder stays for ever.
  const isSane = [nulls, repetition, levels].every((size) => Number.isInteger(size) && size >= 0)
  if (!isSane || nulls > (shape.isOptional ? count : 0) || start > bytes.length || said.num_rows !== count) {
    throw new Error('a page whose header contradicts itself')
  }
  const page = { ...shape, count, encoding: said.encoding }
  checkLevelsV2(bytes.subarray(repetition, start), page)
  return {
    values: count,
    start,
    isPacked: shape.codec !== 'UNCOMPRESSED' && said.is_compressed !== false,
    check: (values) => checkValuesV2(values, { ...page, count: count - nulls }),
  }
}

/** A dictionary may have more words than the group has rows, but not more than any group may have. */
function checkValues(values: number | undefined, most: number, { rows }: ChunkShape): number {
  if (values !== undefined && Number.isInteger(values) && values >= 0 && values <= most) return values
  throw new Error(`a page of ${values} values in a row group of ${rows} rows`)
}

/** The bounded compressors, each page of which is looked into once it is unpacked. */
function checking(checks: ReadonlyMap<number, PageCheck>): Compressors {
  const wrapped = Object.entries(BOUNDED_COMPRESSORS).map(([codec, unpack]) => {
    const unpackAndCheck = (input: Uint8Array, size: number): Uint8Array => {
      const check = checks.get(input.byteOffset)
      if (!check) throw new Error('a page where its column has none')
      const values = unpack(input, size)
      check(values)
      return values
    }
    return [codec, unpackAndCheck] as const
  })
  return Object.fromEntries(wrapped)
}
