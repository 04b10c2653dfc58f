/** The different texts of a column chunk in UTF-8, numbered in the order in which they come. */

import { NO_WORD } from '../tables/cells.ts'
import type { TextRange } from './bounds.ts'
import { ByteSink } from './byte-sink.ts'

/** Before each word stands its length, as pages have it. */
const LENGTH_BYTES = 4

export class Words {
  readonly #bytes = new ByteSink()
  readonly #ends: number[] = []

  get count(): number {
    return this.#ends.length
  }

  /** What they take in a dictionary page. */
  get size(): number {
    return this.#bytes.at
  }

  add(text: string): number {
    const sink = this.#bytes
    sink.uint32(0)
    const length = sink.text(text)
    sink.bytes.writeUInt32LE(length, sink.at - length - LENGTH_BYTES)
    return this.#ends.push(sink.at) - 1
  }

  lengthOf(word: number): number {
    return (this.#ends[word] as number) - this.#startOf(word)
  }

  write(sink: ByteSink, word: number): void {
    sink.append(this.#bytes.bytes.subarray(this.#startOf(word) - LENGTH_BYTES, this.#ends[word]))
  }

  /** Writes all of them, as a dictionary page has them. */
  writeAll(sink: ByteSink): void {
    sink.append(this.#bytes.view())
  }

  /** All, by number. */
  numbers(): Iterable<number> {
    return this.#ends.keys()
  }

  /** Each of the words that stand in a stretch of `codes`, once. */
  *distinct(codes: Int32Array, from: number, to: number): Generator<number> {
    const seen = new Uint8Array(this.count)
    for (let i = from; i < to; i++) {
      const word = codes[i] as number
      if (seen[word]) continue
      seen[word] = 1
      yield word
    }
  }

  /** The first and the last of some words, by their bytes. */
  rangeOf(words: Iterable<number>): TextRange | undefined {
    let first: number | undefined
    let last: number | undefined
    for (const word of words) {
      if (first === undefined || this.#compare(word, first) < 0) first = word
      if (last === undefined || this.#compare(word, last) > 0) last = word
    }
    return first === undefined || last === undefined
      ? undefined
      : { min: this.#bytesOf(first), max: this.#bytesOf(last) }
  }

  /** By their bytes, in place: a Buffer for each of them would cost more than all comparisons. */
  #compare(a: number, b: number): number {
    const { bytes } = this.#bytes
    const [at, other] = [this.#startOf(a), this.#startOf(b)]
    const [size, otherSize] = [this.lengthOf(a), this.lengthOf(b)]
    const common = Math.min(size, otherSize)
    for (let i = 0; i < common; i++) {
      const difference = (bytes[at + i] as number) - (bytes[other + i] as number)
      if (difference !== 0) return difference
    }
    return size - otherSize
  }

  #bytesOf(word: number): Buffer {
    return this.#bytes.bytes.subarray(this.#startOf(word), this.#ends[word])
  }

  #startOf(word: number): number {
    return (word === 0 ? 0 : (this.#ends[word - 1] as number)) + LENGTH_BYTES
  }
}

/** A dictionary is read whole before the first value; so much of it a reader can be asked to hold. */
const LARGEST_DICTIONARY = 1024 * 1024

/** Used again for every column: whoever asks for codes writes them before the next asks. */
let scratch = new Int32Array(0)

/** The words that are used, the codes as numbers into them, and whether a dictionary of them makes the column smaller. */
export function dictionaryOf(codes: Int32Array, texts: readonly string[]) {
  if (scratch.length < codes.length) scratch = new Int32Array(codes.length)
  const used = scratch.subarray(0, codes.length)
  const words = new Words()
  const plain = 4 * codes.length + number(codes, texts, { words, used })
  const coded = words.size + (used.length * (32 - Math.clz32(words.count))) / 8
  return { words, used, pays: coded < plain && words.size <= LARGEST_DICTIONARY && words.count < 2 ** 20 }
}

/**
 * Numbers words as they come; gives how many bytes all texts have. A function of its own: what stood behind its loop was
 * never reached while V8 looked on, and threw its optimized code away each time.
 */
function number(codes: Int32Array, texts: readonly string[], { words, used }: Numbering): number {
  const numberOf = new Int32Array(texts.length).fill(NO_WORD)
  const lengths = new Int32Array(texts.length)
  let bytes = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    let word = numberOf[code] as number
    if (word === NO_WORD) {
      word = words.add(texts[code] as string)
      numberOf[code] = word
      lengths[code] = words.lengthOf(word)
    }
    used[i] = word
    bytes += lengths[code] as number
  }
  return bytes
}

interface Numbering {
  readonly words: Words
  readonly used: Int32Array
}
