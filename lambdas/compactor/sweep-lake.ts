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

/** Removes what killed runs and lost races have left: files of the table, marks that no snapshot names, plans and notes of runs. */
export async function sweepLake({ store, table, clock, log }: SweepDeps): Promise<void> {
  const now = clock.now()
  const files = await sweep(table, now)
  const marks = await oldKeys(LAYOUT.compactionMarks, now, store)
  const loaded = await table.load()
  const snapshots = loaded ? snapshotsOf(loaded.metadata) : []
  const named = new Set(snapshots.map(({ summary }) => summary[MARK_PROPERTY]))
  const orphans = marks.filter((key) => !named.has(key))
  const plans = await oldKeys(LAYOUT.compactionPlans, now, store)
  for (const key of [...orphans, ...plans]) await store.delete(key)
  if (files.length + orphans.length + plans.length === 0) return
  log.info('orphans swept', { files: files.length, marks: orphans.length, plans: plans.length })
}

/** What was there before any run that goes on now. */
async function oldKeys(prefix: string, now: number, store: ObjectStore): Promise<readonly string[]> {
  const old: string[] = []
  for await (const { key, modifiedAt } of store.list(`${prefix}/`)) {
    if (modifiedAt !== undefined && modifiedAt < now - ORPHAN_AGE_MS) old.push(key)
  }
  return old
}
