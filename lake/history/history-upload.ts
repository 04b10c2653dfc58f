/** Files of a folder, put beside the lake's history. */
import { createHash } from 'node:crypto'
import { UsageError } from '../errors.ts'
import { inParallel } from '../in-parallel.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { historyBody } from './history-body.ts'
import type { HistoryFolder } from './history-folder.ts'

const AT_ONCE = 4

export interface UploadedFiles {
  /** The keys with the MD5 of what is there now: the same folder gives the same. */
  readonly hashes: ReadonlyMap<string, string>
  /** Files that are no history that can be read; the others are uploaded. */
  readonly skipped: readonly SkippedFile[]
}

export interface UploadHooks {
  readonly signal?: AbortSignal
  readonly onUploaded?: (done: number) => void
  readonly onSkipped?: (skipped: SkippedFile) => void
}

/** Puts what is not there yet, CSV turned into Parquet; throws where no file can be read. */
export async function uploadFiles(
  { files, leftOut }: HistoryFolder,
  store: ObjectStore,
  { signal, onUploaded, onSkipped }: UploadHooks = {},
): Promise<UploadedFiles> {
  const hashes = new Map<string, string>()
  const skipped: SkippedFile[] = []
  const skip = (one: SkippedFile): void => {
    skipped.push(one)
    onSkipped?.(one)
  }
  for (const one of leftOut) skip(one)
  await inParallel([...files], AT_ONCE, async ([key, file]) => {
    signal?.throwIfAborted()
    const made = await historyBody(file, key)
    if (made.kind === 'unreadable') return skip(made.skipped)
    const body = made.body()
    const hash = createHash('md5').update(body).digest('hex')
    const standing = await store.head(key)
    // S3's ETag of an object that was put in one piece.
    if (standing?.etag !== `"${hash}"`) {
      await store.put(key, body, { contentType: 'application/vnd.apache.parquet' })
    }
    hashes.set(key, hash)
    onUploaded?.(hashes.size)
  })
  const [first] = skipped
  if (hashes.size === 0 && first) {
    throw new UsageError(`No file of the history can be read; the first is ${first.file}: ${first.reason}`)
  }
  return { hashes, skipped: skipped.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}
