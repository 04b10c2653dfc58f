/** What was sent of a history file, as an object beside the cursor: a few bytes a bar, compressed. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { type BarTable, emptyTable } from './bar-table.ts'

export interface SentFile {
  /** The version of the file that `table` was compared with. */
  readonly etag: string
  /** Whether all that this version says was sent; else the comparison goes on from here. */
  readonly isWhole: boolean
  /** `replay`: rows that a replay of the past sends, or has sent, as far as it has come. `sent`: all of them were sent. */
  readonly basis: 'replay' | 'sent'
  readonly table: BarTable
}

const FORMAT = 1

interface Header extends Omit<SentFile, 'table'> {
  readonly format: number
  /** Fresh for each write: two equal bodies would have one ETag. */
  readonly nonce: string
  readonly series: readonly string[]
  readonly rows: number
}

/** Header length, header, then column after column: ends, time steps, six cells, odd hashes. */
export function encodeSentFile({ table, ...file }: SentFile, nonce: string): Uint8Array {
  const header: Header = { format: FORMAT, nonce, ...file, series: table.series, rows: table.times.length }
  const head = new TextEncoder().encode(JSON.stringify(header))
  const length = Uint32Array.of(head.length)
  const steps = table.times.map((time, i) => time - (table.times[i - 1] ?? 0))
  const parts = [length, head, table.ends, steps, ...table.cells, table.odd]
  return zstdCompressSync(
    Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  )
}

/** Undefined where the bytes are no such record, or one of another version. */
export function parseSentFile(body: Uint8Array): SentFile | undefined {
  try {
    return decoded(zstdDecompressSync(body))
  } catch {
    return undefined // the file is sent again whole, which says so: nothing is lost by it
  }
}

function decoded(bytes: Buffer): SentFile {
  const headEnd = 4 + bytes.readUInt32LE(0)
  const header: Header = JSON.parse(bytes.toString('utf8', 4, headEnd))
  if (header.format !== FORMAT) throw new RangeError(`format ${header.format}`)
  const { etag, isWhole, basis, series, rows } = header
  const ends = new Uint32Array(series.length)
  const table = emptyTable(series, ends, rows)
  let at = headEnd
  for (const part of [ends, table.times, ...table.cells, table.odd]) {
    const target = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    if (bytes.copy(target, 0, at) !== part.byteLength) throw new RangeError('it is cut short')
    at += part.byteLength
  }
  for (let i = 1; i < rows; i++) table.times[i] = (table.times[i] ?? 0) + (table.times[i - 1] ?? 0)
  return { etag, isWhole, basis, table }
}
