/** A folder of history on this machine, with what lies below it, and the keys that its files get in the lake. */

import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { UsageError } from '../errors.ts'
import { LAYOUT } from '../layout.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import { HISTORY_EXTENSION, stemOf, withoutExtension } from './history-name.ts'

/** Where the producer looks for files. */
export const HISTORY_PREFIX = `${LAYOUT.history}/`

export interface HistoryFolder {
  /** The files by the key that they get, sorted by key. */
  readonly files: ReadonlyMap<string, string>
  /** Files that no reader tries, each with its reason. Hidden files are not looked at. */
  readonly leftOut: readonly SkippedFile[]
}

/** Deeper folders than anybody keeps, and links that lead back up. */
const MAX_DEPTH = 8

/** Looks at the names only; throws where no file can be one of history, or where two would be one. */
export function historyFolder(folder: string): HistoryFolder {
  const found = [...filesBelow(folder, 0)].sort()
  const leftOut: SkippedFile[] = []
  const keys = new Map<string, string>()
  for (const file of found) {
    const name = relative(folder, file).split(sep).join('/')
    if (!HISTORY_EXTENSION.test(name)) {
      leftOut.push({ file, reason: reasonOf(name) })
      continue
    }
    const key = `${HISTORY_PREFIX}${withoutExtension(name)}.parquet`
    const other = keys.get(key)
    if (other) throw new UsageError(`${file} and ${other} are one history; leave one of them in the folder.`)
    keys.set(key, file)
  }
  const copies = secondCopies(keys)
  for (const { key, ...skipped } of copies) {
    keys.delete(key)
    leftOut.push(skipped)
  }
  if (keys.size > 0) return { files: keys, leftOut }
  const seen =
    leftOut.length > 0
      ? ` What is there: ${leftOut
          .slice(0, 5)
          .map(({ file }) => file)
          .join(', ')}.`
      : ''
  throw new UsageError(
    `There is no .parquet and no .csv file in ${folder}; --history wants a folder of them (.tsv, .txt and .gz too).${seen}`,
  )
}

function* filesBelow(folder: string, depth: number): Generator<string> {
  if (depth > MAX_DEPTH) return
  for (const entry of entriesOf(folder)) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    const kind = kindOf(entry, path)
    if (kind === 'folder') yield* filesBelow(path, depth + 1)
    if (kind === 'file') yield path
  }
}

/** What a link leads to counts as what it is. */
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
  const is = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry
  if (is?.isDirectory()) return 'folder'
  // A link to nothing is named when it is read.
  return is === undefined || is.isFile() ? 'file' : 'other'
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    throw new UsageError(`Cannot read the folder ${folder}; --history wants a folder of Parquet or CSV files.`, {
      cause,
    })
  }
}

const OTHER_KINDS: Readonly<Record<string, string>> = {
  '.zip': 'an archive; unpack it into the folder',
  '.xlsx': 'a spreadsheet; save it as CSV',
  '.xls': 'a spreadsheet; save it as CSV',
  '.ods': 'a spreadsheet; save it as CSV',
  '.json': 'JSON; --history reads CSV and Parquet',
}

function reasonOf(name: string): string {
  return OTHER_KINDS[extname(name).toLowerCase()] ?? 'neither CSV nor Parquet by its name'
}

interface SecondCopy extends SkippedFile {
  readonly key: string
}

/** `AAPL (1).csv` beside `AAPL.csv`: which of them counts is not for a program to decide. */
function secondCopies(keys: ReadonlyMap<string, string>): readonly SecondCopy[] {
  return [...keys].flatMap(([key, file]) => {
    const base = `${key.slice(0, key.lastIndexOf('/') + 1)}${stemOf(key)}.parquet`
    const original = base === key ? undefined : keys.get(base)
    if (original === undefined) return []
    const same = digestOf(file) === digestOf(original)
    const reason = same ? `the same as ${original}` : `a second copy of ${original}, and another one; keep one of them`
    return [{ key, file, reason }]
  })
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
