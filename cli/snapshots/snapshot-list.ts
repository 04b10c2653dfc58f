/** The snapshots of a table for eyes and for pipes, the newest first. */
import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { compactedRecords } from '../../lake/compaction/rollback-loss.ts'
import { MARK_PROPERTY, readMark } from '../../lake/compaction/table-mark.ts'
import { type Snapshot, snapshotsOf, type TableMetadata } from '../../lake/iceberg/metadata.ts'
import { type SnapshotStanding, standingOf } from '../../lake/iceberg/upkeep.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { toIso } from '../../lake/instant.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export interface ShownSnapshot {
  readonly snapshot: Snapshot
  readonly standing: SnapshotStanding
  /** Records of the topic that its mark calls compacted; null where another engine made it, which has no mark. */
  readonly compacted: number | null
}

const AT_ONCE = 16

/** Reads the marks of all snapshots; changes nothing. */
export async function showSnapshots(metadata: TableMetadata, store: ObjectStore): Promise<ShownSnapshot[]> {
  const shown = await inParallel(snapshotsOf(metadata), AT_ONCE, async (snapshot) => {
    const key = snapshot.summary[MARK_PROPERTY]
    const mark = key === undefined ? undefined : await readMark(key, store)
    return { snapshot, standing: standingOf(metadata, snapshot), compacted: mark ? compactedRecords(mark) : null }
  })
  return shown.toReversed()
}

const COLUMNS = [
  { name: 'snapshot', type: 'bigint' },
  { name: 'made_at', type: 'varchar' },
  { name: 'standing', type: 'varchar' },
  { name: 'rows', type: 'bigint' },
  { name: 'files', type: 'bigint' },
  { name: 'months_changed', type: 'bigint' },
  { name: 'rows_added', type: 'bigint' },
  { name: 'rows_removed', type: 'bigint' },
  { name: 'made_by', type: 'varchar' },
  { name: 'records_compacted', type: 'bigint' },
] as const

export function snapshotsText(shown: readonly ShownSnapshot[], format: AnswerFormat): string {
  return answerText({ columns: COLUMNS, rows: shown.map(cellsOf) }, format)
}

function cellsOf({ snapshot, standing, compacted }: ShownSnapshot): (string | null)[] {
  const { summary } = snapshot
  return [
    String(snapshot['snapshot-id']),
    toIso(snapshot['timestamp-ms']),
    standing,
    summary['total-records'] ?? null,
    summary['total-data-files'] ?? null,
    summary['changed-partition-count'] ?? null,
    summary['added-records'] ?? '0',
    summary['deleted-records'] ?? '0',
    makerOf(snapshot),
    compacted === null ? null : String(compacted),
  ]
}

/** Other engines say who they are; what they call it differs. */
function makerOf({ summary }: Snapshot): string {
  if (summary[MARK_PROPERTY] !== undefined) return 'compaction'
  return summary['engine-name'] ?? (summary['trino_query_id'] === undefined ? 'another engine' : 'trino')
}
