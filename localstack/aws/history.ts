import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { historyFileFromCsv } from '../../lambdas/adapters/history-file.ts'
import { UsageError } from '../../lambdas/core/errors.ts'
import { inParallel } from '../../lambdas/core/in-parallel.ts'
import type { ObjectStore } from '../../lambdas/ports/object-store.ts'

/** Where the producer looks for files. */
const PREFIX = 'history/'
const AT_ONCE = 4

/** Makes the lake's history what the folder holds, CSV turned into Parquet, and gives the number of files. */
export async function uploadHistory(folder: string, store: ObjectStore): Promise<number> {
  const files = historyFiles(folder)
  const there = new Map<string, string>()
  for await (const { key, etag } of store.list(PREFIX)) there.set(key, etag)
  for (const key of there.keys()) if (!files.has(key)) await store.delete(key)
  await inParallel([...files], AT_ONCE, async ([key, file]) => {
    const body = historyBody(file)
    if (there.get(key) !== etagOf(body)) await store.put(key, body, { contentType: 'application/vnd.apache.parquet' })
  })
  return files.size
}

/** The files of a folder by the key that they get. */
export function historyFiles(folder: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const name of namesIn(folder)) {
    const key = `${PREFIX}${name.slice(0, -extname(name).length)}.parquet`
    const other = keys.get(key)
    if (other)
      throw new UsageError(`${join(folder, name)} and ${other} are one history; leave one of them in the folder.`)
    keys.set(key, join(folder, name))
  }
  if (keys.size > 0) return keys
  throw new UsageError(`There is no .parquet and no .csv file in ${folder}; --history wants a folder of them.`)
}

function namesIn(folder: string): readonly string[] {
  const isHistory = (entry: Dirent) => entry.isFile() && /\.(parquet|csv)$/i.test(entry.name)
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter(isHistory).map(({ name }) => name)
  } catch (cause) {
    throw new UsageError(`Cannot read the folder ${folder}; --history wants a folder of Parquet or CSV files.`, {
      cause,
    })
  }
}

/** A file of history as it is stored: Parquet as it is, CSV as Parquet. */
export function historyBody(file: string): Uint8Array {
  if (!/\.csv$/i.test(file)) return readFileSync(file)
  try {
    return historyFileFromCsv(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** S3's ETag of an object that was put in one piece. */
function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
