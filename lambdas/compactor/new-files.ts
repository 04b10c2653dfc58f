/** What a plan takes of landing: the next files, in the order of the listing, whose rows are not in `bars` yet. */
import {
  type CompactionMark,
  isCompacted,
  streamIn,
  unnamedStream,
  withOffsets,
} from '../../lake/compaction/compaction-mark.ts'
import { monthSpan } from '../../lake/compaction/compaction-merge.ts'
import type { FileContents } from '../../lake/compaction/compaction-plan.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { type LandingFile, landingFileOf } from '../../lake/ledger/landing-key.ts'
import { type OffsetRange, rangesOf } from '../../lake/ledger/offset-ranges.ts'
import type { Log } from '../../lake/log.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionOf } from '../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import { landingGroups } from './landing-groups.ts'

interface TakeDeps {
  readonly store: ObjectStore
  readonly parquet: ParquetGroups
  readonly log: Log
}

export interface TakeOptions {
  /** A key: what is listed comes after it. */
  readonly from: string
  readonly mark: CompactionMark
  /** Files taken at most. */
  readonly limit: number
}

export interface Taken {
  readonly files: readonly FileContents[]
  /** What is compacted once the files are. */
  readonly mark: CompactionMark
  /** The last key that was taken, where more files come after it; undefined where the listing has come to its end. */
  readonly after: string | undefined
  /** Objects that were listed on the way. */
  readonly listed: number
}

/** Requests under way at once: S3 answers in some 20 ms, decoding takes one. */
const READERS = 16

/** Holds the files that it takes and no others, however many there are. */
export async function takeFiles({ from, mark, limit }: TakeOptions, deps: TakeDeps): Promise<Taken> {
  const { taken, after, listed } = await listNew({ from, mark, limit }, deps)
  const files = await inParallel(taken, READERS, (file) => contentsOf(file, deps))
  const byStream = Map.groupBy(taken.entries(), ([, file]) => JSON.stringify(streamIn(file) ?? unnamedStream(file)))
  let reached = mark
  for (const [stream, own] of byStream) {
    const offsets = own.flatMap(([i]) => files[i]?.offsets ?? [])
    if (offsets.length > 0) reached = withOffsets(reached, JSON.parse(stream), offsets)
  }
  return { files, mark: reached, after, listed }
}

async function listNew(
  { from, mark, limit }: TakeOptions,
  { store, log }: TakeDeps,
): Promise<Pick<Taken, 'after' | 'listed'> & { readonly taken: readonly LandingFile[] }> {
  const taken: LandingFile[] = []
  let listed = 0
  let foreign = 0
  let after: string | undefined
  for await (const { key } of store.list(`${BARS_LANDING.prefix}/`, from === '' ? {} : { startAfter: from })) {
    listed++
    const file = landingFileOf(key)
    if (!file) foreign++
    else if (!isCompacted(mark, file)) {
      if (taken.length === limit) {
        after = taken.at(-1)?.key
        break
      }
      taken.push(file)
    }
  }
  if (foreign > 0) log.warn('objects in landing that no consumer wrote are left out', { objects: foreign })
  return { taken, after, listed }
}

/** A void has no rows, and a file of rejected records none of bars: neither has a month. */
async function contentsOf({ key }: LandingFile, deps: TakeDeps): Promise<FileContents> {
  const rowsByMonth: Record<string, number> = {}
  const offsets: OffsetRange[] = []
  for await (const { cells } of landingGroups([key], ['ts_event', 'kafka_offset'], deps)) {
    const { ts_event: times, kafka_offset: numbers } = cells
    if (times instanceof Float64Array) countMonths(times, rowsByMonth)
    if (numbers instanceof Float64Array) offsets.push(...rangesOf(sorted(numbers)))
  }
  return { key, rowsByMonth, offsets }
}

/** A landed file is of a batch, whose records come in the order of their offsets. */
function sorted(numbers: Float64Array): Float64Array {
  const isSorted = numbers.every((number, i) => i === 0 || number >= (numbers[i - 1] as number))
  return isSorted ? numbers : numbers.toSorted()
}

function countMonths(times: Float64Array, rowsByMonth: Record<string, number>): void {
  let month = ''
  let span = { from: 0, to: 0 }
  for (const time of times) {
    if (Number.isNaN(time)) continue
    if (!(time >= span.from && time < span.to)) {
      month = tablePartitionOf(BARS, time)
      span = monthSpan(month)
    }
    rowsByMonth[month] = (rowsByMonth[month] ?? 0) + 1
  }
}
