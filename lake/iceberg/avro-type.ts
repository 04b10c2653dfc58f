/** Avro, as far as Iceberg's manifests need it (Apache Avro 1.11, "Specification"). */

/** A 64-bit integer: a number where that is exact, else a bigint; so `===` compares two of them. */
export type Long = number | bigint

export type AvroValue =
  | null
  | boolean
  | Long
  | string
  | Uint8Array
  | readonly AvroValue[]
  | { readonly [name: string]: AvroValue | undefined }

export interface AvroField {
  readonly name: string
  readonly type: AvroType
  readonly default?: null
  /** Iceberg's number of the field; readers go by it, not by the name. */
  readonly 'field-id'?: number
}

export type AvroType =
  | 'null'
  | 'boolean'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'bytes'
  | 'string'
  | readonly AvroType[]
  | { readonly type: 'record'; readonly name: string; readonly fields: readonly AvroField[] }
  | {
      readonly type: 'array'
      readonly items: AvroType
      /** Iceberg's word for a map whose keys are no texts. */
      readonly logicalType?: 'map'
      readonly 'element-id'?: number
    }
  | { readonly type: 'map'; readonly values: AvroType }
  | { readonly type: 'fixed'; readonly name: string; readonly size: number }

export const AVRO_MAGIC = Buffer.from('Obj\x01', 'latin1')
export const AVRO_HEAD: AvroType = { type: 'map', values: 'bytes' }
export const SYNC_BYTES = 16

export function isUnion(type: AvroType): type is readonly AvroType[] {
  return Array.isArray(type)
}

/** Where a union holds nothing, its `null`; else its other type. */
export function branchOf(union: readonly AvroType[], isNull: boolean): number {
  return union.findIndex((type) => (type === 'null') === isNull)
}
