import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

/** The rows of a Parquet file, as hyparquet gives them: dates as `Date`, 64-bit integers as `bigint`. */
export function readRows(file: Uint8Array): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: Uint8Array.from(file).buffer, compressors })
}
