/**
 * The compaction mark goes with the data: a snapshot names the object that says what its files hold. So whatever becomes of
 * the snapshot, a rollback too, becomes of the mark.
 */
import type { IcebergTable } from '../iceberg/iceberg-table.ts'
import { ancestry, type Snapshot, type TableMetadata } from '../iceberg/metadata.ts'
import { LAYOUT } from '../layout.ts'
import { putJson, textAt } from '../store/json-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { type CompactionMark, encodeMark, NO_MARK, parseMark } from './compaction-mark.ts'

/** In the summary of a snapshot: the key of its mark. */
export const MARK_PROPERTY = 'tickerlake.mark'

/**
 * What the table's current snapshot has compacted. One that another engine committed names no mark, and its ancestor's
 * holds: a mark only ever says what is in. A mark that is gone makes compaction do more again, to the same result.
 */
export async function markOf(table: IcebergTable, store: ObjectStore): Promise<CompactionMark> {
  const loaded = await table.load()
  return loaded ? markIn(loaded.metadata, store) : NO_MARK
}

/** What every snapshot has that a rollback can go back to: a mark only grows from one to the next. */
export async function oldestMark(table: IcebergTable, store: ObjectStore): Promise<CompactionMark> {
  const loaded = await table.load()
  const oldest = loaded && [...ancestry(loaded.metadata)].at(-1)
  return oldest ? markIn(loaded.metadata, store, oldest) : NO_MARK
}

export async function markIn(metadata: TableMetadata, store: ObjectStore, from?: Snapshot): Promise<CompactionMark> {
  for (const { summary } of ancestry(metadata, from)) {
    const key = summary[MARK_PROPERTY]
    const mark = key === undefined ? undefined : await readMark(key, store)
    if (mark) return mark
  }
  return NO_MARK
}

export async function readMark(key: string, store: ObjectStore): Promise<CompactionMark | undefined> {
  const text = await textAt(key, store)
  return text === undefined ? undefined : parseMark(text, key)
}

/** Writes a mark under a fresh name; gives what a snapshot's summary has to say of it. */
export async function writeMark(
  mark: CompactionMark,
  { store, freshId }: { readonly store: ObjectStore; readonly freshId: () => string },
): Promise<Readonly<Record<string, string>>> {
  const key = `${LAYOUT.compactionMarks}/${freshId()}.json`
  await putJson(key, encodeMark(mark), store)
  return { [MARK_PROPERTY]: key }
}
