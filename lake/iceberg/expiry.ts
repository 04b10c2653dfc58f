/** What expired snapshots alone have led to is removed; whatever a crash leaves of that is swept later. */
import type { IcebergTable } from './iceberg-table.ts'
import type { Manifest, ManifestEntry } from './manifest.ts'
import { type Snapshot, snapshotsOf } from './metadata.ts'
import type { MovedOn } from './retention.ts'

export async function removeExpired(
  { files }: IcebergTable,
  { metadata, expired, staleFiles }: MovedOn,
): Promise<void> {
  if (expired.length > 0) {
    const kept = snapshotsOf(metadata)
    const inUse = await files.manifestsOfAll(stillReached(kept, expired))
    const names = new Set(inUse.map(({ manifest_path }) => manifest_path))
    const gone = (await files.manifestsOfAll(expired)).filter(({ manifest_path }) => !names.has(manifest_path))
    const near = inUse.filter((manifest) => gone.some((other) => mayShareFiles(manifest, other)))
    const live = new Set((await files.entriesOf(near)).map(pathOf))
    const dead = new Set((await files.entriesOf(gone)).map(pathOf).filter((path) => !live.has(path)))
    const lists = expired.map((snapshot) => snapshot['manifest-list'])
    // Data first, lists last: a crash between leaves what still names the rest, and the sweep finds it.
    await files.remove([...dead])
    await files.remove([...gone.map(({ manifest_path }) => manifest_path), ...lists])
  }
  await files.remove(staleFiles)
}

/**
 * Which of the kept snapshots have to be looked at. Files never come back: in a past without branches what the oldest
 * kept snapshot does not hold, no later one of them holds either that an expired one had.
 */
function stillReached(kept: readonly Snapshot[], expired: readonly Snapshot[]): readonly Snapshot[] {
  const follows = (one: Snapshot | undefined, other: Snapshot | undefined) =>
    one !== undefined && other !== undefined && one['parent-snapshot-id'] === other['snapshot-id']
  const isLine = kept.every((one, i) => i === 0 || follows(one, kept[i - 1])) && follows(kept[0], expired.at(-1))
  return isLine ? kept.slice(0, 1) : kept
}

function pathOf({ data_file }: ManifestEntry): string {
  return data_file.file_path
}

/** By the months of two manifests, as far as they say any. */
function mayShareFiles(a: Manifest, b: Manifest): boolean {
  const [one, other] = [a.partitions?.[0], b.partitions?.[0]]
  if (!one?.lower_bound || !one.upper_bound || !other?.lower_bound || !other.upper_bound) return true
  return (
    Buffer.compare(one.lower_bound, other.upper_bound) <= 0 && Buffer.compare(other.lower_bound, one.upper_bound) <= 0
  )
}
