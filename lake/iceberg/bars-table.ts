import { LAYOUT } from '../layout.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { BARS } from '../tables/tables.ts'
import { IcebergTable } from './iceberg-table.ts'
import { objectPointer, type Pointer } from './pointer.ts'

export interface BarsTableProps {
  readonly store: ObjectStore
  readonly bucket: string
  /** Makes a UUID. */
  readonly freshId: () => string
  /** Of the catalog; undefined where there is no Glue. */
  readonly glue: Pointer | undefined
}

/**
 * The table `bars`, cut by the month of the bar's own time, once as text, as queries have always named it. Where its
 * metadata is, is said in the catalog, or where there is none, in an object of the bucket.
 */
export function barsTable({ store, bucket, freshId, glue }: BarsTableProps): IcebergTable {
  const pointer = glue ?? objectPointer({ store, key: LAYOUT.barsPointer, freshId })
  return new IcebergTable({ store, bucket, pointer, table: BARS, time: 'ts_event' })
}
