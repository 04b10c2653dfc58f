/** A folder of history on this machine, with what lies below it, and the keys that its files get in the lake. */

import { createHash } from 'node:crypto'
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
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

/** Deeper folders than anybody keeps. */
const MAX_DEPTH = 8

/** Looks at the names only; throws where no file can be one of history, or where two would be one. */
export function historyFolder(folder: string): HistoryFolder {
  const { files: found, again } = lookThrough(folder)
  const leftOut: SkippedFile[] = [...again]
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

interface Found {
  readonly files: readonly string[]
  /** Links to folders whose files are there already: each file is read once, under its own folder's name if it has one. */
  readonly again: readonly SkippedFile[]
}

/** Folders first and links after them: where a link leads to a folder that lies here too, the folder's own name counts. */
function lookThrough(folder: string): Found {
  const files: string[] = []
  const again: SkippedFile[] = []
  const seen = new Set<string>()
  const links: Place[] = [{ path: folder, depth: 0 }]
  for (let link = links.shift(); link; link = links.shift()) {
    const real = realFolder(link.path)
    if (seen.has(real)) {
      again.push({ file: link.path, reason: `a link to ${real}, which is read already` })
      continue
    }
    for (const { kind, ...place } of below(link, seen)) {
      if (kind === 'file') files.push(place.path)
      else links.push(place)
    }
  }
  return { files: files.sort(), again }
}

/** Files below a folder, and links to other folders; notes which folders were looked at. */
function* below({ path, depth }: Place, seen: Set<string>): Generator<Place & { readonly kind: 'file' | 'link' }> {
  if (depth > MAX_DEPTH) return
  seen.add(realFolder(path))
  for (const entry of entriesOf(path)) {
    if (entry.name.startsWith('.')) continue
    const place = { path: join(path, entry.name), depth: depth + 1 }
    const kind = kindOf(entry, place.path)
    if (kind === 'file') yield { kind, ...place }
    else if (kind === 'folder' && entry.isSymbolicLink()) yield { kind: 'link', ...place }
    else if (kind === 'folder') yield* below(place, seen)
  }
}

/** A folder that is not there is told by who reads it. */
function realFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

interface Place {
  readonly path: string
  /** Folders between it and the one that was asked for. */
  readonly depth: number
}

/** What a link leads to counts as what it is. */
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
  const is = entry.isSymbolicLink() ? targetOf(path) : entry
  if (is?.isDirectory()) return 'folder'
  return is === undefined || is.isFile() ? 'file' : 'other'
}

/** Of a link to nothing, or to itself, nothing: it is named when it is read. */
function targetOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
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

const ARCHIVE = 'an archive; unpack it into the folder'
const OTHER_TABLE = 'a table of another kind; save it as CSV or Parquet'
const OTHER_KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['.zip', '.zst', '.bz2', '.xz', '.7z', '.tar', '.tgz'].map((kind) => [kind, ARCHIVE])),
  ...Object.fromEntries(['.feather', '.arrow', '.orc', '.h5', '.pkl'].map((kind) => [kind, OTHER_TABLE])),
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
