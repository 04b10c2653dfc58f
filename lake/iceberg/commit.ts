/** Commits to an Iceberg table: all changes or none, once, whatever is lost, killed or doubled on the way. */
import { TickerlakeError } from '../errors.ts'
import { type IcebergTable, type LoadedTable, type MakeOptions, snapshotIdOf } from './iceberg-table.ts'
import { encodeManifest, encodeManifestList, hasLive, type Manifest, manifestOf, mayHold } from './manifest.ts'
import {
  ancestry,
  currentOf,
  type Snapshot,
  schemaOf,
  type TableMetadata,
  withColumns,
  withRetention,
} from './metadata.ts'
import { moveTo } from './move.ts'
import { byYear, changedMeanwhile, entriesAfter, joinChanges, type MonthChange, summaryOf } from './table-change.ts'

export interface TableCommit {
  /** Names the commit: one that was done, but whose answer was lost, is not done again. */
  readonly id: string
  /** The id of the snapshot that everything here was made from; undefined: it goes on from nothing. */
  readonly base: string | undefined
  readonly changes: readonly MonthChange[]
  /** What goes into the summary beside the counts, given the snapshot that it is committed on. */
  readonly summaryOn: (
    parent: Snapshot | undefined,
    metadata: TableMetadata,
  ) => Promise<Readonly<Record<string, string>>>
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly snapshot: Snapshot }
  /** These months were changed by others meanwhile: merge them again from what stands now. */
  | { readonly kind: 'conflict'; readonly months: readonly string[] }
  /** What it was made from is no longer in the table's past: somebody rolled back. */
  | { readonly kind: 'rolled-back' }

const COMMIT_PROPERTY = 'tickerlake.commit'
/** Each lost race means that another commit got through; that many in a row means something is looping. */
const MOST_RACES = 20

export async function commit(table: IcebergTable, change: TableCommit, options: MakeOptions): Promise<CommitOutcome> {
  const { changes, torn } = joinChanges(change.changes)
  if (torn.length > 0) return { kind: 'conflict', months: torn }
  let lost: readonly string[] = []
  for (let race = 0; race < MOST_RACES; race++) {
    const loaded = await table.loadOrMake(options)
    const past = [...ancestry(loaded.metadata)]
    // Looked for before anything of a lost attempt is removed: the word of a lost race may be the answer to the second
    // try of a request whose first one was done.
    const done = past.find(({ summary }) => summary[COMMIT_PROPERTY] === change.id)
    if (done) return { kind: 'committed', snapshot: done }
    await table.files.remove(lost)
    const isBased = change.base === undefined || past.some((one) => String(one['snapshot-id']) === change.base)
    if (!isBased) return { kind: 'rolled-back' }
    const outcome = await attempt(table, { ...change, changes }, { ...options, loaded })
    if (outcome.kind !== 'lost') return outcome
    lost = outcome.written
  }
  throw new TickerlakeError(
    'table-contended',
    `The table at ${table.files.location} was changed by others ${MOST_RACES} times in a row; run again.`,
    { retryable: true },
  )
}

type Attempt = MakeOptions & { readonly loaded: LoadedTable }

async function attempt(
  table: IcebergTable,
  change: TableCommit,
  { loaded, ...options }: Attempt,
): Promise<CommitOutcome | { readonly kind: 'lost'; readonly written: readonly string[] }> {
  const { files, shape } = table
  const metadata = withRetention(withColumns(loaded.metadata, shape), options.retention)
  const parent = currentOf(metadata)
  const manifests = (await files.manifestsOf(parent)).filter(hasLive)
  const months = new Set(change.changes.map(({ month }) => month))
  const touched = manifests.filter((manifest) => mayHold(manifest, months))
  const standing = await files.dataEntriesOf(touched)
  const conflicts = changedMeanwhile(standing, change.changes, shape.names)
  if (conflicts.length > 0) return { kind: 'conflict', months: conflicts }

  const place = {
    id: snapshotIdOf(options.freshId()),
    sequence: metadata['last-sequence-number'] + 1,
    names: shape.names,
    parent: parent?.['snapshot-id'],
  }
  const after = entriesAfter(standing, change.changes, place.id)
  const written = await Promise.all(
    [...byYear(after.entries, shape.names)].map(async ([year, entries]): Promise<Manifest> => {
      const path = `${files.location}/metadata/${place.id}-${year}-m.avro`
      const body = encodeManifest(entries, shape, schemaOf(metadata))
      await files.write(path, body, AVRO_TYPE)
      return manifestOf({ path, length: body.length }, entries, place)
    }),
  )
  const all = [...written, ...manifests.filter((manifest) => !touched.includes(manifest))]
  const list = `${files.location}/metadata/snap-${place.id}.avro`
  await files.write(list, encodeManifestList(all, place), AVRO_TYPE)
  const own = await change.summaryOn(parent, metadata)
  const snapshot: Snapshot = {
    'snapshot-id': place.id,
    ...(parent && { 'parent-snapshot-id': parent['snapshot-id'] }),
    'sequence-number': place.sequence,
    'timestamp-ms': Math.max(options.now, metadata['last-updated-ms']),
    'manifest-list': list,
    'schema-id': metadata['current-schema-id'],
    summary: { ...summaryOf(after, all, shape.names), ...own, [COMMIT_PROPERTY]: change.id },
  }
  const moved = await moveTo(table, { ...loaded, metadata }, { ...options, snapshot })
  if (moved.kind === 'done') return { kind: 'committed', snapshot }
  return { kind: 'lost', written: [moved.path, list, ...written.map(({ manifest_path }) => manifest_path)] }
}

const AVRO_TYPE = 'application/avro'
