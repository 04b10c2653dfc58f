/** Numbers as JSON has them, from bytes, rounded as `Number` rounds their text. */
import type { Stretch } from './words.ts'

const [MINUS, DOT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39]

/**
 * Whole numbers below 2^53 are exact as doubles, and so are the powers of ten: their quotient is correctly rounded. A sum
 * that stays below was exact, as rounding never puts a larger number before a smaller one.
 */
const EXACT = 2 ** 53
/** So few digits, with a point among them or not, are a number of 32 bits. */
const MOST_DIGITS = 9
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

export class NumberReader {
  /** The number that was read last. */
  value = Number.NaN
  /** The digits that were read last, as 32 bits: of few enough, their number. */
  #digits = 0

  /** Reads a number without an exponent; the place behind it, -1 where none stands. */
  read(bytes: Buffer, start: number): number {
    const from = bytes[start] === MINUS ? start + 1 : start
    this.#digits = 0
    const dot = this.#readOn(bytes, from)
    if (dot === from || (bytes[from] === ZERO && dot > from + 1)) return -1
    const end = bytes[dot] === DOT ? this.#readOn(bytes, dot + 1) : dot
    if (end === dot + 1) return -1
    const decimals = end > dot ? end - dot - 1 : 0
    const isShort = end - from <= MOST_DIGITS
    const size = isShort ? this.#digits / (POWERS[decimals] as number) : longNumber(bytes, { from, to: end }, decimals)
    this.value = from > start ? -size : size
    return size < Number.POSITIVE_INFINITY ? end : -1
  }

  /** Adds digits to those that were read; the place behind them. */
  #readOn(bytes: Buffer, start: number): number {
    let digits = this.#digits
    let at = start
    // The exclusive or of a digit and `0` is its number; of every other byte it is more.
    for (let digit = (bytes[at] ?? 0) ^ ZERO; digit <= 9; digit = (bytes[++at] ?? 0) ^ ZERO) {
      digits = Math.imul(digits, 10) + digit
    }
    this.#digits = digits
    return at
  }
}

/** A number of more digits than 32 bits hold. */
function longNumber(bytes: Buffer, { from, to }: Stretch, decimals: number): number {
  let whole = 0
  for (let at = from; at < to; at++) {
    const digit = digitAt(bytes, at)
    if (digit >= 0) whole = whole * 10 + digit
  }
  const isExact = whole < EXACT && decimals < POWERS.length
  return isExact ? whole / (POWERS[decimals] as number) : Number(bytes.toString('latin1', from, to))
}

export function digitAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  return byte >= ZERO && byte <= NINE ? byte - ZERO : -1
}
