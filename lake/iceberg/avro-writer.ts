/** Avro object container files: one block, deflated, as every reader of Iceberg takes them. */
import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { ByteSink } from '../parquet/byte-sink.ts'
import {
  AVRO_HEAD,
  AVRO_MAGIC,
  type AvroType,
  type AvroValue,
  branchOf,
  isUnion,
  type Long,
  SYNC_BYTES,
} from './avro-type.ts'

/** Records as a file; `metadata` goes into its head beside the schema. */
export function encodeAvro(
  schema: AvroType,
  records: readonly AvroValue[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const body = new ByteSink()
  for (const record of records) writeValue(body, schema, record)
  const block = deflateRawSync(body.view())
  // Readers compare it at the ends of blocks, so any sixteen bytes do; a hash makes equal files equal.
  const sync = createHash('sha256').update(block).digest().subarray(0, SYNC_BYTES)
  const file = new ByteSink(block.length + 4096)
  file.append(AVRO_MAGIC)
  const head = { ...metadata, 'avro.schema': JSON.stringify(schema), 'avro.codec': 'deflate' }
  writeValue(file, AVRO_HEAD, Object.fromEntries(Object.entries(head).map(([key, text]) => [key, Buffer.from(text)])))
  file.append(sync)
  if (records.length > 0) {
    file.zigzag(records.length)
    file.zigzag(block.length)
    file.append(block)
    file.append(sync)
  }
  return file.copy()
}

type Fields = Readonly<Record<string, AvroValue | undefined>>

function writeValue(out: ByteSink, type: AvroType, value: AvroValue | undefined): void {
  if (typeof type === 'string') writePlain(out, type, value)
  else if (isUnion(type)) {
    const branch = branchOf(type, value === null || value === undefined)
    out.zigzag(branch)
    writeValue(out, type[branch] ?? 'null', value)
  } else if (type.type === 'record') {
    for (const field of type.fields) writeValue(out, field.type, (value as Fields)[field.name])
  } else if (type.type === 'fixed') out.append(value as Uint8Array)
  else if (type.type === 'array') {
    writeItems(out, value as readonly AvroValue[], (item) => writeValue(out, type.items, item))
  } else {
    writeItems(out, Object.entries(value as Fields), ([key, item]) => {
      writePlain(out, 'string', key)
      writeValue(out, type.values, item)
    })
  }
}

function writePlain(out: ByteSink, type: Extract<AvroType, string>, value: AvroValue | undefined): void {
  if (type === 'null') return
  if (type === 'boolean') out.byte(value === true ? 1 : 0)
  else if (type === 'int' || type === 'long') writeLong(out, value as Long)
  else if (type === 'string' || type === 'bytes') {
    const bytes = typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array)
    out.zigzag(bytes.length)
    out.append(bytes)
  } else throw new RangeError(`Avro's ${type} is not written here: Iceberg's manifests have none.`)
}

const EXACT = 2 ** 52

function writeLong(out: ByteSink, value: Long): void {
  if (typeof value === 'number' && Math.abs(value) < EXACT) {
    out.zigzag(value)
    return
  }
  const wide = BigInt(value)
  let left = BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n))
  for (; left > 0x7fn; left >>= 7n) out.byte(Number(left & 0x7fn) | 0x80)
  out.byte(Number(left))
}

function writeItems<Item>(out: ByteSink, items: readonly Item[], write: (item: Item) => void): void {
  if (items.length > 0) out.zigzag(items.length)
  for (const item of items) write(item)
  out.zigzag(0)
}
