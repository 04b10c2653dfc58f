import { createHash } from 'node:crypto'
import { UsageError } from '../../lake/errors.ts'
import { HISTORY_PREFIX, historyBody, historyFiles } from '../../lake/history/history-folder.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import type { SkippedFile } from '../../lake/replay/replay-answer.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

const AT_ONCE = 4

export interface UploadedHistory {
  readonly files: number
  /** Files that cannot be made a history; the others are uploaded. */
  readonly skipped: readonly SkippedFile[]
}

/** Makes the lake's history what the folder holds, CSV turned into Parquet. */
export async function uploadHistory(folder: string, store: ObjectStore): Promise<UploadedHistory> {
  const files = historyFiles(folder)
  const there = new Map<string, string>()
  for await (const { key, etag } of store.list(HISTORY_PREFIX)) there.set(key, etag)
  const skipped = new Map<string, SkippedFile>()
  await inParallel([...files], AT_ONCE, async ([key, file]) => {
    const made = historyBody(file)
    if (made.kind === 'unreadable') skipped.set(key, made.skipped)
    else if (there.get(key) !== etagOf(made.body)) await put(store, key, made.body)
  })
  for (const key of there.keys()) if (!files.has(key) || skipped.has(key)) await store.delete(key)
  return someOf({ files: files.size - skipped.size, skipped: [...skipped.values()] })
}

function someOf(uploaded: UploadedHistory): UploadedHistory {
  const [first] = uploaded.skipped
  if (uploaded.files > 0 || !first) return uploaded
  throw new UsageError(`No file of the history can be read; the first is ${first.file}: ${first.reason}`)
}

async function put(store: ObjectStore, key: string, body: Uint8Array): Promise<void> {
  await store.put(key, body, { contentType: 'application/vnd.apache.parquet' })
}

/** S3's ETag of an object that was put in one piece. */
function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
