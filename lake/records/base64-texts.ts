/** Texts in base64, decoded many at once: a call of Node's decoder costs as much as a thousand digits. */

/** So many records make a call worth it; what they need is still near to the processor when it is read. */
export const TOGETHER = 128

const PADDING = '='.charCodeAt(0)
/** Fills up the digits that are left over by four, so that texts decode one behind the other. A single one is no base64: its bytes stay missing. */
const FILL = ['', '', 'AA', 'A'] as const

/** To be filled by `add`, then decoded once. */
export class Base64Texts {
  /** Those of all texts, once they are decoded and as long as they are kept. */
  bytes: Buffer | undefined = undefined
  #digits = ''
  #size = 0
  /** Behind the bytes of the text that was added last. */
  end = 0

  /** Takes a text; gives where its bytes will begin. */
  add(text: string): number {
    const digits = digitsOf(text)
    this.#digits += digits === text.length ? text : text.slice(0, digits)
    const over = digits & 3
    if (over > 0) this.#digits += FILL[over]
    const start = this.#size
    this.end = start + bytesOf(digits)
    this.#size = start + ((digits + 3) >> 2) * 3
    return start
  }

  /** How many bytes they need, filled up. */
  get size(): number {
    return this.#size
  }

  /** Decodes them into at least as many bytes. Whether all of them are base64; `isBase64` tells of one. */
  decode(bytes: Buffer): boolean {
    // What is not base64 is skipped by the decoder, and makes fewer bytes.
    const isWhole = bytes.write(this.#digits, 'base64') === this.#size
    this.bytes = bytes
    this.#digits = ''
    return isWhole
  }

  /** Leaves the bytes to whoever wants to write over them. */
  forget(): void {
    this.bytes = undefined
  }
}

/** Padded or not; one digit beyond four is none. */
export function isBase64(text: string): boolean {
  const digits = digitsOf(text)
  return (digits & 3) !== 1 && Buffer.from(text, 'base64').length === bytesOf(digits)
}

function digitsOf(text: string): number {
  let digits = text.length
  if (text.charCodeAt(digits - 1) === PADDING) digits--
  if (text.charCodeAt(digits - 1) === PADDING) digits--
  return digits
}

function bytesOf(digits: number): number {
  return Math.floor(digits * 0.75)
}
