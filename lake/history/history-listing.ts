/** Which files the history has, and their versions. */
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'

/** The history's Parquet files below a prefix. */
export async function listHistory(store: ObjectStore, prefix: string): Promise<readonly ObjectSummary[]> {
  return (await Array.fromAsync(store.list(prefix))).filter(({ key }) => /\.parquet$/i.test(key))
}

/** Enough of an ETag to tell two versions of one file apart: ten thousand of them are kept in one object. */
export function fileVersion({ etag }: Pick<ObjectSummary, 'etag'>): string {
  return etag.replaceAll('"', '').slice(0, 16)
}

/** Those that are of given versions; all where none are given. */
export function ofVersions(
  listed: readonly ObjectSummary[],
  versions: ReadonlyMap<string, string> | undefined,
): readonly ObjectSummary[] {
  return versions ? listed.filter((object) => versions.get(object.key) === fileVersion(object)) : listed
}
