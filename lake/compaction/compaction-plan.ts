/** How the landing files that a compaction run takes are cut into tasks, by their months. */
import type { OffsetRanges } from '../ledger/offset-ranges.ts'

/** What a file has: rows of bars in each month, and the offsets of all its rows. */
export interface FileContents {
  readonly key: string
  readonly rowsByMonth: Readonly<Record<string, number>>
  readonly offsets: OffsetRanges
}

/** Landing files a plan takes at most: seven hours of landing at full rate, read in half a minute. */
export const PLAN_FILES = 5_000

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
export function cutTasks(
  contents: readonly Pick<FileContents, 'key' | 'rowsByMonth'>[],
  maxRows: number,
): CompactionTask[] {
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

function monthsOf(
  contents: readonly Pick<FileContents, 'key' | 'rowsByMonth'>[],
): [string, { rows: number; files: string[] }][] {
  const months = new Map<string, { rows: number; files: string[] }>()
  for (const { key, rowsByMonth } of contents) {
    for (const [month, rows] of Object.entries(rowsByMonth)) {
      const found = months.get(month) ?? { rows: 0, files: [] }
      found.rows += rows
      found.files.push(key)
      months.set(month, found)
    }
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1))
}
