/** What a commit changes: months that take the place of those that they were merged from. */
import type { Long } from './avro-type.ts'
import { type DataFile, type Manifest, type ManifestEntry, STATUS } from './manifest.ts'
import type { PartitionNames } from './table-schema.ts'

/** A month as it shall be. */
export interface MonthChange {
  readonly month: string
  /** All files that the month had when it was merged: the change is of that state, and of no other. */
  readonly seen: readonly string[]
  /** Those of them that `added` takes the place of. */
  readonly replaced: readonly string[]
  readonly added: readonly DataFile[]
}

/** Changes of one month that several tasks made from the same state are one; from different states they contradict each other. */
export function joinChanges(changes: readonly MonthChange[]): {
  readonly changes: MonthChange[]
  readonly torn: string[]
} {
  const joined: MonthChange[] = []
  const torn: string[] = []
  for (const [month, some] of Map.groupBy(changes, (change) => change.month)) {
    const [first] = some
    if (!first) continue
    if (some.some(({ seen }) => !isSame(seen, first.seen))) torn.push(month)
    const replaced = [...new Set(some.flatMap((change) => change.replaced))]
    joined.push({ month, seen: first.seen, replaced, added: some.flatMap(({ added }) => added) })
  }
  return { changes: joined, torn }
}

/** The months whose files are no longer those that a change was made from. */
export function changedMeanwhile(
  standing: readonly ManifestEntry[],
  changes: readonly MonthChange[],
  names: PartitionNames,
): string[] {
  const byMonth = Map.groupBy(standing, (entry) => monthOf(entry, names))
  return changes
    .filter(({ month, seen }) => {
      const paths = (byMonth.get(month) ?? []).map(({ data_file }) => data_file.file_path)
      return !isSame(paths, seen)
    })
    .map(({ month }) => month)
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n')
}

export interface EntriesAfter {
  readonly entries: readonly ManifestEntry[]
  readonly added: readonly DataFile[]
  readonly removed: readonly DataFile[]
}

/** The entries of manifests that are rewritten: what stays, what is gone with this snapshot, what is new. */
export function entriesAfter(
  standing: readonly ManifestEntry[],
  changes: readonly MonthChange[],
  snapshotId: Long,
): EntriesAfter {
  const gone = new Set(changes.flatMap(({ replaced }) => replaced))
  const kept = standing.map(
    (entry): ManifestEntry =>
      gone.has(entry.data_file.file_path)
        ? { ...entry, status: STATUS.deleted, snapshot_id: snapshotId }
        : { ...entry, status: STATUS.existing },
  )
  const added = changes.flatMap((change) => change.added)
  const fresh = added.map(
    (data_file): ManifestEntry => ({
      status: STATUS.added,
      snapshot_id: snapshotId,
      // Inherited from the manifest, which gets them with the commit.
      sequence_number: null,
      file_sequence_number: null,
      data_file,
    }),
  )
  return {
    entries: [...kept, ...fresh],
    added,
    removed: kept.filter(({ status }) => status === STATUS.deleted).map(({ data_file }) => data_file),
  }
}

export function monthOf({ data_file }: ManifestEntry, { key }: PartitionNames): string {
  return String(data_file.partition[key])
}

/** A manifest a year: as many as years, each small, and a commit rewrites those of its months alone. */
export function byYear(entries: readonly ManifestEntry[], names: PartitionNames): Map<string, ManifestEntry[]> {
  return Map.groupBy(entries, (entry) => monthOf(entry, names).slice(0, 4))
}

/** What a snapshot says of itself (Iceberg, "Optional Snapshot Summary Fields"). */
export function summaryOf(
  { added, removed }: EntriesAfter,
  manifests: readonly Manifest[],
  names: PartitionNames,
): Record<string, string> {
  const sum = (files: readonly DataFile[], of: (file: DataFile) => Long) =>
    String(files.reduce((total, file) => total + Number(of(file)), 0))
  const all = (content: number, of: (manifest: Manifest) => number) =>
    String(manifests.reduce((total, manifest) => total + (manifest.content === content ? of(manifest) : 0), 0))
  const files = (manifest: Manifest) => manifest.added_files_count + manifest.existing_files_count
  const months = new Set([...added, ...removed].map(({ partition }) => partition[names.key]))
  return {
    operation: removed.length > 0 ? 'overwrite' : 'append',
    'added-data-files': String(added.length),
    'deleted-data-files': String(removed.length),
    'added-records': sum(added, (file) => file.record_count),
    'deleted-records': sum(removed, (file) => file.record_count),
    'added-files-size': sum(added, (file) => file.file_size_in_bytes),
    'removed-files-size': sum(removed, (file) => file.file_size_in_bytes),
    'changed-partition-count': String(months.size),
    'total-data-files': all(0, files),
    'total-records': all(0, (one) => Number(one.added_rows_count) + Number(one.existing_rows_count)),
    'total-delete-files': all(1, files),
  }
}
