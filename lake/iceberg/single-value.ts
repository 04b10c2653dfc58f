/** Bounds as Iceberg's manifests hold them (Iceberg, "Appendix D: Single-value serialization", binary). */
import type { Long } from './avro-type.ts'
import type { IcebergType } from './table-schema.ts'

export function valueBytes(value: Long | string, type: IcebergType): Uint8Array {
  if (type === 'string') return Buffer.from(String(value))
  const bytes = Buffer.alloc(type === 'int' ? 4 : 8)
  if (type === 'int') bytes.writeInt32LE(Number(value))
  else if (type === 'double') bytes.writeDoubleLE(Number(value))
  else bytes.writeBigInt64LE(BigInt(value))
  return bytes
}

export function textOfBound(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}

/** Months since January 1970, of a month like `2013-03`: what the transform `month` gives. */
export function monthNumber(month: string): number {
  return (Number(month.slice(0, 4)) - 1970) * 12 + Number(month.slice(5)) - 1
}
