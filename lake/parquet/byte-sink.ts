/** Letters of a short text. */
const SHORT = 16
const NOT_ASCII = -1

/** Bytes that are written one after the other, in a buffer that grows; the buffer is used again after `reset`. */
export class ByteSink {
  bytes: Buffer
  at = 0

  constructor(capacity = 1024) {
    this.bytes = Buffer.allocUnsafe(capacity)
  }

  /** Makes room for so many more bytes; whoever writes into `bytes` by hand asks for it first. */
  room(count: number): void {
    if (this.at + count <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.at + count, this.bytes.length * 2))
    this.bytes.copy(grown, 0, 0, this.at)
    this.bytes = grown
  }

  byte(value: number): void {
    this.room(1)
    this.bytes[this.at++] = value
  }

  uint32(value: number): void {
    this.room(4)
    this.at = this.bytes.writeUInt32LE(value, this.at)
  }

  /** ULEB128 of a whole number from 0 to 2^53. */
  varint(value: number): void {
    this.room(8)
    let left = value
    while (left >= 0x80) {
      this.bytes[this.at++] = (left % 0x80) | 0x80
      left = Math.floor(left / 0x80)
    }
    this.bytes[this.at++] = left
  }

  /** The zigzag varint of a whole number within ±2^52, so that its double is exact. */
  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  append(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  /** UTF-8, lone surrogates as U+FFFD; gives the number of bytes. */
  text(text: string): number {
    this.room(text.length * 3)
    const length = text.length <= SHORT ? this.#ascii(text) : NOT_ASCII
    if (length !== NOT_ASCII) return length
    const written = this.bytes.write(text, this.at, 'utf8')
    this.at += written
    return written
  }

  /** A call of the encoder costs more than the letters of a symbol. */
  #ascii(text: string): number {
    const { bytes, at } = this
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) return NOT_ASCII
      bytes[at + i] = code
    }
    this.at = at + text.length
    return text.length
  }

  /** What was written, as long as nothing more is. */
  view(): Buffer {
    return this.bytes.subarray(0, this.at)
  }

  copy(): Buffer {
    return Buffer.from(this.view())
  }

  reset(): void {
    this.at = 0
  }
}
