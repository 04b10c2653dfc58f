import { DAY_MS } from '../instant.ts'
import type { IcebergTable } from './iceberg-table.ts'
import { snapshotsOf, type TableMetadata } from './metadata.ts'

/** Nobody is about to commit a file that is as old: a run ends within hours. */
export const ORPHAN_AGE_MS = 3 * DAY_MS

/** Where a table's files are; what else lies below its location is not the table's. */
const FOLDERS = ['data', 'metadata']

/** Removes files that lost races and killed runs have left, once they are older than any run; gives their paths. */
export async function sweep(table: IcebergTable, now: number): Promise<readonly string[]> {
  const old: string[] = []
  for (const folder of FOLDERS) {
    for await (const path of table.files.olderThan(now - ORPHAN_AGE_MS, folder)) old.push(path)
  }
  // Listed first: whatever is committed from here on is younger than what was listed as old.
  const loaded = await table.load()
  if (!loaded) return []
  const used = await reachedFrom(table, loaded.metadata)
  used.add(loaded.at.metadataFile)
  const keys = new Set([...used].map((path) => table.files.keyOf(path)))
  const orphans = old.filter((path) => !keys.has(table.files.keyOf(path)))
  await table.files.remove(orphans)
  return orphans
}

async function reachedFrom({ files }: IcebergTable, metadata: TableMetadata): Promise<Set<string>> {
  const manifests = await files.manifestsOfAll(snapshotsOf(metadata))
  const entries = await files.entriesOf(manifests)
  return new Set([
    ...(metadata['metadata-log'] ?? []).map((entry) => entry['metadata-file']),
    ...snapshotsOf(metadata).map((snapshot) => snapshot['manifest-list']),
    ...manifests.map(({ manifest_path }) => manifest_path),
    ...entries.map(({ data_file }) => data_file.file_path),
    ...statisticsOf(metadata),
  ])
}

/** Other engines leave statistics beside the metadata: Trino does after a write. */
function statisticsOf(metadata: TableMetadata): string[] {
  return ['statistics', 'partition-statistics'].flatMap((kind) => {
    const files = metadata[kind]
    if (!Array.isArray(files)) return []
    return files.flatMap((file: { readonly 'statistics-path'?: string }) => file['statistics-path'] ?? [])
  })
}
