import { type Environment, required } from '../environment.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { barsPointer, barsTable } from './bars-table.ts'
import type { IcebergTable } from './iceberg-table.ts'

/** The table `bars` as a deployed function reaches it: by the Glue database CATALOG_DATABASE, or without a catalog where that is not set. */
export function deployedTable(env: Environment, freshId: () => string): (store: ObjectStore) => IcebergTable {
  const bucket = required(env, 'LAKE_BUCKET')
  const database = env['CATALOG_DATABASE']
  const glue = database === undefined ? undefined : { config: {}, database }
  return (store) => barsTable({ store, bucket, pointer: barsPointer({ store, freshId, glue }) })
}
