/** Bytes of text that are looked for among others, eight at a time. */
import type { Stretch } from './words.ts'

const WIDTH = 8
const HALF = 4

/**
 * Printable ASCII, of at least four bytes. As a double such bytes are never zero and never no number, so that two doubles
 * are equal only where their bytes are: half the steps of whole numbers, and no BigInt.
 */
export class Passage {
  length = 0
  #doubles = new Float64Array(16)
  /** How many doubles are of use, and where the last eight bytes begin, or all where they are fewer: two times four. */
  #count = 0
  #tail = 0
  #first = 0
  #last = 0

  static of(text: string): Passage {
    const passage = new Passage()
    const bytes = Uint8Array.from(Buffer.from(text))
    passage.set(new DataView(bytes.buffer), { from: 0, to: bytes.length })
    return passage
  }

  set(view: DataView, { from, to }: Stretch): void {
    this.length = to - from
    this.#count = Math.max(0, Math.ceil(this.length / WIDTH) - 1)
    this.#tail = Math.max(0, this.length - WIDTH)
    if (this.#count > this.#doubles.length) this.#doubles = new Float64Array(this.#count * 2)
    for (let i = 0; i < this.#count; i++) this.#doubles[i] = view.getFloat64(from + i * WIDTH, true)
    this.#first = view.getInt32(from + this.#tail, true)
    this.#last = view.getInt32(to - HALF, true)
  }

  /** Before `end`, up to which there are bytes. */
  isAt(view: DataView, start: number, end: number): boolean {
    const last = start + this.length - HALF
    if (last < start || last + HALF > end || view.getInt32(last, true) !== this.#last) return false
    if (view.getInt32(start + this.#tail, true) !== this.#first) return false
    const doubles = this.#doubles
    const count = this.#count
    for (let i = 0, at = start; i < count; i++, at += WIDTH) if (view.getFloat64(at, true) !== doubles[i]) return false
    return true
  }
}
