/** The footer of a Parquet file that somebody wrote. */
import { type AsyncBuffer, type FileMetaData, type ParquetParsers, parquetMetadata } from 'hyparquet'
import type { FileBytes } from './file-source.ts'
import { ByteCursor, skipStruct } from './thrift-limits.ts'

/** The footer's length and the magic word behind it. */
export const TAIL_BYTES = 8
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
  const view = async (start: number, end: number) => new Uint8Array(await file.slice(start, end))
  return footerIn(await readFooterBytes({ byteLength: file.byteLength, view }, firstFetchBytes), parsers)
}

/** The bytes of the footer with the eight that end the file. */
export async function readFooterBytes({ byteLength, view }: FileBytes, firstFetchBytes: number): Promise<Uint8Array> {
  const first = await view(Math.max(0, byteLength - firstFetchBytes), byteLength)
  const size = footerSize(first, byteLength)
  return size <= first.length ? first.subarray(first.length - size) : view(byteLength - size, byteLength)
}

/** The same of a file in memory. */
export function footerBytesOf(body: Uint8Array): Uint8Array {
  return body.subarray(body.length - footerSize(body, body.length))
}

/** What hyparquet makes of these bytes; throws as `readFooter` does. */
export function footerIn(bytes: Uint8Array, parsers?: Partial<ParquetParsers>): FileMetaData {
  skipStruct(new ByteCursor(bytes))
  // hyparquet wants an ArrayBuffer that ends with the footer; a copy of the rest would be waste.
  return parquetMetadata(new Uint8Array(bytes).buffer, { geoparquet: false, ...(parsers && { parsers }) })
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
