/** DELTA_BINARY_PACKED: whole numbers as differences, packed in blocks (Parquet, "Encodings"). */
import type { ByteSink } from './byte-sink.ts'

const BLOCK = 128
const MINIBLOCKS = 4
const MINIBLOCK = BLOCK / MINIBLOCKS

/**
 * Numbers within ±2^52 differ by less than 2^53, and the differences among each other too, so that doubles compute
 * them exactly. Of the 32-bit type readers want differences of 32 bits. What is wider is written plain.
 */
const WIDEST = { int32: 2 ** 31, int64: 2 ** 52 } as const

/** Whether numbers between these bounds can be written as differences. */
export function fitsDelta(type: keyof typeof WIDEST, { min, max }: { readonly min: number; readonly max: number }) {
  const most = WIDEST.int64
  return min > -most && max < most && max - min < WIDEST[type]
}

const differences = new Float64Array(BLOCK)

export function writeDeltas(sink: ByteSink, values: Float64Array): void {
  sink.varint(BLOCK)
  sink.varint(MINIBLOCKS)
  sink.varint(values.length)
  sink.zigzag(values[0] ?? 0)
  for (let from = 1; from < values.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, values.length)
    const { least, most } = takeDifferences(values, from, to)
    sink.zigzag(least)
    // Offsets and times of arrival differ by the same each: four miniblocks of no width.
    if (least === most) sink.uint32(0)
    else writeBlock(sink, to - from, least)
  }
}

function takeDifferences(values: Float64Array, from: number, to: number) {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    const difference = (values[i] as number) - (values[i - 1] as number)
    differences[i - from] = difference
    if (difference < least) least = difference
    if (difference > most) most = difference
  }
  return { least, most }
}

/** A miniblock that is begun is filled up with zeros; one that is not has no bytes. */
function writeBlock(sink: ByteSink, count: number, least: number): void {
  sink.room(MINIBLOCKS + BLOCK * 8)
  const widthsAt = sink.at
  sink.at += MINIBLOCKS
  for (let mini = 0; mini < MINIBLOCKS; mini++) {
    const from = mini * MINIBLOCK
    const to = Math.min(from + MINIBLOCK, count)
    let most = 0
    for (let i = from; i < to; i++) {
      const above = (differences[i] as number) - least
      differences[i] = above
      if (above > most) most = above
    }
    const width = widthOf(most)
    sink.bytes[widthsAt + mini] = width
    if (width > 0) writeMiniblock(sink, { from, to: Math.max(from, to) }, width)
  }
}

function widthOf(most: number): number {
  return most < 2 ** 32 ? 32 - Math.clz32(most) : 64 - Math.clz32(Math.floor(most / 2 ** 32))
}

function writeMiniblock(sink: ByteSink, { from, to }: { from: number; to: number }, width: number): void {
  const end = sink.at + (MINIBLOCK / 8) * width
  sink.bytes.fill(0, sink.at, end)
  if (width <= NARROW) packNarrow(sink, { from, to }, width)
  else packWide(sink, { from, to }, width)
  sink.at = end
}

/** Beside up to seven bits that are left over, so many fit into 31. */
const NARROW = 24

function packNarrow({ bytes, at: start }: ByteSink, { from, to }: { from: number; to: number }, width: number): void {
  let at = start
  let held = 0
  let bits = 0
  for (let i = from; i < to; i++) {
    held |= (differences[i] as number) << bits
    bits += width
    while (bits >= 8) {
      bytes[at++] = held & 0xff
      held >>>= 8
      bits -= 8
    }
  }
  if (bits > 0) bytes[at] = held & 0xff
}

/** In portions of at most a byte; rare enough not to matter. */
function packWide({ bytes, at: start }: ByteSink, { from, to }: { from: number; to: number }, width: number): void {
  let bit = 0
  for (let i = from; i < to; i++) {
    let left = differences[i] as number
    for (let todo = width; todo > 0; ) {
      const shift = bit & 7
      const taken = Math.min(8 - shift, todo)
      const unit = 1 << taken
      const at = start + (bit >> 3)
      bytes[at] = (bytes[at] as number) | ((left % unit) << shift)
      left = Math.floor(left / unit)
      bit += taken
      todo -= taken
    }
  }
}

/** Fills `into` with the numbers that stand from `start` on; throws where they are not as many or too wide for doubles. */
export function readDeltas(bytes: Uint8Array, start: number, into: Float64Array): void {
  const source = new DeltaSource(bytes, start)
  const block = source.varint()
  const miniblocks = source.varint()
  const count = source.varint()
  if (count !== into.length) throw new RangeError(`${count} numbers where ${into.length} belong`)
  let value = source.zigzag()
  if (count > 0) into[0] = value
  for (let at = 1; at < count; ) {
    const least = source.zigzag()
    const widthsAt = source.at
    source.at += miniblocks
    for (let mini = 0; mini < miniblocks && at < count; mini++) {
      const to = Math.min(at + block / miniblocks, count)
      const width = bytes[widthsAt + mini] ?? 0
      source.add(into, { from: at, to, value, least, width })
      value = into[to - 1] as number
      source.at += (block / miniblocks / 8) * width
      at = to
    }
  }
  if (source.at > bytes.length) throw new RangeError('a page ends within its differences')
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly value: number
  readonly least: number
  readonly width: number
}

class DeltaSource {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  varint(): number {
    let value = 0
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined || value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number that does not end')
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
  }

  zigzag(): number {
    const value = this.varint()
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number that is too wide')
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  add(into: Float64Array, stretch: Stretch): void {
    if (stretch.width > NARROW) this.#addWide(into, stretch)
    else this.#addNarrow(into, stretch)
  }

  #addNarrow(into: Float64Array, { from, to, value: before, least, width }: Stretch): void {
    let value = before
    const bytes = this.#bytes
    const mask = (1 << width) - 1
    let at = this.at
    let held = 0
    let bits = 0
    for (let i = from; i < to; i++) {
      while (bits < width) {
        held |= (bytes[at++] as number) << bits
        bits += 8
      }
      value += least + (held & mask)
      into[i] = value
      held >>>= width
      bits -= width
    }
  }

  #addWide(into: Float64Array, { from, to, value: before, least, width }: Stretch): void {
    if (width > 53) throw new RangeError('differences that are too wide')
    let value = before
    let bit = 0
    for (let i = from; i < to; i++) {
      let above = 0
      for (let done = 0; done < width; ) {
        const shift = bit & 7
        const taken = Math.min(8 - shift, width - done)
        above += (((this.#bytes[this.at + (bit >> 3)] as number) >> shift) & ((1 << taken) - 1)) * 2 ** done
        bit += taken
        done += taken
      }
      value += least + above
      into[i] = value
    }
  }
}
