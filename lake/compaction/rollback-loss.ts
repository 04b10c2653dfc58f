/**
 * What a rollback takes for good. `bars` is merged again from landing, as far as the older mark says that it is not in; a
 * record whose landing file has expired since then is not there to be merged.
 */
import type { LandingFile } from '../ledger/landing-key.ts'
import { countOffsets, type OffsetRanges, subtract, union } from '../ledger/offset-ranges.ts'
import type { CompactionMark, Cover } from './compaction-mark.ts'

export interface RollbackMarks {
  readonly now: CompactionMark
  /** Of the snapshot that is gone back to. */
  readonly back: CompactionMark
}

/** Offsets by ledger that are compacted now, would not be then, and stand in no landing file; none where all can come back. */
export function lostByRollback({ now, back }: RollbackMarks, landing: readonly LandingFile[]): Map<string, number> {
  const lost = new Map<string, number>()
  for (const [ledger, cover] of Object.entries(now.covers)) {
    const before = back.covers[ledger]
    const since = subtract(offsetsOf(cover), before?.epoch === cover.epoch ? offsetsOf(before) : [])
    const standing = landing
      .filter((file) => isOf(file, ledger, cover))
      .map(({ first, last }) => [first, last] as const)
    const count = countOffsets(subtract(since, union(standing, [])))
    if (count > 0) lost.set(ledger, count)
  }
  return lost
}

/** The records that a mark calls compacted. */
export function compactedRecords({ covers }: CompactionMark): number {
  return Object.values(covers).reduce((sum, cover) => sum + countOffsets(offsetsOf(cover)), 0)
}

function offsetsOf({ next, gaps }: Cover): OffsetRanges {
  return next > 0 ? subtract([[0, next - 1]], gaps) : []
}

/** A file that names no cluster or epoch may be of any. */
function isOf(file: LandingFile, ledger: string, { epoch }: Cover): boolean {
  const [cluster = ''] = ledger.split('/')
  return ledger === `${file.cluster ?? cluster}/${file.topic}/${file.partition}` && (file.epoch ?? epoch) === epoch
}
