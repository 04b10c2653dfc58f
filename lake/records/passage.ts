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
  /** How many bytes the doubles are of, and what stands behind them: up to eight bytes, the first and the last four. */
  #whole = 0
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
    // At least four bytes are left over, as the first and the last four of them are compared apart.
    const count = Math.floor((this.length - HALF) / WIDTH)
    if (count > this.#doubles.length) this.#doubles = new Float64Array(count * 2)
    for (let i = 0; i < count; i++) this.#doubles[i] = view.getFloat64(from + i * WIDTH, true)
    this.#whole = count * WIDTH
    this.#first = view.getInt32(from + this.#whole, true)
    this.#last = view.getInt32(to - HALF, true)
  }

  /** Before `end`, up to which there are bytes. */
  isAt(view: DataView, start: number, end: number): boolean {
    const last = start + this.length - HALF
    if (last < start || last + HALF > end || view.getInt32(last, true) !== this.#last) return false
    const whole = start + this.#whole
    if (view.getInt32(whole, true) !== this.#first) return false
    const doubles = this.#doubles
    for (let i = 0, at = start; at < whole; i++, at += WIDTH) if (view.getFloat64(at, true) !== doubles[i]) return false
    return true
  }
}
