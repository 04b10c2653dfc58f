/** Which of a table's snapshots an answer shall be of: the one that was current at an instant, or one by its id. */
import { TickerlakeError } from '../errors.ts'
import { toIso } from '../instant.ts'
import type { IcebergTable } from './iceberg-table.ts'
import { type Snapshot, snapshotAt, snapshotsOf, type TableMetadata } from './metadata.ts'

export type AsOf =
  | { readonly kind: 'instant' /** Epoch milliseconds. */; readonly instant: number }
  | { readonly kind: 'snapshot'; readonly id: string }

/** The snapshot that is meant. Throws where it is no longer kept, or never was. */
export async function snapshotAsOf(table: IcebergTable, asOf: AsOf): Promise<Snapshot> {
  const metadata = (await table.load())?.metadata
  const found =
    metadata && (asOf.kind === 'instant' ? snapshotAt(metadata, asOf.instant) : snapshotBy(metadata, asOf.id))
  if (found) return found
  const wanted = asOf.kind === 'instant' ? `no snapshot as of ${toIso(asOf.instant)}` : `no snapshot ${asOf.id}`
  const log = metadata?.['snapshot-log'] ?? []
  throw new TickerlakeError('snapshot-expired', `${table.name} has ${wanted}: ${keptText(log)}`)
}

function snapshotBy(metadata: TableMetadata, id: string): Snapshot | undefined {
  return snapshotsOf(metadata).find((one) => String(one['snapshot-id']) === id)
}

function keptText(log: NonNullable<TableMetadata['snapshot-log']>): string {
  const [oldest] = log
  if (!oldest) return 'none is kept; the first is made by the first compaction.'
  return `the oldest that is kept is ${oldest['snapshot-id']}, current from ${toIso(oldest['timestamp-ms'])} on.`
}
