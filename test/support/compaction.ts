/** What a compaction works with in a test: a table over any store, whose catalog is an object of that store. */
import { barsTable } from '../../lake/iceberg/bars-table.ts'
import type { IcebergTable, LiveFile } from '../../lake/iceberg/iceberg-table.ts'
import { KEEP_LAST } from '../../lake/iceberg/metadata.ts'
import { followingLake } from '../../lake/iceberg/snapshot-store.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { RunDeps } from '../../lambdas/compactor/run.ts'
import { silentLog } from './silent-log.ts'

let ids = 0
/** Never given before in this process; ordered as they are given. */
export function freshId(): string {
  ids += 1
  return `id-${String(ids).padStart(9, '0')}`
}

export function tableOn(store: ObjectStore): IcebergTable {
  return barsTable({ store, bucket: 'lake', freshId, glue: undefined })
}

export const RETENTION = { snapshotDays: 5, keepLast: KEEP_LAST }

export function compactionOn(
  store: ObjectStore,
  now: number = Date.UTC(2026, 10, 22, 12),
  table: IcebergTable = tableOn(store),
): RunDeps {
  const clock = { now: () => now, sleep: async () => {} }
  return { store, table, parquet: parquetGroups, clock, log: silentLog, freshId, retention: RETENTION, landingDays: 30 }
}

/** The lake with the newest snapshot's files, as every reader has it. */
export function lakeOn(store: ObjectStore): ObjectStore {
  return followingLake(store, tableOn(store))
}

export async function liveFilesOn(store: ObjectStore): Promise<readonly LiveFile[]> {
  const table = tableOn(store)
  return table.liveFiles(await table.current())
}
