/** A folder of history on this machine, as the lake keeps it. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { UsageError } from '../errors.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import { decodeCsv } from './csv.ts'
import { historyFileFromCsv } from './history-writer.ts'

/** Where the producer looks for files. */
export const HISTORY_PREFIX = 'history/'

/** The files of a folder by the key that they get; throws where there are none, or where two would be one. */
export function historyFiles(folder: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const name of namesIn(folder)) {
    const key = `${HISTORY_PREFIX}${name.slice(0, -extname(name).length)}.parquet`
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

/** A file of history as it is stored (Parquet as it is, CSV as Parquet), or why it cannot be. */
export type HistoryBody =
  | { readonly kind: 'body'; readonly body: Uint8Array }
  | { readonly kind: 'unreadable'; readonly skipped: SkippedFile }

export function historyBody(file: string): HistoryBody {
  try {
    const bytes = readFileSync(file)
    return { kind: 'body', body: /\.csv$/i.test(file) ? historyFileFromCsv(decodeCsv(bytes)) : bytes }
  } catch (error) {
    return { kind: 'unreadable', skipped: { file, reason: error instanceof Error ? error.message : String(error) } }
  }
}
