import { parquetMetadata, parquetQuery } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

export interface BytesRead {
  readonly rows: number
  /** The footer, and every byte range that was fetched after it. */
  readonly bytes: number
}

/** What a reader that prunes by statistics fetches of one Parquet file, for one symbol or for all. */
export async function bytesRead(
  body: Uint8Array,
  want: { readonly columns: readonly string[]; readonly symbol?: string },
): Promise<BytesRead> {
  const whole = body.slice().buffer
  const metadata = parquetMetadata(whole)
  let bytes = metadata.metadata_length + 8
  const file = {
    byteLength: whole.byteLength,
    slice(start: number, end = whole.byteLength) {
      bytes += end - start
      return whole.slice(start, end)
    },
  }
  const filter = want.symbol === undefined ? {} : { filter: { symbol: { $eq: want.symbol } } }
  const rows = await parquetQuery({ file, metadata, compressors, columns: [...want.columns], ...filter })
  return { rows: rows.length, bytes }
}
