import type { Clock } from '../../lake/clock.ts'
import { MARK_PROPERTY } from '../../lake/compaction/table-mark.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { snapshotsOf } from '../../lake/iceberg/metadata.ts'
import { ORPHAN_AGE_MS, sweep } from '../../lake/iceberg/sweep.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export interface SweepDeps {
  readonly store: ObjectStore
  readonly table: IcebergTable
  readonly clock: Clock
  readonly log: Log
}

/** Removes what killed runs and lost races have left of the table's files, and marks that no snapshot names. */
export async function sweepLake({ store, table, clock, log }: SweepDeps): Promise<void> {
  const now = clock.now()
  const files = await sweep(table, now)
  const marks: string[] = []
  for await (const { key, modifiedAt } of store.list(`${LAYOUT.compactionMarks}/`)) {
    if (modifiedAt !== undefined && modifiedAt < now - ORPHAN_AGE_MS) marks.push(key)
  }
  const loaded = await table.load()
  const named = new Set(snapshotsOfLoaded(loaded).map(({ summary }) => summary[MARK_PROPERTY]))
  const orphans = marks.filter((key) => !named.has(key))
  for (const key of orphans) await store.delete(key)
  if (files.length + orphans.length > 0) log.info('orphans swept', { files: files.length, marks: orphans.length })
}

function snapshotsOfLoaded(loaded: Awaited<ReturnType<IcebergTable['load']>>) {
  return loaded ? snapshotsOf(loaded.metadata) : []
}
