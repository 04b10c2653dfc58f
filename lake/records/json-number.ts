/** Numbers as JSON has them, from bytes, rounded as `Number` rounds their text. */
import type { Stretch } from './words.ts'

const [MINUS, DOT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39]

/**
 * Whole numbers below 2^53 are exact as doubles, and so are the powers of ten: their quotient is correctly rounded. A sum
 * that stays below was exact, as rounding never puts a larger number before a smaller one.
 */
const EXACT = 2 ** 53
/** So few digits, before the point and behind it, make numbers of 32 bits. */
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
    const dot = this.#readDigits(bytes, from)
    const whole = this.#digits
    if (dot === from || (bytes[from] === ZERO && dot > from + 1)) return -1
    const end = bytes[dot] === DOT ? this.#readDigits(bytes, dot + 1) : dot
    if (end === dot + 1) return -1
    const decimals = end > dot ? end - dot - 1 : 0
    const unit = POWERS[decimals] as number
    const sum = decimals > 0 ? whole * unit + this.#digits : whole
    const isShort = dot - from <= MOST_DIGITS && decimals <= MOST_DIGITS && sum < EXACT
    const size = isShort ? sum / unit : longNumber(bytes, { from, to: end }, decimals)
    this.value = from > start ? -size : size
    return size < Number.POSITIVE_INFINITY ? end : -1
  }

  #readDigits(bytes: Buffer, start: number): number {
    let digits = 0
    let at = start
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at))
      digits = Math.imul(digits, 10) + digit
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
