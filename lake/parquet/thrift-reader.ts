/** Reads the headers of pages and the footers of our own files (Thrift's compact protocol), and passes over what is not needed. */
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

/** Parquet's own structures are eight deep. */
const MAX_DEPTH = 16
/** 64 bits in groups of seven. */
const MAX_VARINT_BYTES = 10

/** Every step throws where it would leave the bytes. */
export class ThriftReader {
  readonly #bytes: Uint8Array
  #depth = 0
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /** Calls back with the id and the type of each field; one that is not taken is passed over. */
  struct(take: (id: number, type: number) => boolean): void {
    if (this.#depth === MAX_DEPTH) throw new RangeError('structures are nested too deep')
    this.#depth += 1
    for (let id = 0; ; ) {
      const head = this.#byte()
      if (head === 0) break
      const type = head & 0x0f
      const step = head >> 4
      id = step === 0 ? this.zigzag() : id + step
      if (!take(id, type)) this.#skip(type)
    }
    this.#depth -= 1
  }

  /** How many elements the list that begins here has; they follow. */
  list(type: number): number {
    const head = this.#byte()
    const size = head >> 4 === 15 ? this.#varint() : head >> 4
    // Every element takes at least a byte.
    if (size > this.#bytes.length - this.at) throw new RangeError('a list is longer than its bytes')
    if ((head & 0x0f) !== type && size > 0) throw new RangeError(`a list of elements of type ${head & 0x0f}`)
    return size
  }

  zigzag(): number {
    const value = this.#varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** Moves behind bytes that stand behind their length; how many they are. */
  binary(): number {
    const size = this.#varint()
    this.#advance(size)
    return size
  }

  #varint(): number {
    let byte = this.#byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let unit = 0x80, i = 1; i < MAX_VARINT_BYTES; i++, unit *= 0x80) {
      byte = this.#byte()
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
    throw new RangeError(`a number of more than ${MAX_VARINT_BYTES} bytes`)
  }

  #skip(type: number): void {
    if (type === THRIFT.true || type === THRIFT.false) return
    if (type === THRIFT.binary) this.binary()
    else if (type === THRIFT.struct) this.struct(() => false)
    else if (type === THRIFT.list) this.#skipList()
    else if (type === THRIFT.i16 || type === THRIFT.i32 || type === THRIFT.i64) this.#varint()
    else throw new RangeError(`a field of type ${type}`)
  }

  #skipList(): void {
    const type = (this.#bytes[this.at] ?? 0) & 0x0f
    const size = this.list(type)
    // Inside of a list a boolean takes a byte.
    if (type === THRIFT.true || type === THRIFT.false) this.#advance(size)
    else if (type === THRIFT.list) throw new RangeError('a list of lists')
    else for (let i = 0; i < size; i++) this.#skip(type)
  }

  #advance(count: number): void {
    if (count > this.#bytes.length - this.at) throw new RangeError('bytes that end too early')
    this.at += count
  }

  #byte(): number {
    const byte = this.#bytes[this.at++]
    if (byte === undefined) throw new RangeError('a structure that does not end')
    return byte
  }
}
