/** Texts of a column by number, looked up by their bytes: a text that came before is never made again. */
import type { TextCells } from '../tables/cells.ts'

const QUOTE = 0x22
/** What JSON writes as it is. */
const PRINTABLE = /^[ !#-[\]-~]*$/

/** A slot that no word has, and the length of a word that was never read from bytes. */
const NONE = -1

export class Words {
  readonly #words: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #isAllowed: (text: string) => boolean
  /** By hash, the numbers of words; at most half of the slots are taken. */
  #slots = new Int32Array(256).fill(NONE)
  #taken = 0
  /** Of each word that was read: its hash, and where its bytes are among those of all. Not objects: they are asked once a record. */
  #hashes = new Int32Array(128)
  #starts = new Int32Array(128)
  #lengths = new Int32Array(128).fill(NONE)
  #bytes = new Uint8Array(1024)
  #size = 0
  /** Behind the closing quote of the text that was read last. */
  end = 0

  constructor(isAllowed: (text: string) => boolean) {
    this.#isAllowed = isAllowed
  }

  /**
   * The number of the text that follows an opening quote. -1 where it is not of printable ASCII without escapes, or not
   * allowed: then somebody else has to look at it.
   */
  read(bytes: Buffer, start: number): number {
    let at = start
    let hash = 0
    for (let byte = bytes[at] ?? QUOTE; byte !== QUOTE; byte = bytes[++at] ?? QUOTE) {
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.end = at + 1
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] as number
      if (number === NONE) return this.#enter(bytes.toString('latin1', start, at), hash)
      if (this.#hashes[number] === hash && this.#isAt(bytes, start, at, number)) return number
    }
  }

  /** The number of a text that was not read from bytes. */
  add(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#words.length)
    return this.#words.push(text) - 1
  }

  get count(): number {
    return this.#words.length
  }

  /** The text of a number that `read` or `add` gave. */
  textOf(number: number): string {
    return this.#words[number] ?? ''
  }

  cells(codes: Int32Array): TextCells {
    return { codes, words: this.#words }
  }

  #isAt(bytes: Buffer, from: number, to: number, number: number): boolean {
    if (this.#lengths[number] !== to - from) return false
    const start = (this.#starts[number] as number) - from
    for (let at = from; at < to; at++) if (bytes[at] !== this.#bytes[start + at]) return false
    return true
  }

  #enter(text: string, hash: number): number {
    if (!PRINTABLE.test(text) || !this.#isAllowed(text)) return NONE
    const number = this.add(text)
    this.#makeRoom(number, text.length)
    this.#hashes[number] = hash
    this.#starts[number] = this.#size
    this.#lengths[number] = text.length
    for (let i = 0; i < text.length; i++) this.#bytes[this.#size++] = text.charCodeAt(i)
    this.#taken++
    if (this.#taken * 2 <= this.#slots.length) this.#place(number)
    else this.#placeAll()
    return number
  }

  #makeRoom(number: number, length: number): void {
    const capacity = this.#lengths.length
    if (number >= capacity) {
      const more = Math.max(number + 1, capacity * 2)
      this.#hashes = grown(this.#hashes, new Int32Array(more))
      this.#starts = grown(this.#starts, new Int32Array(more))
      this.#lengths = grown(this.#lengths, new Int32Array(more).fill(NONE))
    }
    const size = this.#size + length
    if (size > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(size * 2))
  }

  #placeAll(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(NONE)
    for (let number = 0; number < this.count; number++) if ((this.#lengths[number] ?? NONE) >= 0) this.#place(number)
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes[number] as number) & mask
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask
    this.#slots[slot] = number
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, into: T): T {
  into.set(from)
  return into
}

/** Bytes among others. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
  return true
}
