import { type Environment, required } from '../environment.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { barsTable } from './bars-table.ts'
import { barsInGlue } from './glue-pointer.ts'
import type { IcebergTable } from './iceberg-table.ts'

/** The table `bars` as a deployed function reaches it: without a catalog where CATALOG_DATABASE is not set. */
export function deployedTable(env: Environment, freshId: () => string): (store: ObjectStore) => IcebergTable {
  const bucket = required(env, 'LAKE_BUCKET')
  const database = env['CATALOG_DATABASE']
  const glue = database === undefined ? undefined : barsInGlue({ config: {}, database, bucket })
  return (store) => barsTable({ store, bucket, freshId, glue })
}
