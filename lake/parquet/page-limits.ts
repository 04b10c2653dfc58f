/**
 * What the values of one page may ask of its reader. Runs and deltas say in a few bytes how much follows: a run of two
 * billion, a text of two gigabytes, a block of nothing that repeats for ever. Each is held against the page's own count
 * and against absolute limits before it is decoded. One walk over the runs, without their values.
 */
import type { Encoding, ParquetType } from 'hyparquet'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { ByteCursor } from './thrift-limits.ts'

/** All texts of one page, as far as they are made of each other. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024

/** Writers make blocks of 128 differences; what is beyond 31 bits would be negative to the decoder. */
const MAX_BLOCK = 2 ** 24

export interface PageValues {
  readonly type: ParquetType
  readonly encoding: Encoding
  /** Values that the header says, nulls among them. */
  readonly count: number
  /** Bytes of each value of a fixed length. */
  readonly typeLength: number | undefined
  readonly isOptional: boolean
}

/** A page of the first kind, decompressed: levels and values together. */
export function checkPageV1(bytes: Uint8Array, page: PageValues): void {
  const cursor = new ByteCursor(bytes)
  const present = page.isOptional ? checkPrefixedRuns(cursor, bytes, page.count) : page.count
  checkEncoded(cursor, bytes, { ...page, count: present, isV2: false })
}

/** The levels of a page of the second kind, which are never compressed. */
export function checkLevelsV2(bytes: Uint8Array, { isOptional, count }: PageValues): void {
  if (isOptional) checkRuns(new ByteCursor(bytes), 1, count)
}

/** The values of a page of the second kind, `count` without its nulls. */
export function checkValuesV2(bytes: Uint8Array, page: PageValues): void {
  checkEncoded(new ByteCursor(bytes), bytes, { ...page, isV2: true })
}

interface Encoded extends PageValues {
  readonly isV2: boolean
}

function checkEncoded(cursor: ByteCursor, bytes: Uint8Array, page: Encoded): void {
  const { encoding, count, typeLength = 0 } = page
  switch (encoding) {
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
    case 'RLE':
      checkIndexes(cursor, bytes, page)
      return
    case 'DELTA_BINARY_PACKED':
    case 'DELTA_LENGTH_BYTE_ARRAY':
      checkDeltas(cursor, count)
      return
    case 'DELTA_BYTE_ARRAY':
      checkSharedTexts(cursor, bytes, count)
      return
    case 'BYTE_STREAM_SPLIT':
      if (typeLength < 0 || count * typeLength > bytes.length) throw new Error('its bytes end too early')
      return
    default:
    // Plain values stand as they are: a page cannot have more of them than bytes, and the decoder stops at its end.
  }
}

function checkIndexes(cursor: ByteCursor, bytes: Uint8Array, { type, encoding, count, isV2 }: Encoded): void {
  if (isV2 ? encoding === 'RLE' : type === 'BOOLEAN') {
    checkPrefixedRuns(cursor, bytes, count)
    return
  }
  const width = cursor.byte()
  if (width > 32) throw new Error(`indexes of ${width} bits`)
  if (width > 0 || isV2) checkRuns(cursor, width, count)
}

/** Runs behind their length in four bytes; how many of their values are one. */
function checkPrefixedRuns(cursor: ByteCursor, bytes: Uint8Array, count: number): number {
  if (cursor.left < 4) throw new Error('its bytes end too early')
  const length = new DataView(bytes.buffer, bytes.byteOffset + cursor.offset, 4).getUint32(0, true)
  cursor.advance(4)
  const start = cursor.offset
  const ones = checkRuns(cursor, 1, count)
  cursor.offset = start
  cursor.advance(length)
  return ones
}

/** Packed values come in eights, of DuckDB in blocks of 256, so that a page may end with some that are none. */
const MOST_FILLING = 255

/** Runs of Parquet's hybrid of run lengths and packed bits until they hold `count` values; how many of them are one. */
function checkRuns(cursor: ByteCursor, width: number, count: number): number {
  let seen = 0
  let ones = 0
  while (seen < count) {
    const header = cursor.varint()
    const isPacked = header % 2 === 1
    const run = isPacked ? Math.floor(header / 2) * 8 : Math.floor(header / 2)
    if (run > count - seen + (isPacked ? MOST_FILLING : 0))
      throw new Error(`a run of ${run} values where ${count - seen} are left`)
    ones += isPacked ? packedOnes(cursor, run * width, count - seen) : runOnes(cursor, width, run)
    seen += run
  }
  return ones
}

function runOnes(cursor: ByteCursor, width: number, run: number): number {
  let value = 0
  for (let i = 0; i < Math.ceil(width / 8); i++) value += cursor.byte() * 2 ** (8 * i)
  return value === 1 ? run : 0
}

/** Bits that are set among the first `most`. The decoder takes a byte even of a run that has none. */
function packedOnes(cursor: ByteCursor, bits: number, most: number): number {
  if (bits === 0) cursor.advance(Math.min(1, cursor.left))
  let ones = 0
  for (let at = 0; at < bits; at += 8)
    ones += popCount(cursor.byte() & (0xff >> Math.min(8, Math.max(0, 8 - most + at))))
  return ones
}

function popCount(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest &= rest - 1) count += 1
  return count
}

/** Moves behind packed differences of whole numbers. */
function checkDeltas(cursor: ByteCursor, count: number): void {
  const blockSize = cursor.varint()
  const miniblocks = cursor.varint()
  cursor.varint()
  cursor.varint()
  const values = blockSize / miniblocks
  if (!(miniblocks > 0 && values > 0 && values % 32 === 0 && blockSize <= MAX_BLOCK)) {
    throw new Error(`blocks of ${blockSize} differences in ${miniblocks} parts, which Parquet does not have`)
  }
  for (let seen = 1; seen < count; ) seen += checkBlock(cursor, { miniblocks, values, most: count - seen })
}

/** Moves behind one block; how many of the wanted differences it has. Parts behind the last of them are left out. */
function checkBlock(cursor: ByteCursor, { miniblocks, values, most }: DeltaBlock): number {
  cursor.varint()
  if (miniblocks > cursor.left) throw new Error('its bytes end too early')
  const widths = Array.from({ length: miniblocks }, () => cursor.byte())
  const wanted = widths.slice(0, Math.ceil(most / values))
  for (const width of wanted) {
    if (width > 64) throw new Error(`differences of ${width} bits`)
    cursor.advance((values * width) / 8)
  }
  return wanted.length * values
}

interface DeltaBlock {
  readonly miniblocks: number
  /** Of each of them. */
  readonly values: number
  readonly most: number
}

/** Texts that begin with a part of the one before: a few bytes can ask for gigabytes. */
function checkSharedTexts(cursor: ByteCursor, bytes: Uint8Array, count: number): void {
  const prefixes = lengths(cursor, bytes, count)
  const suffixes = lengths(cursor, bytes, count)
  let before = 0
  let all = 0
  for (let i = 0; i < count; i++) {
    const [prefix, suffix] = [prefixes[i] ?? 0, suffixes[i] ?? 0]
    if (prefix < 0 || suffix < 0 || prefix > before) throw new Error('a text shares more than the one before it has')
    cursor.advance(suffix)
    before = prefix + suffix
    all += before
    if (all > MAX_TEXT_BYTES) throw new Error(`texts of more than ${MAX_TEXT_BYTES} bytes in one page`)
  }
}

function lengths(cursor: ByteCursor, bytes: Uint8Array, count: number): Int32Array {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: cursor.offset }
  checkDeltas(cursor, count)
  const output = new Int32Array(count)
  deltaBinaryUnpack(reader, count, output)
  return output
}
