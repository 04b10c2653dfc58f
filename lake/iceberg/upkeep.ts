/** What a person does to a table's past: goes back to a snapshot, lets old ones go. Neither changes a row of any snapshot. */
import { TickerlakeError } from '../errors.ts'
import type { IcebergTable, LoadedTable, MakeOptions } from './iceberg-table.ts'
import { ancestry, currentOf, type Snapshot, type TableMetadata } from './metadata.ts'
import { moveTo } from './move.ts'
import { movedOn } from './retention.ts'

/** Where a snapshot stands: what is read now, what that came from, or what is read by its id alone. */
export type SnapshotStanding = 'current' | 'past' | 'rolled back'

export function standingOf(metadata: TableMetadata, snapshot: Snapshot): SnapshotStanding {
  const place = [...ancestry(metadata)].findIndex((one) => one['snapshot-id'] === snapshot['snapshot-id'])
  if (place === 0) return 'current'
  return place > 0 ? 'past' : 'rolled back'
}

/**
 * Makes a snapshot that is kept the current one, as `seen` shows the table: whoever looked at it decided by that, so a table
 * that others have changed meanwhile stays as it is.
 */
export async function rollBack(
  table: IcebergTable,
  { seen, to, ...options }: MakeOptions & { readonly seen: LoadedTable; readonly to: Snapshot },
): Promise<void> {
  await moveOrThrow(table, seen, { ...options, snapshot: to })
}

/** Lets go what is older than the retention says, with the files that nothing else holds; gives the snapshots that went. */
export async function expire(
  table: IcebergTable,
  { seen, ...options }: MakeOptions & { readonly seen: LoadedTable },
): Promise<readonly Snapshot[]> {
  const { at, metadata } = seen
  const snapshot = currentOf(metadata)
  const isAnyOld =
    snapshot && movedOn({ metadata, metadataFile: at.metadataFile }, snapshot, options).expired.length > 0
  return isAnyOld ? moveOrThrow(table, seen, { ...options, snapshot }) : []
}

async function moveOrThrow(
  table: IcebergTable,
  seen: LoadedTable,
  options: MakeOptions & { readonly snapshot: Snapshot },
): Promise<readonly Snapshot[]> {
  const moved = await moveTo(table, seen, options)
  if (moved.kind === 'done') return moved.expired
  const now = await table.load()
  const log = now?.metadata['metadata-log'] ?? []
  const isOurs = now?.at.metadataFile === moved.path || log.some((entry) => entry['metadata-file'] === moved.path)
  // What has expired stays until the sweep finds it: whoever moved the table on meanwhile may still count on it.
  if (isOurs) return []
  await table.files.remove([moved.path])
  throw new TickerlakeError(
    'table-moved',
    `${table.name} was changed by others meanwhile, and nothing was done; look again with "npm run lake -- snapshots".`,
    { retryable: true },
  )
}
