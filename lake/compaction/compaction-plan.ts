/** Which landing files a compaction run takes, and how their months are cut into tasks. */

import type { LandingFile } from '../ledger/landing-key.ts'
import { type CompactionMark, type Cover, covers, joinMarks } from './compaction-mark.ts'

/** The ledgers' covers by name, as they stood before the landing files were listed. */
export type LedgerCovers = Readonly<Record<string, Cover>>

/** The files that are not compacted yet, those that fill old holes first, then by offset. */
export function newFiles(files: readonly LandingFile[], mark: CompactionMark, ledgers: LedgerCovers): LandingFile[] {
  const known = coversByPartition(mark, ledgers)
  const open = files.filter((file) => !isCompacted(file, known.get(partitionName(file)) ?? []))
  return open.sort((a, b) => a.first - b.first || compareText(a.key, b.key))
}

interface NamedCover {
  /** `<cluster>/<topic>/<partition>` */
  readonly ledger: string
  readonly cover: Cover
}

/**
 * A file that names cluster and epoch is measured by their ledger alone. An older one may be of any ledger that its topic
 * partition has, and counts as compacted only if it would be under each: compacting twice changes nothing, leaving out would.
 */
function isCompacted(file: LandingFile, known: readonly NamedCover[]): boolean {
  const mine = known.filter(({ ledger }) => mayBeOf(file, ledger))
  return (
    mine.length > 0 &&
    mine.every(({ cover }) => (file.epoch ?? cover.epoch) === cover.epoch && covers(cover, file.first))
  )
}

function mayBeOf(file: LandingFile, ledger: string): boolean {
  const cluster = file.cluster ?? ledger.slice(0, ledger.indexOf('/'))
  return ledger === `${cluster}/${partitionName(file)}`
}

function coversByPartition(mark: CompactionMark, ledgers: LedgerCovers): Map<string, NamedCover[]> {
  const known = new Map<string, NamedCover[]>()
  for (const [name, ledger] of Object.entries(ledgers)) {
    const marked = mark.covers[name]
    const cover = marked?.epoch === ledger.epoch ? marked : { epoch: ledger.epoch, next: 0, gaps: [] }
    const partition = name.slice(name.indexOf('/') + 1)
    known.set(partition, [...(known.get(partition) ?? []), { ledger: name, cover }])
  }
  return known
}

function partitionName({ topic, partition }: LandingFile): string {
  return `${topic}/${partition}`
}

export interface Taken {
  readonly files: readonly LandingFile[]
  /** What is compacted once `files` are. */
  readonly mark: CompactionMark
  /** Files were left for the next run. */
  readonly more: boolean
}

/** Arrival dates are of the consumer's clock; a day covers an invocation over midnight and clocks that differ. */
const LIST_BACK_MS = 86_400_000

/** Takes at most `limit` of the new files; `startedAt` (epoch milliseconds) is from before the ledgers were read. */
export function takeFiles(
  open: readonly LandingFile[],
  {
    mark,
    ledgers,
    limit,
    startedAt,
  }: {
    readonly mark: CompactionMark
    readonly ledgers: LedgerCovers
    readonly limit: number
    readonly startedAt: number
  },
): Taken {
  const files = open.slice(0, limit)
  const left = open.slice(limit)
  const reached = Object.fromEntries(
    Object.entries(ledgers).map(([name, cover]) => [name, cutBefore(cover, firstLeft(name, left))]),
  )
  const day = new Date(startedAt - LIST_BACK_MS).toISOString().slice(0, 10)
  const next: CompactionMark = { covers: reached, listFrom: left.length > 0 ? '' : day }
  return { files, mark: joinMarks(mark, next), more: left.length > 0 }
}

/** The first offset that stays behind in a partition of a cluster, or none. */
function firstLeft(ledger: string, left: readonly LandingFile[]): number {
  return left.find((file) => mayBeOf(file, ledger))?.first ?? Number.POSITIVE_INFINITY
}

function cutBefore(cover: Cover, offset: number): Cover {
  if (offset >= cover.next) return cover
  return { ...cover, next: offset, gaps: cover.gaps.filter(([first]) => first < offset) }
}

/** How many rows of bars a landing file has in each month. */
export interface FileContents {
  readonly key: string
  readonly rowsByMonth: Readonly<Record<string, number>>
}

/** One task of a run: merge these files' rows of these months. */
export interface CompactionTask {
  readonly months: readonly string[]
  readonly files: readonly string[]
  /** New rows, before versions of the same bar are merged. */
  readonly rows: number
}

/**
 * Neighbouring months share a task up to `maxRows` new rows: a backfilled file has rows of hundreds of months,
 * and a task reads each of its files once.
 */
export function cutTasks(contents: readonly FileContents[], maxRows: number): CompactionTask[] {
  const tasks: { months: string[]; files: Set<string>; rows: number }[] = []
  for (const [month, { rows, files }] of monthsOf(contents)) {
    const last = tasks.at(-1)
    if (last && last.rows + rows <= maxRows) {
      last.months.push(month)
      last.rows += rows
      for (const file of files) last.files.add(file)
    } else tasks.push({ months: [month], files: new Set(files), rows })
  }
  return tasks.map(({ months, files, rows }) => ({ months, files: [...files], rows }))
}

function monthsOf(contents: readonly FileContents[]): [string, { rows: number; files: string[] }][] {
  const months = new Map<string, { rows: number; files: string[] }>()
  for (const { key, rowsByMonth } of contents) {
    for (const [month, rows] of Object.entries(rowsByMonth)) {
      const found = months.get(month) ?? { rows: 0, files: [] }
      found.rows += rows
      found.files.push(key)
      months.set(month, found)
    }
  }
  return [...months].sort(([a], [b]) => compareText(a, b))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
