/**
 * How far compaction has come: for each topic partition the offsets whose rows stand in `bars`. A mark only ever
 * grows, and two marks that are both true join into one that is true, so runs may overlap, repeat or die.
 */
import { TickerlakeError } from '../errors.ts'
import { decided, type Fate, type Ledger } from '../ledger/ledger.ts'
import { includes, type OffsetRanges, subtract } from '../ledger/offset-ranges.ts'

/** The compacted offsets of one topic partition: all below `next` that are not in `gaps`. */
export interface Cover {
  /** The epoch of the ledger whose offsets these are; a reset partition counts again. */
  readonly epoch: number
  readonly next: number
  /** Offsets that had not landed; a redrive may still bring them. */
  readonly gaps: OffsetRanges
}

export interface CompactionMark {
  /** By the name of the ledger, `<cluster>/<topic>/<partition>`. */
  readonly covers: Readonly<Record<string, Cover>>
  /** Every landing file of an earlier arrival date was compacted, and none will come; empty before the first run. */
  readonly listFrom: string
}

export const NO_MARK: CompactionMark = { covers: {}, listFrom: '' }

/** What is compacted once every file that this ledger knows of is: a claim whose data stands counts, any other not. */
export function coverOf(ledger: Ledger, fate: Fate): Cover {
  const { epoch, next, gaps } = decided(ledger, fate)
  return { epoch, next, gaps }
}

/** Whether the row of an offset stands in `bars`. */
export function covers(cover: Cover, offset: number): boolean {
  return offset < cover.next && !includes(cover.gaps, offset)
}

/** What either of two marks says is compacted. */
export function joinMarks(a: CompactionMark, b: CompactionMark): CompactionMark {
  const joined: Record<string, Cover> = { ...a.covers }
  for (const [name, cover] of Object.entries(b.covers)) {
    const other = joined[name]
    joined[name] = other ? joinCovers(other, cover) : cover
  }
  const [, listFrom = ''] = [a.listFrom, b.listFrom].sort()
  return { covers: joined, listFrom }
}

/** Whether two marks call the same offsets compacted. */
export function isSameCover(a: CompactionMark, b: CompactionMark): boolean {
  const [names, others] = [Object.keys(a.covers), Object.keys(b.covers)]
  if (names.length !== others.length) return false
  return names.every((name) => JSON.stringify(coverIn(a, name)) === JSON.stringify(coverIn(b, name)))
}

function coverIn({ covers: all }: CompactionMark, name: string): readonly unknown[] {
  const cover = all[name]
  return cover ? [cover.epoch, cover.next, cover.gaps] : []
}

function joinCovers(a: Cover, b: Cover): Cover {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch ? a : b
  const [low, high] = a.next <= b.next ? [a, b] : [b, a]
  const compacted = low.next > 0 ? subtract([[0, low.next - 1]], low.gaps) : []
  return { epoch: high.epoch, next: high.next, gaps: subtract(high.gaps, compacted) }
}

export function encodeMark(mark: CompactionMark): string {
  return JSON.stringify({ version: 1, ...mark })
}

/** The mark that `encodeMark` wrote to a key. Anything else is not guessed at. */
export function parseMark(text: string, key: string): CompactionMark {
  const fields: unknown = JSON.parse(text)
  if (isMark(fields)) return { covers: fields.covers, listFrom: fields.listFrom }
  throw new TickerlakeError(
    'mark-corrupt',
    `${key} is not a compaction mark of version 1. Delete it: the next run goes by an older one, or compacts everything that stands in landing again, to the same result.`,
  )
}

function isMark(fields: unknown): fields is CompactionMark {
  if (typeof fields !== 'object' || fields === null) return false
  const { version, covers: found, listFrom } = fields as Partial<Record<string, unknown>>
  if (version !== 1 || typeof listFrom !== 'string' || typeof found !== 'object' || found === null) return false
  return Object.values(found).every(isCover)
}

function isCover(value: Partial<Cover> | null): value is Cover {
  return Number.isSafeInteger(value?.epoch) && Number.isSafeInteger(value?.next) && Array.isArray(value?.gaps)
}
