/** Reads Avro object container files, whoever wrote them: by the schema that the file itself brings. */
import { inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { TickerlakeError } from '../errors.ts'
import { AVRO_HEAD, AVRO_MAGIC, type AvroType, type AvroValue, isUnion, type Long, SYNC_BYTES } from './avro-type.ts'

/** What a block of a manifest may grow to: millions of files, and no memory for a bomb. */
const MOST_BLOCK_BYTES = 256 * 1024 * 1024

export interface AvroFile {
  /** Fields by name; a union's value is its branch's. */
  readonly records: readonly AvroValue[]
  readonly metadata: Readonly<Record<string, string>>
}

export function decodeAvro(file: Uint8Array): AvroFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (!bytes.subarray(0, AVRO_MAGIC.length).equals(AVRO_MAGIC)) throw notAvro('it begins otherwise')
  const input = new AvroReader(bytes.subarray(AVRO_MAGIC.length))
  const head = input.value(AVRO_HEAD) as Readonly<Record<string, Uint8Array>>
  const metadata = Object.fromEntries(Object.entries(head).map(([key, text]) => [key, Buffer.from(text).toString()]))
  const schema = JSON.parse(metadata['avro.schema'] ?? 'null') as AvroType
  const sync = input.take(SYNC_BYTES)
  const records: AvroValue[] = []
  while (!input.isAtEnd) {
    const count = Number(input.long())
    const block = new AvroReader(inflated(input.take(Number(input.long())), metadata['avro.codec'] ?? 'null'))
    for (let i = 0; i < count; i++) records.push(block.value(schema))
    if (!input.take(SYNC_BYTES).equals(sync)) throw notAvro('a block does not end where it should')
  }
  return { records, metadata }
}

function inflated(block: Buffer, codec: string): Buffer {
  if (codec === 'null') return block
  if (codec === 'deflate') return inflateRawSync(block, { maxOutputLength: MOST_BLOCK_BYTES })
  if (codec === 'zstandard') return zstdDecompressSync(block, { maxOutputLength: MOST_BLOCK_BYTES })
  throw notAvro(`its codec is ${codec}, and null, deflate and zstandard are read`)
}

function notAvro(why: string): TickerlakeError {
  return new TickerlakeError('not-avro', `This is no Avro file of an Iceberg table: ${why}.`)
}

class AvroReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (!(length >= 0 && end <= this.#bytes.length)) throw notAvro('it is cut off')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  long(): Long {
    const [first = 0] = this.take(1)
    if (first < 0x80) return (first >>> 1) ^ -(first & 1)
    this.#at--
    let read = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.take(1)[0] ?? 0
      read |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    const value = BigInt.asIntN(64, (read >> 1n) ^ -(read & 1n))
    return Number.isSafeInteger(Number(value)) ? Number(value) : value
  }

  value(type: AvroType): AvroValue {
    if (typeof type === 'string') return this.#plain(type)
    if (isUnion(type)) return this.value(type[Number(this.long())] ?? 'null')
    if (type.type === 'fixed') return this.take(type.size)
    if (type.type === 'record')
      return Object.fromEntries(type.fields.map((field) => [field.name, this.value(field.type)]))
    if (type.type === 'array') return this.#items(() => this.value(type.items))
    if (type.type === 'map')
      return Object.fromEntries(this.#items(() => [this.#plain('string') as string, this.value(type.values)] as const))
    // A plain type in its long form, as for a logical one: {"type": "int", "logicalType": "date"}.
    return this.value((type as { readonly type: AvroType }).type)
  }

  #plain(type: Extract<AvroType, string>): AvroValue {
    if (type === 'null') return null
    if (type === 'int' || type === 'long') return this.long()
    if (type === 'boolean') return this.take(1)[0] === 1
    if (type === 'float') return this.take(4).readFloatLE()
    if (type === 'double') return this.take(8).readDoubleLE()
    if (type === 'bytes') return this.take(Number(this.long()))
    if (type === 'string') return this.take(Number(this.long())).toString()
    throw notAvro(`it has a type ${String(type)}`)
  }

  #items<Item>(read: () => Item): Item[] {
    const items: Item[] = []
    for (let count = Number(this.long()); count !== 0; count = Number(this.long())) {
      // A negative count is followed by the block's size in bytes.
      if (count < 0) this.long()
      for (let i = 0; i < Math.abs(count); i++) items.push(read())
    }
    return items
  }
}
