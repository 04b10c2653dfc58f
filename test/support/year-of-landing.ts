/** A year of landing, six million files of one record each, made as they are asked for: none is kept. */
import { type CompactionMark, NO_MARK, withOffsets } from '../../lake/compaction/compaction-mark.ts'
import { writeMark } from '../../lake/compaction/table-mark.ts'
import { commit } from '../../lake/iceberg/commit.ts'
import type { ObjectStore, ObjectSummary } from '../../lake/store/object-store.ts'
import type { RunDeps } from '../../lambdas/compactor/run.ts'
import { CLUSTER, land, landed, putLedger, TOPIC } from './lake-builder.ts'
import { MemoryObjectStore } from './memory-object-store.ts'

const DAY_MS = 86_400_000
const FROM = Date.UTC(2025, 10, 1)
const DAYS = 365
/** The day after it. */
export const YEAR_OVER = FROM + (DAYS + 1) * DAY_MS
export const YEAR_FILES = 6_000_000
const FILES_A_DAY = Math.ceil(YEAR_FILES / DAYS)
/** Offsets of one number of digits stand in the order of their keys. */
const FIRST_OFFSET = 10_000_000
const FOLDER = 'landing/bars/'

export class YearOfLanding extends MemoryObjectStore {
  /** Keys of landing that were listed. */
  listed = 0
  /** Landing files that were read. */
  read = 0

  static async made(): Promise<YearOfLanding> {
    const store = new YearOfLanding()
    await putLedger(store, { next: FIRST_OFFSET + YEAR_FILES, gaps: [[0, FIRST_OFFSET - 1]] })
    return store
  }

  override async get(key: string): ReturnType<ObjectStore['get']> {
    if (!key.startsWith(FOLDER)) return super.get(key)
    this.read++
    const i = Number(/@(\d+)-/.exec(key)?.[1]) - FIRST_OFFSET
    const scratch = new MemoryObjectStore()
    const row = landed({
      symbol: `S${i % 500}`,
      ts_event: FROM + Math.floor(i / 500) * 60_000,
      kafka_offset: FIRST_OFFSET + i,
      ts_recv: FROM + Math.floor(i / FILES_A_DAY) * DAY_MS,
    })
    return scratch.get(await land(scratch, [row], 'year'))
  }

  override async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    if (!prefix.startsWith(FOLDER)) {
      yield* super.list(prefix, options)
      return
    }
    const { startAfter = '' } = options
    for (let i = firstAfter(startAfter); i < YEAR_FILES; i++) {
      const key = keyOf(i)
      if (key <= startAfter) continue
      this.listed++
      yield { key, size: 9_000, etag: '"year"' }
    }
  }
}

function keyOf(i: number): string {
  const offset = FIRST_OFFSET + i
  return `${FOLDER}dt=${dayOf(i)}/market.bars-0@${offset}-${offset}@test-cluster@0@year.parquet`
}

/** Near before the first key that comes after another. */
function firstAfter(key: string): number {
  const offset = /@(\d+)-/.exec(key)?.[1]
  if (offset !== undefined) return Number(offset) - FIRST_OFFSET
  const day = /dt=([\d-]{10})/.exec(key)?.[1]
  return day === undefined ? 0 : ((Date.parse(day) - FROM) / DAY_MS) * FILES_A_DAY
}

function dayOf(i: number): string {
  return new Date(FROM + Math.floor(i / FILES_A_DAY) * DAY_MS).toISOString().slice(0, 10)
}

/** The mark that says that the first files of the year are compacted. */
export function markUpTo(files: number): CompactionMark {
  const stream = { cluster: CLUSTER, topic: TOPIC, partition: 0, epoch: 0 }
  const mark = withOffsets(NO_MARK, stream, [[FIRST_OFFSET, FIRST_OFFSET + files - 1]])
  return { ...mark, listFrom: dayOf(files - 1) }
}

/** Makes the table as it is when the first files of the year are compacted. */
export async function compactedUpTo(
  files: number,
  { table, store, clock, freshId, retention }: RunDeps,
): Promise<void> {
  const summaryOn = () => writeMark(markUpTo(files), { store, freshId })
  const change = { id: 'before', base: undefined, changes: [], summaryOn }
  await commit(table, change, { now: clock.now(), freshId, retention })
}
