/**
 * Goes through Thrift's compact protocol, in which footers and page headers are written, before anything is made of it.
 * A number that never ends is the worst of what a stranger can write there: reading it takes the square of its length.
 */

/** 64 bits in groups of seven. */
const MAX_VARINT_BYTES = 10
/** Parquet's own structures are eight deep. */
const MAX_DEPTH = 32
/** Column statistics lie four structures deep; beyond this they are not what any writer makes of a price or a symbol. */
const STATISTICS_DEPTH = 4
const MAX_STATISTIC_BYTES = 16_384

const TYPE = { stop: 0, true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, struct: 12 }

/** A place in bytes that somebody wrote, read without trust: each step throws where it would leave them. */
export class ByteCursor {
  readonly #bytes: Uint8Array
  offset: number

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes
    this.offset = offset
  }

  get left(): number {
    return this.#bytes.length - this.offset
  }

  byte(): number {
    const value = this.#bytes[this.offset]
    if (value === undefined) throw new Error('its bytes end too early')
    this.offset += 1
    return value
  }

  /** Moves on by so many bytes. */
  advance(count: number): void {
    if (count < 0 || count > this.left) throw new Error('its bytes end too early')
    this.offset += count
  }

  /** An unsigned number of up to 64 bits; as a double, which is exact enough for a length. */
  varint(): number {
    let value = 0
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value
    }
    throw new Error(`a number of more than ${MAX_VARINT_BYTES} bytes`)
  }
}

/** Moves behind a structure; throws where it is damaged, too deep, or says more than its bytes can hold. */
export function skipStruct(cursor: ByteCursor, depth = 0): void {
  if (depth > MAX_DEPTH) throw new Error('its structures are nested too deep')
  while (true) {
    const byte = cursor.byte()
    const type = byte & 0x0f
    if (type === TYPE.stop) return
    if (byte >> 4 === 0) cursor.varint()
    if (type !== TYPE.true && type !== TYPE.false) skipValue(cursor, type, depth)
  }
}

function skipValue(cursor: ByteCursor, type: number, depth: number): void {
  const skip = SKIPS[type]
  if (!skip) throw new Error(`a value of a kind (${type}) that Parquet does not have`)
  skip(cursor, depth)
}

/** How each type is skipped; inside of a list a boolean takes a byte. */
const SKIPS: Readonly<Record<number, (cursor: ByteCursor, depth: number) => void>> = {
  [TYPE.true]: (cursor) => cursor.advance(1),
  [TYPE.false]: (cursor) => cursor.advance(1),
  [TYPE.byte]: (cursor) => cursor.advance(1),
  [TYPE.i16]: skipVarint,
  [TYPE.i32]: skipVarint,
  [TYPE.i64]: skipVarint,
  [TYPE.double]: (cursor) => cursor.advance(8),
  [TYPE.binary]: skipBinary,
  [TYPE.list]: skipList,
  [TYPE.struct]: (cursor, depth) => skipStruct(cursor, depth + 1),
}

function skipVarint(cursor: ByteCursor): void {
  cursor.varint()
}

function skipBinary(cursor: ByteCursor, depth: number): void {
  const length = cursor.varint()
  if (depth >= STATISTICS_DEPTH && length > MAX_STATISTIC_BYTES)
    throw new Error(`column statistics of ${length} bytes; at most ${MAX_STATISTIC_BYTES} are read`)
  cursor.advance(length)
}

function skipList(cursor: ByteCursor, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error('its structures are nested too deep')
  const byte = cursor.byte()
  const size = byte >> 4 === 15 ? cursor.varint() : byte >> 4
  // Every element takes at least a byte.
  if (size > cursor.left) throw new Error('a list is longer than its bytes')
  for (let i = 0; i < size; i++) skipValue(cursor, byte & 0x0f, depth + 1)
}
