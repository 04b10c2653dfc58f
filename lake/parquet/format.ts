/** The words of the Parquet format that we use, by their numbers (apache/parquet-format, parquet.thrift). */
import type { ColumnType } from '../tables/table.ts'

export const PHYSICAL = { boolean: 0, int32: 1, int64: 2, double: 5, byteArray: 6 } as const
export const ENCODING = { plain: 0, rle: 3, delta: 5, rleDictionary: 8 } as const
export const CODEC = { none: 0, zstd: 6 } as const
export const PAGE = { data: 0, dictionary: 2 } as const

export const PHYSICAL_OF: Readonly<Record<ColumnType, keyof typeof PHYSICAL>> = {
  string: 'byteArray',
  binary: 'byteArray',
  double: 'double',
  int: 'int32',
  bigint: 'int64',
  boolean: 'boolean',
  timestamp: 'int64',
}

/** The older of the two words for a type, which goes with the newer one. */
export const CONVERTED = { utf8: 0, timestampMillis: 9, timestampMicros: 10 } as const

/** What our files say of their writer: such a file uses only what is in this folder. */
export const CREATED_BY = 'tickerlake version 1'
