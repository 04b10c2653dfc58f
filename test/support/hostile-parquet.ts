/** Parquet files that lie about what is in them. */
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { type Encoding, type FileMetaData, type ParquetType, parquetMetadata } from 'hyparquet'
import { Encodings } from 'hyparquet/src/constants.js'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js'
import { DAY_MS } from '../../lake/instant.ts'

/** `PAR1`, at both ends. */
const MAGIC = 0x31524150

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
  writer.appendUint32(MAGIC)
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

/** One data page as somebody could write it. */
export interface HostilePage {
  readonly type: ParquetType
  readonly encoding: Encoding
  readonly count: number
  readonly bytes: readonly number[]
  readonly isOptional?: boolean
  /** Of the second kind, with so many nulls and so many bytes of levels. */
  readonly v2?: { readonly nulls: number; readonly levelBytes: number }
  readonly typeLength?: number
}

/** Its chunk of a column: the header and the page, not packed. */
export function chunkOf({ encoding, count, bytes, v2 }: HostilePage): ArrayBuffer {
  const writer = new ByteWriter()
  const code = Encodings.indexOf(encoding)
  serializeTCompactProtocol(writer, {
    field_1: v2 ? 3 : 0,
    field_2: bytes.length,
    field_3: bytes.length,
    ...(v2
      ? {
          field_8: {
            field_1: count,
            field_2: v2.nulls,
            field_3: count,
            field_4: code,
            field_5: v2.levelBytes,
            field_6: 0,
          },
        }
      : { field_5: { field_1: count, field_2: code, field_3: 3, field_4: 3 } }),
  })
  writer.appendBytes(Uint8Array.from(bytes))
  return Uint8Array.from(new Uint8Array(writer.getBuffer())).buffer
}

/** Seven bits at a time, as Thrift and Parquet write unsigned numbers. */
export function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A file of ten bars whose column Close, and whose rows, are such a page's. */
export function hostileFile(page: HostilePage): Uint8Array {
  const days = Buffer.alloc(page.count * 8)
  for (let i = 0; i < page.count; i++) days.writeBigInt64LE(BigInt(i * DAY_MS), i * 8)
  const dates = chunkOf({ type: 'INT64', encoding: 'PLAIN', count: page.count, bytes: [...days] })
  const close = chunkOf(page)
  const column = (name: string, type: ParquetType, chunk: ArrayBuffer, start: number) => ({
    file_offset: 0n,
    meta_data: {
      type,
      encodings: [],
      path_in_schema: [name],
      codec: 'UNCOMPRESSED' as const,
      num_values: BigInt(page.count),
      total_uncompressed_size: BigInt(chunk.byteLength),
      total_compressed_size: BigInt(chunk.byteLength),
      data_page_offset: BigInt(start),
    },
  })
  const element = {
    name: 'Close',
    type: page.type,
    ...(page.typeLength !== undefined && { type_length: page.typeLength }),
    repetition_type: page.isOptional ? ('OPTIONAL' as const) : ('REQUIRED' as const),
  }
  const writer = new ByteWriter()
  writer.appendUint32(MAGIC)
  for (const chunk of [dates, close]) writer.appendBytes(new Uint8Array(chunk))
  writeMetadata(writer, {
    version: 2,
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'Date', type: 'INT64', repetition_type: 'REQUIRED', converted_type: 'TIMESTAMP_MILLIS' },
      element,
    ],
    num_rows: BigInt(page.count),
    row_groups: [
      {
        columns: [column('Date', 'INT64', dates, 4), column('Close', page.type, close, 4 + dates.byteLength)],
        total_byte_size: BigInt(dates.byteLength + close.byteLength),
        num_rows: BigInt(page.count),
      },
    ],
    metadata_length: 0,
  })
  writer.appendUint32(MAGIC)
  return new Uint8Array(writer.getBuffer())
}
