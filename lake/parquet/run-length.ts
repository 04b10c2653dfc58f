/** Parquet's hybrid of run lengths and bit packing: definition levels, and the numbers of dictionary entries. */
import type { ByteSink } from './byte-sink.ts'

/** The bits that a number up to `most` needs; at least one, as some readers stumble over none. */
export function bitWidthOf(most: number): number {
  return Math.max(1, 32 - Math.clz32(most))
}

/** A stretch of numbers below 2^24. */
export interface Numbers {
  readonly values: Int32Array | Uint8Array
  readonly from: number
  readonly to: number
}

/** Runs become runs from here on; shorter ones are packed with their neighbours. */
const LEAST_RUN = 16

/** Packed stretches are whole groups of eight, so a run may have to give its first numbers to the stretch before it. */
export function writeRunLength(sink: ByteSink, { values, from, to }: Numbers, width: number): void {
  let packFrom = from
  for (let at = from; at < to; ) {
    const end = runEnd(values, at, to)
    const runFrom = at + ((8 - ((at - packFrom) & 7)) & 7)
    if (end - runFrom >= LEAST_RUN || (at === packFrom && end === to)) {
      if (runFrom > packFrom) writePacked(sink, { values, from: packFrom, to: runFrom }, width)
      writeRun(sink, { value: values[at] ?? 0, count: end - runFrom }, width)
      packFrom = end
    }
    at = end
  }
  if (packFrom < to) writePacked(sink, { values, from: packFrom, to }, width)
}

function runEnd(values: Int32Array | Uint8Array, at: number, to: number): number {
  const value = values[at]
  let end = at + 1
  while (end < to && values[end] === value) end++
  return end
}

function writeRun(sink: ByteSink, { value, count }: { value: number; count: number }, width: number): void {
  sink.varint(count * 2)
  for (let shift = 0; shift < width; shift += 8) sink.byte((value >>> shift) & 0xff)
}

/** The last group is filled up with zeros. */
function writePacked(sink: ByteSink, { values, from, to }: Numbers, width: number): void {
  const groups = Math.ceil((to - from) / 8)
  sink.varint(groups * 2 + 1)
  sink.room(groups * width)
  const { bytes } = sink
  let at = sink.at
  const end = at + groups * width
  let held = 0
  let bits = 0
  for (let i = from; i < to; i++) {
    held |= (values[i] as number) << bits
    bits += width
    while (bits >= 8) {
      bytes[at++] = held & 0xff
      held >>>= 8
      bits -= 8
    }
  }
  if (bits > 0) bytes[at++] = held & 0xff
  bytes.fill(0, at, end)
  sink.at = end
}

/** Fills `into` with numbers; throws where the bytes end before. */
export function readRunLength(bytes: Uint8Array, start: number, width: number, into: Int32Array | Uint8Array): void {
  let at = start
  for (let from = 0; from < into.length; ) {
    let header = 0
    for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
      if (at >= bytes.length) throw new RangeError('a page ends within its levels')
      byte = bytes[at++] as number
      header |= (byte & 0x7f) << shift
    }
    const isPacked = (header & 1) === 1
    const count = (header >>> 1) * (isPacked ? 8 : 1)
    const to = Math.min(from + count, into.length)
    if (isPacked) readPacked(bytes, at, { into, from, to, width })
    else into.fill(wordAt(bytes, at, width), from, to)
    at += isPacked ? (count / 8) * width : Math.ceil(width / 8)
    from = to
  }
}

/** A number of whole bytes, the least first. */
function wordAt(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let byte = 0; byte * 8 < width; byte++) value |= (bytes[at + byte] ?? 0) << (byte * 8)
  return value
}

interface PackedTarget {
  readonly into: Int32Array | Uint8Array
  readonly from: number
  readonly to: number
  readonly width: number
}

function readPacked(bytes: Uint8Array, start: number, { into, from, to, width }: PackedTarget): void {
  const mask = (1 << width) - 1
  let at = start
  let held = 0
  let bits = 0
  for (let i = from; i < to; i++) {
    while (bits < width) {
      held |= (bytes[at++] as number) << bits
      bits += 8
    }
    into[i] = held & mask
    held >>>= width
    bits -= width
  }
}
