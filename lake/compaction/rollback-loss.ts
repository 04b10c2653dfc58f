/**
 * What a rollback takes for good. `bars` is merged again from landing, as far as the older mark says that it is not in; a
 * record whose landing file has gone since then is not there to be merged.
 */
import type { LandingFile } from '../ledger/landing-key.ts'
import { countOffsets, subtract, union } from '../ledger/offset-ranges.ts'
import { type CompactionMark, compactedOffsets, streamIn, streamName } from './compaction-mark.ts'

export interface RollbackMarks {
  readonly now: CompactionMark
  /** Of the snapshot that is gone back to. */
  readonly back: CompactionMark
}

/** Offsets by stream that are compacted now, would not be then, and stand in no landing file; none where all can come back. */
export function lostByRollback({ now, back }: RollbackMarks, landing: readonly LandingFile[]): Map<string, number> {
  const lost = new Map<string, number>()
  for (const [stream, cover] of Object.entries(now.covers)) {
    const before = back.covers[stream]
    const since = subtract(compactedOffsets(cover), before ? compactedOffsets(before) : [])
    const standing = landing.filter((file) => isOf(file, stream)).map(({ first, last }) => [first, last] as const)
    const count = countOffsets(subtract(since, union(standing, [])))
    if (count > 0) lost.set(stream, count)
  }
  return lost
}

/** The records that a mark calls compacted. */
export function compactedRecords({ covers }: CompactionMark): number {
  return Object.values(covers).reduce((sum, cover) => sum + countOffsets(compactedOffsets(cover)), 0)
}

/** A file that names no cluster or epoch may be of any. */
function isOf(file: LandingFile, stream: string): boolean {
  const named = streamIn(file)
  return named ? streamName(named) === stream : stream.includes(`/${file.topic}/${file.partition}@`)
}
