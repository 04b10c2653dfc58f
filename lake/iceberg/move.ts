/** The one step by which a table changes: its pointer moves on to another version of its metadata. */
import { removeExpired } from './expiry.ts'
import type { IcebergTable, LoadedTable, MakeOptions } from './iceberg-table.ts'
import { encodeMetadata, type Snapshot } from './metadata.ts'
import { movedOn } from './retention.ts'

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
