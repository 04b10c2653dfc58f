/** How a commit moves a table's metadata on, and what of its past goes with that. */
import { DAY_MS } from '../instant.ts'
import { type Retention, type Snapshot, snapshotsOf, type TableMetadata } from './metadata.ts'

export interface MovedOn {
  readonly metadata: TableMetadata
  /** Snapshots that are no longer kept. */
  readonly expired: readonly Snapshot[]
  /** Metadata files that are no longer named. */
  readonly staleFiles: readonly string[]
}

/** What a table is moved on from: its metadata, and the file that it stood in. */
export interface Standing {
  readonly metadata: TableMetadata
  readonly metadataFile: string
}

export interface MoveOptions {
  /** Epoch milliseconds. */
  readonly now: number
  readonly retention: Retention
}
const MOST_FILES = 100

/** The table with `current` as its newest state, a new snapshot or an older one, and without those that have had their time. */
export function movedOn(from: Standing, current: Snapshot, { now, retention }: MoveOptions): MovedOn {
  const { metadata } = from
  const id = current['snapshot-id']
  const standing = snapshotsOf(metadata)
  const all = standing.includes(current) ? standing : [...standing, current]
  const named = Object.entries(metadata.refs ?? {}).flatMap(([name, ref]) =>
    name === 'main' ? [] : [ref['snapshot-id']],
  )
  const held = new Set([...named, id])
  const last = new Set(all.slice(Math.max(0, all.length - retention.keepLast)))
  const oldest = now - retention.snapshotDays * DAY_MS
  const isKept = (one: Snapshot) => last.has(one) || one['timestamp-ms'] >= oldest || held.has(one['snapshot-id'])
  const kept = all.filter(isKept)
  const files = logWith(from)
  const most = Number(metadata.properties?.['write.metadata.previous-versions-max'] ?? MOST_FILES)
  return {
    metadata: {
      ...metadata,
      snapshots: kept,
      'last-sequence-number': Math.max(metadata['last-sequence-number'], current['sequence-number']),
      'last-updated-ms': Math.max(now, metadata['last-updated-ms']),
      'current-snapshot-id': id,
      refs: { ...metadata.refs, main: { 'snapshot-id': id, type: 'branch' } },
      'snapshot-log': historyOf(metadata, current, { kept, now }),
      'metadata-log': files.slice(-most),
    },
    expired: all.filter((one) => !kept.includes(one)),
    staleFiles: files.slice(0, -most).map((entry) => entry['metadata-file']),
  }
}

function logWith({ metadata, metadataFile }: Standing): NonNullable<TableMetadata['metadata-log']> {
  const entry = { 'metadata-file': metadataFile, 'timestamp-ms': metadata['last-updated-ms'] }
  return [...(metadata['metadata-log'] ?? []), entry]
}

/** It begins behind the last entry whose snapshot is gone, as Iceberg's own library has it. */
function historyOf(
  metadata: TableMetadata,
  current: Snapshot,
  { kept, now }: { readonly kept: readonly Snapshot[]; readonly now: number },
): NonNullable<TableMetadata['snapshot-log']> {
  const ids = new Set(kept.map((one) => one['snapshot-id']))
  const at = Math.max(now, metadata['last-updated-ms'])
  const before = metadata['snapshot-log'] ?? []
  const isNew = before.at(-1)?.['snapshot-id'] !== current['snapshot-id']
  const log = isNew ? [...before, { 'snapshot-id': current['snapshot-id'], 'timestamp-ms': at }] : before
  const lastGone = log.findLastIndex((entry) => !ids.has(entry['snapshot-id']))
  return log.slice(lastGone + 1)
}
