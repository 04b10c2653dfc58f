/** Texts of a column by number, looked up by their bytes: a text that came before is never made again. */
import type { TextCells } from '../tables/cells.ts'

const LAST_PRINTABLE = 0x7e
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** A place in the table of hashes that nothing has. */
const FREE = -1

export class Words {
  readonly #words: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #isAllowed: (text: string) => boolean
  /** By hash, the places of entries; twice as many as entries at least. */
  #table = new Int32Array(256).fill(FREE)
  readonly #entries: { readonly bytes: Uint8Array; readonly number: number; readonly hash: number }[] = []
  #last = FREE
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
    const last = this.#entries[this.#last]
    if (last && isAt(bytes, start, last.bytes) && bytes[start + last.bytes.length] === QUOTE) {
      this.end = start + last.bytes.length + 1
      return last.number
    }
    let at = start
    let hash = 0
    for (let byte = bytes[at] ?? 0; byte !== QUOTE; byte = bytes[++at] ?? 0) {
      if (byte < 0x20 || byte > LAST_PRINTABLE || byte === BACKSLASH) return -1
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.end = at + 1
    this.#last = this.#find(bytes, { from: start, to: at }, hash)
    return this.#entries[this.#last]?.number ?? -1
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

  #find(bytes: Buffer, { from, to }: Stretch, hash: number): number {
    const mask = this.#table.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = this.#table[slot] as number
      if (at === FREE) return this.#enter(bytes.toString('latin1', from, to), hash)
      const entry = this.#entries[at]
      if (entry?.hash !== hash || entry.bytes.length !== to - from) continue
      if (isAt(bytes, from, entry.bytes)) return at
    }
  }

  #enter(text: string, hash: number): number {
    if (!this.#isAllowed(text)) return FREE
    const at = this.#entries.push({ bytes: Buffer.from(text, 'latin1'), number: this.add(text), hash }) - 1
    if (this.#entries.length * 2 > this.#table.length) this.#table = new Int32Array(this.#table.length * 2).fill(FREE)
    else {
      this.#place(at)
      return at
    }
    for (let each = 0; each <= at; each++) this.#place(each)
    return at
  }

  #place(at: number): void {
    const mask = this.#table.length - 1
    let slot = (this.#entries[at]?.hash ?? 0) & mask
    while (this.#table[slot] !== FREE) slot = (slot + 1) & mask
    this.#table[slot] = at
  }
}

/** Bytes among others. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Bytes that are looked for four at a time. There are at least four; the last of them may be looked at twice. */
export class Passage {
  length = 0
  #words = new Int32Array(32)
  #last = 0

  static of(text: string): Passage {
    const passage = new Passage()
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    passage.set(new DataView(bytes.buffer), { from: 0, to: bytes.length })
    return passage
  }

  set(view: DataView, { from, to }: Stretch): void {
    this.length = to - from
    const count = this.length >> 2
    if (count > this.#words.length) this.#words = new Int32Array(count)
    for (let i = 0; i < count; i++) this.#words[i] = view.getInt32(from + i * 4, true)
    this.#last = view.getInt32(to - 4, true)
  }

  /** Before `end`, up to which there are bytes. */
  isAt(view: DataView, start: number, end: number): boolean {
    const last = start + this.length - 4
    if (last < start || last + 4 > end || view.getInt32(last, true) !== this.#last) return false
    const words = this.#words
    for (let i = 0, at = start; at <= last; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false
    return true
  }
}

export function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
  return true
}
