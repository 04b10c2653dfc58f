/**
 * A file that says its symbol nowhere but in its name has bars of one. Where several rows are of one time, and another column
 * tells them apart, they are of several: under one name the last of each time would be all that is left (docs/decisions/0290).
 */
import type { ParquetHistoryFile } from './history-file.ts'

/** Times of several rows that are looked at; of a file of many symbols nearly all are such. */
const MAX_TIMES = 500
/** The column that says it stands among the first, whatever computed columns follow. */
const MAX_COLUMNS = 16

/** A cell that was looked at, with the time of its row. */
interface Seen {
  readonly time: number
  readonly cell: unknown
}

/** Throws where the file has bars of several symbols. */
export async function refuseSeveralSymbols(file: ParquetHistoryFile): Promise<void> {
  if (file.onlySymbol === undefined || file.others.length === 0) return
  const times = await timesOf(file)
  const repeated = repeatedOf(times)
  if (repeated.size === 0) return
  for (const column of file.others.slice(0, MAX_COLUMNS)) {
    const seen = await seenIn(file, column, { times, repeated })
    if (!tellsApart(seen)) continue
    const [first, second] = new Set(seen.map(({ cell }) => String(cell)))
    throw new Error(
      `it has no column Symbol, but several bars of one time, which ${column} tells apart, such as ${first} and ${second}; name the column that says whose they are Symbol`,
    )
  }
}

/** NaN where it cannot be read. */
async function timesOf(file: ParquetHistoryFile): Promise<Float64Array> {
  const times = new Float64Array(file.rows)
  for (const group of file.groups) {
    const keys = await file.readKeys(group)
    for (let i = 0; i < keys.count; i++) {
      const time = keys.timeOf(i)
      times[group.start + i] = typeof time === 'number' ? time : Number.NaN
    }
  }
  return times
}

/** The first times that several rows have. */
function repeatedOf(times: Float64Array): ReadonlySet<number> {
  const sorted = times.toSorted()
  const repeated = new Set<number>()
  for (let i = 1; i < sorted.length && repeated.size < MAX_TIMES; i++) {
    const time = sorted[i]
    if (time !== undefined && time === sorted[i - 1]) repeated.add(time)
  }
  return repeated
}

interface Times {
  readonly times: Float64Array
  readonly repeated: ReadonlySet<number>
}

async function seenIn(file: ParquetHistoryFile, column: string, { times, repeated }: Times): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (const group of file.groups) {
    const cells = await file.readColumn(group, column)
    for (let row = group.start; row < group.end; row++) {
      const time = times[row] ?? Number.NaN
      if (repeated.has(time)) seen.push({ time, cell: cells[row - group.start] })
    }
  }
  return seen
}

/** Of every row a cell, no two alike at one time; numbers that come again and again are codes, others are measured. */
function tellsApart(seen: readonly Seen[]): boolean {
  if (seen.some(({ cell }) => cell === null || cell === undefined || cell === '')) return false
  const pairs = new Set(seen.map(({ time, cell }) => `${time} ${cell}`))
  if (pairs.size < seen.length) return false
  const isText = seen.every(({ cell }) => typeof cell === 'string')
  return isText || new Set(seen.map(({ cell }) => cell)).size * 2 <= seen.length
}
