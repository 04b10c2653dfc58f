/** Thrift's compact protocol, as far as Parquet's headers and footers need it (Apache Thrift, "thrift-compact-protocol"). */
import { ByteSink } from './byte-sink.ts'

/** The types of fields and list elements that Parquet uses. */
export const THRIFT = { true: 1, false: 2, i16: 4, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const

/** Fields have to be written in the order of their ids. */
export class ThriftWriter {
  readonly sink: ByteSink
  /** The id of the last field of each struct that is open. */
  readonly #open: number[] = [0]

  constructor(sink: ByteSink = new ByteSink()) {
    this.sink = sink
  }

  i32(id: number, value: number): void {
    this.#field(id, THRIFT.i32)
    this.sink.zigzag(value)
  }

  i64(id: number, value: number): void {
    this.#field(id, THRIFT.i64)
    this.sink.zigzag(value)
  }

  flag(id: number, value: boolean): void {
    this.#field(id, value ? THRIFT.true : THRIFT.false)
  }

  binary(id: number, value: Uint8Array): void {
    this.#field(id, THRIFT.binary)
    this.bytes(value)
  }

  text(id: number, value: string): void {
    this.binary(id, Buffer.from(value))
  }

  struct(id: number, content: () => void): void {
    this.#field(id, THRIFT.struct)
    this.element(content)
  }

  /** The head of a list; its elements follow. */
  list(id: number, type: number, size: number): void {
    this.#field(id, THRIFT.list)
    this.sink.byte((Math.min(size, 15) << 4) | type)
    if (size >= 15) this.sink.varint(size)
  }

  /** A struct that is an element of a list, or stands for itself. */
  element(content: () => void): void {
    this.#open.push(0)
    content()
    this.#open.pop()
    this.sink.byte(0)
  }

  /** An element of a list of bytes or texts. */
  bytes(value: Uint8Array): void {
    this.sink.varint(value.length)
    this.sink.append(value)
  }

  #field(id: number, type: number): void {
    const depth = this.#open.length - 1
    this.sink.byte(((id - (this.#open[depth] ?? 0)) << 4) | type)
    this.#open[depth] = id
  }
}
