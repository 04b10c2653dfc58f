/** Landed files go when they are old enough and every snapshot that can be rolled back to has their rows, never before. */
import type { Clock } from '../../lake/clock.ts'
import { type CompactionMark, isCompacted, streamIn } from '../../lake/compaction/compaction-mark.ts'
import { oldestMark } from '../../lake/compaction/table-mark.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { DAY_MS } from '../../lake/instant.ts'
import { type LandingFile, landingFileOf } from '../../lake/ledger/landing-key.ts'
import type { Log } from '../../lake/log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionIn, tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

interface ExpireDeps {
  readonly store: ObjectStore
  readonly table: IcebergTable
  readonly clock: Clock
  readonly log: Log
  readonly landingDays: number
}

/** Some ten seconds of deletes, and more than land in a quarter of an hour; the next run goes on. */
const MOST_EXPIRED = 10_000
const AT_ONCE = 16

/** A listing ends at the first file that is young enough: one request where nothing is old. */
export async function expireLanding(openClaims: ReadonlySet<string>, deps: ExpireDeps): Promise<void> {
  const { store, table, clock, log, landingDays } = deps
  const firstKept = tablePartitionPrefix(
    BARS_LANDING,
    tablePartitionOf(BARS_LANDING, clock.now() - landingDays * DAY_MS),
  )
  let mark: CompactionMark | undefined
  const old: string[] = []
  for await (const { key } of store.list(`${BARS_LANDING.prefix}/`)) {
    if (key >= firstKept || old.length === MOST_EXPIRED) break
    const file = landingFileOf(key)
    if (!file || openClaims.has(key)) continue
    mark ??= await oldestMark(table, store)
    if (await isDone(file, mark, store)) old.push(key)
  }
  await inParallel(old, AT_ONCE, (key) => store.delete(key))
  if (old.length > 0) log.info('old landing files removed', { files: old.length, before: firstKept })
}

/** A void has nothing to compact; what does not say whose it is goes with the days that were compacted whole. */
async function isDone(file: LandingFile, mark: CompactionMark, store: ObjectStore): Promise<boolean> {
  if (!streamIn(file)) return (tablePartitionIn(BARS_LANDING, file.key) ?? '') < mark.listFrom
  return isCompacted(mark, file) || (await store.head(file.key))?.metadata['kind'] === 'void'
}
