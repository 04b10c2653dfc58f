/** Parquet files that lie about what is in them. */
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { type FileMetaData, parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { DAY_MS } from '../../lake/instant.ts'

const BARS = [
  { name: 'Date', data: Array.from({ length: 10 }, (_, day) => BigInt(day * DAY_MS)), type: 'INT64' as const },
  { name: 'Close', data: Array.from({ length: 10 }, (_, i) => i + 0.5), type: 'DOUBLE' as const },
]

/** Ten rows whose footer says something else. */
export function withFooter(change: (footer: FileMetaData) => void): Uint8Array {
  const file = parquetWriteBuffer({ codec: 'UNCOMPRESSED', columnData: BARS })
  const footer = parquetMetadata(file)
  change(footer)
  const length = new DataView(file).getUint32(file.byteLength - 8, true)
  const writer = new ByteWriter()
  writer.appendBytes(new Uint8Array(file, 0, file.byteLength - 8 - length))
  writeMetadata(writer, footer)
  writer.appendUint32(0x31524150)
  return new Uint8Array(writer.getBuffer())
}

/** Ten rows, each page of which unpacks to `bytes` zeros. */
export function bomb(codec: 'GZIP' | 'ZSTD', bytes: number): Uint8Array {
  const zeros = Buffer.alloc(bytes)
  const packed = codec === 'ZSTD' ? zstdCompressSync(zeros) : gzipSync(zeros)
  return new Uint8Array(
    parquetWriteBuffer({ codec, compressors: { [codec]: () => new Uint8Array(packed) }, columnData: BARS }),
  )
}
