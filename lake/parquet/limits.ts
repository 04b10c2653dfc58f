/**
 * How much one Parquet file may ask of its reader. Footers and page headers are what somebody wrote: sizes and counts in
 * them are checked, against each other and against these limits, before anything of that size is allocated or looped over.
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Compressors } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { compressors as portable } from 'hyparquet-compressors'

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
export const BOUNDED_COMPRESSORS: Compressors = {
  SNAPPY: (input, size) => bounded(size, () => portable.SNAPPY?.(input, size)),
  GZIP: (input, size) => bounded(size, () => gunzipSync(input, { maxOutputLength: outputOf(size) })),
  BROTLI: (input, size) => bounded(size, () => brotliDecompressSync(input, { maxOutputLength: outputOf(size) })),
  ZSTD: (input, size) => bounded(size, () => zstdDecompressSync(input, zstdOptions(size))),
  LZ4: (input, size) => bounded(size, () => portable.LZ4?.(input, size)),
  LZ4_RAW: (input, size) => bounded(size, () => portable.LZ4_RAW?.(input, size)),
}

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
 * Goes through the page headers of one flat column's chunk without decoding a page. Throws where its pages hold more or
 * fewer values than the row group has rows, or would grow beyond what is read.
 */
export function checkChunk(chunk: ArrayBuffer, rows: number): void {
  const reader = { view: new DataView(chunk), offset: 0 }
  let bytes = 0
  let values = 0
  while (reader.offset < chunk.byteLength - 1 && values < rows) {
    const header = parquetHeader(reader)
    checkPageSize(header.uncompressed_page_size)
    bytes += header.uncompressed_page_size
    if (bytes > MAX_CHUNK_BYTES) throw new Error(`a column of more than ${MAX_CHUNK_BYTES} bytes in one row group`)
    const page = header.data_page_header ?? header.data_page_header_v2
    const entries = page?.num_values ?? header.dictionary_page_header?.num_values ?? 0
    checkValues(entries, rows, page !== undefined)
    if (page) values += entries
    if (header.compressed_page_size < 0) throw new Error('a page of less than nothing')
    reader.offset += header.compressed_page_size
  }
  if (values !== rows) throw new Error(`its footer says ${rows} rows where its pages hold ${values}`)
}

/** A dictionary may have more words than the group has rows, but not more than any group may have. */
function checkValues(values: number, rows: number, isData: boolean): void {
  const most = isData ? rows : MAX_GROUP_ROWS
  if (Number.isInteger(values) && values >= 0 && values <= most) return
  throw new Error(`a page of ${values} values in a row group of ${rows} rows`)
}
