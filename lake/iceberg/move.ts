/**
 * The one step by which a table changes: its pointer moves on to another version of its metadata. What expired snapshots
 * alone have led to is removed then; whatever a crash leaves of that is swept later.
 */
import type { IcebergTable, LoadedTable, MakeOptions } from './iceberg-table.ts'
import type { Manifest, ManifestEntry } from './manifest.ts'
import { encodeMetadata, type Snapshot, snapshotsOf } from './metadata.ts'
import { type MovedOn, movedOn } from './retention.ts'

export interface MoveTo extends MakeOptions {
  /** What the table's current snapshot shall be. */
  readonly snapshot: Snapshot
}

export type MovedTo =
  | { readonly kind: 'done' /** Snapshots that went with it. */; readonly expired: readonly Snapshot[] }
  /** Somebody else was quicker; or the answer is that to the second try of a request whose first was done. */
  | { readonly kind: 'lost' /** The metadata file that was written. */; readonly path: string }

/** Makes a snapshot the table's current one, expires what has had its time, and removes what that alone has led to. */
export async function moveTo(
  table: IcebergTable,
  { at, metadata }: LoadedTable,
  { snapshot, ...options }: MoveTo,
): Promise<MovedTo> {
  const next = movedOn({ metadata, metadataFile: at.metadataFile }, snapshot, options)
  const path = `${table.files.location}/metadata/${numberAfter(at.metadataFile)}-${options.freshId()}.metadata.json`
  await table.files.write(path, encodeMetadata(next.metadata), 'application/json')
  if ((await table.pointer.move(at, path, next.metadata)) === 'lost') return { kind: 'lost', path }
  await removeExpired(table, next)
  return { kind: 'done', expired: next.expired }
}

/** Metadata files are numbered, so that a person sees their order. */
function numberAfter(metadataFile: string): string {
  const number = Number.parseInt(metadataFile.slice(metadataFile.lastIndexOf('/') + 1), 10)
  return String((Number.isNaN(number) ? 0 : number) + 1).padStart(5, '0')
}

async function removeExpired({ files }: IcebergTable, { metadata, expired, staleFiles }: MovedOn): Promise<void> {
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
