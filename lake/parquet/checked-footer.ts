/** The footer of a Parquet file that somebody wrote. */
import { type AsyncBuffer, type FileMetaData, type ParquetParsers, parquetMetadata } from 'hyparquet'
import { ByteCursor, skipStruct } from './thrift-limits.ts'

/** The footer's length and the magic word behind it. */
const TAIL_BYTES = 8
const MAGIC = 0x31524150

/** A footer of a thousand columns in a thousand row groups takes 60 MB. */
const MAX_FOOTER_BYTES = 128 * 1024 * 1024

export interface FooterOptions {
  /** Read at the file's end in the hope that the footer is no longer. */
  readonly firstFetchBytes: number
  readonly parsers?: Partial<ParquetParsers>
}

/** Reads the footer; throws where the file is no Parquet file, or its footer asks for more than it holds. */
export async function readFooter(
  file: AsyncBuffer,
  { firstFetchBytes, parsers }: FooterOptions,
): Promise<FileMetaData> {
  const first = await file.slice(Math.max(0, file.byteLength - firstFetchBytes), file.byteLength)
  const size = footerSize(new Uint8Array(first), file.byteLength)
  const bytes = size <= first.byteLength ? first : await file.slice(file.byteLength - size, file.byteLength)
  return footerIn(bytes, bytes.byteLength - size, parsers)
}

/** The footer of a file in memory; throws as `readFooter` does. */
export function footerOf(body: Uint8Array, parsers?: Partial<ParquetParsers>): FileMetaData {
  const size = footerSize(body, body.length)
  // hyparquet wants an ArrayBuffer that ends with the footer; a copy of the rest would be waste.
  return footerIn(new Uint8Array(body.subarray(body.length - size)).buffer, 0, parsers)
}

/** Bytes of the footer with its tail, by the last bytes of a file of that length. */
function footerSize(end: Uint8Array, fileBytes: number): number {
  if (end.length < TAIL_BYTES) throw new Error('the file is too short to be Parquet')
  const tail = new DataView(end.buffer, end.byteOffset + end.length - TAIL_BYTES)
  if (tail.getUint32(4, true) !== MAGIC) throw new Error('it is not Parquet, or not all of it (no PAR1 at its end)')
  const length = tail.getUint32(0, true)
  if (length > fileBytes - TAIL_BYTES) throw new Error(`its footer is longer (${length} bytes) than the file`)
  if (length > MAX_FOOTER_BYTES) throw new Error(`a footer of ${length} bytes; at most ${MAX_FOOTER_BYTES} are read`)
  return length + TAIL_BYTES
}

function footerIn(bytes: ArrayBuffer, start: number, parsers: Partial<ParquetParsers> | undefined): FileMetaData {
  skipStruct(new ByteCursor(new Uint8Array(bytes), start))
  return parquetMetadata(bytes, { geoparquet: false, ...(parsers && { parsers }) })
}
