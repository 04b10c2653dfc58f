/** What ledgers call landed, held against what compaction has read: a record that is in no file is missing, and is said to be. */
import { DAY_MS } from '../instant.ts'
import { decided, type Fate, type Ledger } from '../ledger/ledger.ts'
import { countOffsets, type OffsetRange, type OffsetRanges, offsetsBelow, subtract } from '../ledger/offset-ranges.ts'
import {
  type CompactionMark,
  compactedOffsets,
  coverIn,
  type Sought,
  type Stream,
  streamName,
  unnamedStream,
  withOffsets,
} from './compaction-mark.ts'

/** What a ledger calls landed or given up. */
export interface LedgerState {
  readonly stream: Stream
  readonly decided: OffsetRanges
  /** Offsets below may have been given up, and only the ledger's counts tell of them: a file need not be there. */
  readonly givenUpBelow: number
}

/** A claim whose data stands counts, any other not. */
export function ledgerStateOf(ledger: Ledger, cluster: string, fate: Fate): LedgerState {
  const { topic, partition, epoch, next, gaps, givenUp } = decided(ledger, fate)
  return {
    stream: { cluster, topic, partition, epoch },
    decided: offsetsBelow(next, gaps),
    givenUpBelow: givenUp.below,
  }
}

export interface Unseen {
  readonly stream: Stream
  /** Landed, and in no file. */
  readonly missing: readonly OffsetRange[]
  /** In no file either, and perhaps given up. */
  readonly doubtful: readonly OffsetRange[]
}

/** What the ledgers are done with and a mark does not have. */
export function unseenOf(ledgers: readonly LedgerState[], mark: CompactionMark): Unseen[] {
  return ledgers.flatMap(({ stream, decided: landed, givenUpBelow }) => {
    const seen = compactedOffsets(coverIn(mark, stream))
    const unseen = subtract(subtract(landed, seen), compactedOffsets(coverIn(mark, unnamedStream(stream))))
    const missing = subtract(unseen, offsetsBelow(givenUpBelow, []))
    const doubtful = subtract(unseen, missing)
    return unseen.length > 0 ? [{ stream, missing, doubtful }] : []
  })
}

/** Gaps of a mark beyond this many are looked at: a ledger keeps a thousand, and gives up what comes before them. */
const MANY_GAPS = 2_000

/** Up to so many objects landing is listed whole in a few seconds, and so it is by every run that misses something. */
const FEW_OBJECTS = 50_000

/**
 * Whether landing has to be listed from its beginning: something is missing that was not searched for lately, or a mark has
 * grown by what was given up. A year of landing takes minutes to list, and what it has not had is not to be expected: a file
 * that somebody brings back is found by the next day, or when it is asked for.
 */
export function needsWholeList(unseen: readonly Unseen[], sought: Sought | undefined, now: number): boolean {
  const known = sought && sought.objects > FEW_OBJECTS && now - sought.at < DAY_MS ? sought.missing : {}
  return unseen.some(
    ({ stream, missing, doubtful }) =>
      subtract(missing, known[streamName(stream)] ?? []).length > 0 || doubtful.length > MANY_GAPS,
  )
}

/** The mark with what is missing after all of landing was listed; as it was where nothing is. */
export function withSearch(
  mark: CompactionMark,
  unseen: readonly Unseen[],
  search: Omit<Sought, 'missing'>,
): CompactionMark {
  const some = unseen.filter(({ missing }) => missing.length > 0)
  if (some.length === 0) return mark
  const missing = Object.fromEntries(some.map(({ stream, missing: ranges }) => [streamName(stream), ranges]))
  return { ...mark, sought: { ...search, missing } }
}

/** The mark with what no file will ever bring, once all of landing was listed; else it would grow for ever. */
export function withoutGivenUp(mark: CompactionMark, unseen: readonly Unseen[]): CompactionMark {
  return unseen.reduce(
    (less, { stream, doubtful }) => (doubtful.length > 0 ? withOffsets(less, stream, doubtful) : less),
    mark,
  )
}

/** The mark with what is missing as if it had been compacted: somebody has said that it may stay missing. */
export function withMissing(mark: CompactionMark, unseen: readonly Unseen[]): CompactionMark {
  return unseen.reduce((more, { stream, missing }) => withOffsets(more, stream, missing), mark)
}

const MOST_RANGES = 5

/** For people: what is missing, the first of it by offset; undefined where nothing is. */
export function missingText(unseen: readonly Unseen[]): string | undefined {
  const parts = unseen.flatMap(({ stream, missing }) => (missing.length > 0 ? [missingIn(stream, missing)] : []))
  if (parts.length === 0) return undefined
  const shown = parts.slice(0, MOST_RANGES).join('; ')
  const more = parts.length > MOST_RANGES ? `; and ${parts.length - MOST_RANGES} partitions more` : ''
  return (
    `The ledgers call offsets landed that are in no landing file: ${shown}${more}. Everything else was compacted. Bring the ` +
    'files back (the bucket keeps older versions), send the records again, or let them stay missing with ' +
    '"npm run compact -- --accept-missing".'
  )
}

function missingIn({ topic, partition, cluster }: Stream, missing: OffsetRanges): string {
  const ranges = missing
    .slice(0, MOST_RANGES)
    .map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
  const more = missing.length > MOST_RANGES ? ', …' : ''
  return `${countOffsets(missing)} of ${topic}-${partition} of ${cluster} (${ranges.join(', ')}${more})`
}
