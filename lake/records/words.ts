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
    this.#last = this.#find(bytes, { start, end: at, hash })
    return this.#entries[this.#last]?.number ?? -1
  }

  /** The number of a text that was not read from bytes. */
  add(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#words.length)
    return this.#words.push(text) - 1
  }

  /** The text of a number that `read` or `add` gave. */
  textOf(number: number): string {
    return this.#words[number] ?? ''
  }

  cells(codes: Int32Array): TextCells {
    return { codes, words: this.#words }
  }

  #find(bytes: Buffer, text: { readonly start: number; readonly end: number; readonly hash: number }): number {
    const mask = this.#table.length - 1
    for (let slot = text.hash & mask; ; slot = (slot + 1) & mask) {
      const at = this.#table[slot] as number
      if (at === FREE) return this.#enter(bytes.toString('latin1', text.start, text.end), text.hash)
      const entry = this.#entries[at]
      if (entry?.hash !== text.hash || entry.bytes.length !== text.end - text.start) continue
      if (isAt(bytes, text.start, entry.bytes)) return at
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

export function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false
  return true
}
