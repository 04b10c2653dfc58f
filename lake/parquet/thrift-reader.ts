/** Reads the headers of pages (Thrift's compact protocol), and passes over what it does not need. */
import { THRIFT } from './thrift-writer.ts'

export interface PageHeader {
  readonly type: number
  readonly rawSize: number
  readonly size: number
  /** Values with their nulls, or words of a dictionary. */
  readonly count: number
  readonly encoding: number
}

/** The header that stands at `at`, and where its page begins. */
export function readPageHeader(
  bytes: Uint8Array,
  at: number,
): { readonly header: PageHeader; readonly bodyAt: number } {
  const reader = new ThriftReader(bytes, at)
  let [type, rawSize, size, count, encoding] = [-1, 0, 0, 0, -1]
  reader.struct((id) => {
    if (id === 1) type = reader.zigzag()
    else if (id === 2) rawSize = reader.zigzag()
    else if (id === 3) size = reader.zigzag()
    else if (id === 5 || id === 7) {
      reader.struct((inner) => {
        if (inner === 1) count = reader.zigzag()
        else if (inner === 2) encoding = reader.zigzag()
        else return false
        return true
      })
    } else return false
    return true
  })
  if (size < 0 || reader.at + size > bytes.length) throw new RangeError('a page ends behind the file')
  return { header: { type, rawSize, size, count, encoding }, bodyAt: reader.at }
}

class ThriftReader {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** Calls back with the id of each field; one that is not taken is passed over. */
  struct(take: (id: number) => boolean): void {
    let id = 0
    for (;;) {
      const head = this.#byte()
      if (head === 0) return
      const type = head & 0x0f
      const step = head >> 4
      id = step === 0 ? this.zigzag() : id + step
      if (!take(id)) this.#skip(type)
    }
  }

  zigzag(): number {
    const value = this.#varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  #varint(): number {
    let value = 0
    for (let unit = 1; ; unit *= 0x80) {
      const byte = this.#byte()
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
  }

  #skip(type: number): void {
    if (type === THRIFT.true || type === THRIFT.false) return
    if (type === THRIFT.binary) this.at += this.#varint()
    else if (type === THRIFT.struct) this.struct(() => false)
    else if (type === THRIFT.i16 || type === THRIFT.i32 || type === THRIFT.i64) this.#varint()
    else throw new RangeError(`a header with a field of type ${type}`)
  }

  #byte(): number {
    const byte = this.#bytes[this.at++]
    if (byte === undefined) throw new RangeError('a header that does not end')
    return byte
  }
}
