/** How the values of a column stand in its pages: doubles and bytes plain, integers as differences, text by dictionary. */
import type { Column, Table } from '../tables/table.ts'
import {
  type Bounds,
  booleanBounds,
  doubleBounds,
  integerBounds,
  type NumberRange,
  rangeOf,
  textBounds,
} from './bounds.ts'
import type { ByteSink } from './byte-sink.ts'
import { fitsDelta, writeDeltas } from './delta.ts'
import type { DenseValues } from './dense-cells.ts'
import { ENCODING } from './format.ts'
import { bitWidthOf, writeRunLength } from './run-length.ts'
import { dictionaryOf, type Words } from './words.ts'

/** The values of a column chunk, without nulls, ready to be written a stretch at a time. */
export interface PageValues {
  readonly count: number
  readonly encoding: number
  readonly dictionary?: Words
  write(sink: ByteSink, from: number, to: number): void
  /** Undefined where no bounds are true, or where they are of no use. */
  boundsOf(from: number, to: number): Bounds | undefined
  /** The bytes of one value; undefined where all are about eight. */
  readonly sizeOf?: (index: number) => number
}

export function pageValues(values: DenseValues, column: Column, { timestampUnit }: Table): PageValues {
  if (values.kind === 'bytes') return byteValues(values.bytes)
  if (values.kind === 'text') return textValues(values)
  if (column.type === 'boolean') return booleanValues(values.numbers)
  if (column.type === 'double') return doubleValues(values.numbers)
  if (column.type === 'int') return integerValues(values.numbers, 'int32')
  const inMicroseconds = column.type === 'timestamp' && timestampUnit === 'microseconds'
  return integerValues(inMicroseconds ? microseconds(values.numbers, column) : values.numbers, 'int64')
}

function microseconds(numbers: Float64Array, { name }: Column): Float64Array {
  const micros = new Float64Array(numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    const ms = numbers[i] as number
    if (!Number.isSafeInteger(ms * 1000)) {
      throw new RangeError(`Column ${name}: ${ms} ms is beyond what microseconds can count exactly.`)
    }
    micros[i] = ms * 1000
  }
  return micros
}

/** No dictionary: a hash of doubles takes -0 for +0, and prices hardly repeat. */
function doubleValues(numbers: Float64Array): PageValues {
  return {
    count: numbers.length,
    encoding: ENCODING.plain,
    write(sink, from, to) {
      sink.append(new Uint8Array(numbers.buffer, numbers.byteOffset + from * 8, (to - from) * 8))
    },
    boundsOf: ranged(numbers, doubleBounds),
  }
}

function integerValues(numbers: Float64Array, type: 'int32' | 'int64'): PageValues {
  const range = rangeOf(numbers)
  const width = type === 'int32' ? 4 : 8
  const boundsOf = ranged(numbers, (of) => integerBounds(of, width), range)
  const count = numbers.length
  if (range && fitsDelta(type, range)) {
    const write = (sink: ByteSink, from: number, to: number) => writeDeltas(sink, numbers.subarray(from, to))
    return { count, encoding: ENCODING.delta, write, boundsOf }
  }
  const write = (sink: ByteSink, from: number, to: number) => {
    sink.room((to - from) * width)
    for (let i = from; i < to; i++) {
      const number = numbers[i] as number
      if (type === 'int32') sink.at = sink.bytes.writeInt32LE(number, sink.at)
      else sink.at = sink.bytes.writeBigInt64LE(BigInt(number), sink.at)
    }
  }
  return { count, encoding: ENCODING.plain, write, boundsOf }
}

function booleanValues(numbers: Float64Array): PageValues {
  return {
    count: numbers.length,
    encoding: ENCODING.plain,
    write(sink, from, to) {
      for (let at = from; at < to; at += 8) {
        let byte = 0
        for (let bit = 0; bit < 8 && at + bit < to; bit++) byte |= (numbers[at + bit] as number) << bit
        sink.byte(byte)
      }
    },
    boundsOf: ranged(numbers, booleanBounds),
  }
}

function byteValues(bytes: readonly Uint8Array[]): PageValues {
  return {
    count: bytes.length,
    encoding: ENCODING.plain,
    write(sink, from, to) {
      for (let i = from; i < to; i++) {
        const value = bytes[i] as Uint8Array
        sink.uint32(value.length)
        sink.append(value)
      }
    },
    boundsOf: () => undefined,
    sizeOf: (index) => 4 + (bytes[index] as Uint8Array).length,
  }
}

function textValues({ codes, words: texts }: Extract<DenseValues, { readonly kind: 'text' }>): PageValues {
  const { words, used, pays } = dictionaryOf(codes, texts)
  const count = codes.length
  const boundsOf = (from: number, to: number) => {
    const range = words.rangeOf(to - from === count ? words.numbers() : words.distinct(used, from, to))
    return range && textBounds(range)
  }
  if (pays) {
    const width = bitWidthOf(words.count - 1)
    const write = (sink: ByteSink, from: number, to: number) => {
      sink.byte(width)
      writeRunLength(sink, { values: used, from, to }, width)
    }
    return { count, encoding: ENCODING.rleDictionary, dictionary: words, write, boundsOf }
  }
  const write = (sink: ByteSink, from: number, to: number) => {
    for (let i = from; i < to; i++) words.write(sink, used[i] as number)
  }
  const sizeOf = (index: number) => 4 + words.lengthOf(used[index] as number)
  return { count, encoding: ENCODING.plain, write, boundsOf, sizeOf }
}

/** The bounds of stretches of numbers; the range of the whole is found out once, where it is asked for. */
function ranged(numbers: Float64Array, bounds: (range: NumberRange) => Bounds, known?: NumberRange) {
  let whole = known
  return (from: number, to: number): Bounds | undefined => {
    const isWhole = from === 0 && to === numbers.length
    const range = (isWhole ? whole : undefined) ?? rangeOf(numbers, from, to)
    if (isWhole) whole = range
    return range && bounds(range)
  }
}
