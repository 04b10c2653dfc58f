import { FETCHED_PREFIX } from '../../lake/fetch/fetched-file.ts'
import { HISTORY_PREFIX, historyFolder } from '../../lake/history/history-folder.ts'
import { uploadFiles } from '../../lake/history/history-upload.ts'
import type { SkippedFile } from '../../lake/replay/replay-answer.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export interface UploadedHistory {
  readonly files: number
  /** Files that cannot be made a history; the others are uploaded. */
  readonly skipped: readonly SkippedFile[]
}

export interface HistoryOfLake extends UploadedHistory {
  /** Files that an earlier run fetched: nobody else has them, so they stay. */
  readonly fetched: number
}

/** Makes the lake's history what the folder holds, beside what was fetched. */
export async function uploadHistory(folder: string, store: ObjectStore): Promise<HistoryOfLake> {
  const { hashes, skipped } = await uploadFiles(historyFolder(folder), store)
  const there = (await Array.fromAsync(store.list(HISTORY_PREFIX))).map(({ key }) => key)
  const others = there.filter((key) => !hashes.has(key))
  const isFetched = (key: string): boolean => key.startsWith(FETCHED_PREFIX)
  for (const key of others) if (!isFetched(key)) await store.delete(key)
  return { files: hashes.size, skipped, fetched: others.filter(isFetched).length }
}
