import { HISTORY_PREFIX, historyFolder } from '../../lake/history/history-folder.ts'
import { uploadFiles } from '../../lake/history/history-upload.ts'
import type { SkippedFile } from '../../lake/replay/replay-answer.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export interface UploadedHistory {
  readonly files: number
  /** Files that cannot be made a history; the others are uploaded. */
  readonly skipped: readonly SkippedFile[]
}

/** Makes the lake's history what the folder holds. */
export async function uploadHistory(folder: string, store: ObjectStore): Promise<UploadedHistory> {
  const { hashes, skipped } = await uploadFiles(historyFolder(folder), store)
  const there = (await Array.fromAsync(store.list(HISTORY_PREFIX))).map(({ key }) => key)
  for (const key of there) if (!hashes.has(key)) await store.delete(key)
  return { files: hashes.size, skipped }
}
