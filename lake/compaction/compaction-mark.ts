/**
 * How far compaction has come: for each stream of offsets those whose rows stand in `bars`. A mark says only what a run has
 * read out of landing files. It only ever grows, and two marks that are both true join into one that is true, so runs may
 * overlap, repeat or die.
 */

import { TickerlakeError } from '../errors.ts'
import { parsedJson } from '../json.ts'
import type { LandingFile } from '../ledger/landing-key.ts'
import type { TopicPartition } from '../ledger/ledger.ts'
import {
  endOf,
  includes,
  type OffsetRange,
  type OffsetRanges,
  offsetsBelow,
  subtract,
  union,
} from '../ledger/offset-ranges.ts'

/** The compacted offsets of one stream: all below `next` that are not in `gaps`. */
export interface Cover {
  readonly epoch: number
  readonly next: number
  /** Offsets that no file has brought yet. */
  readonly gaps: OffsetRanges
}

export interface CompactionMark {
  /** By the name of the stream. */
  readonly covers: Readonly<Record<string, Cover>>
  /** Every landing file of an earlier arrival date was compacted, and none is expected; empty before the first run. */
  readonly listFrom: string
  /** The last search through all of landing that ended with something missing. */
  readonly sought?: Sought | undefined
}

/** A search for offsets that ledgers call landed, which were in no landing file. */
export interface Sought {
  /** Epoch milliseconds. */
  readonly at: number
  /** Objects that stood in landing. */
  readonly objects: number
  /** By the name of the stream. */
  readonly missing: Readonly<Record<string, OffsetRanges>>
}

export const NO_MARK: CompactionMark = { covers: {}, listFrom: '' }

/** A sequence of offsets in which each stands for one record: those of a topic partition, in one epoch of its ledger. */
export interface Stream extends TopicPartition {
  readonly cluster: string
  readonly epoch: number
}

/** `<cluster>/<topic>/<partition>@<epoch>`. */
export function streamName({ cluster, topic, partition, epoch }: Stream): string {
  return `${cluster}/${topic}/${partition}@${epoch}`
}

/** The stream of files that name neither cluster nor epoch, of any ledger that the topic partition has had. */
export function unnamedStream({ topic, partition }: TopicPartition): Stream {
  return { cluster: '', topic, partition, epoch: 0 }
}

/** The stream that a landing file's key names; undefined in keys of releases that did not say. */
export function streamIn({ cluster, epoch, topic, partition }: LandingFile): Stream | undefined {
  return cluster === undefined || epoch === undefined ? undefined : { cluster, epoch, topic, partition }
}

/**
 * Whether a file's rows stand in `bars`. Of a file that names no stream nobody knows: it is compacted again while it is
 * listed, which changes nothing.
 */
export function isCompacted(mark: CompactionMark, file: LandingFile): boolean {
  const stream = streamIn(file)
  return stream !== undefined && covers(coverIn(mark, stream), file.first)
}

/** Whether the row of an offset stands in `bars`. */
export function covers({ next, gaps }: Cover, offset: number): boolean {
  return offset < next && !includes(gaps, offset)
}

export function coverIn({ covers: all }: CompactionMark, stream: Stream): Cover {
  return all[streamName(stream)] ?? { epoch: stream.epoch, next: 0, gaps: [] }
}

export function compactedOffsets({ next, gaps }: Cover): OffsetRange[] {
  return offsetsBelow(next, gaps)
}

/** The mark with more offsets of a stream. */
export function withOffsets(mark: CompactionMark, stream: Stream, offsets: OffsetRanges): CompactionMark {
  const all = union(compactedOffsets(coverIn(mark, stream)), offsets)
  const next = endOf(all)
  const gaps = offsetsBelow(next, all)
  return { ...mark, covers: { ...mark.covers, [streamName(stream)]: { epoch: stream.epoch, next, gaps } } }
}

/** What either of two marks says is compacted. */
export function joinMarks(a: CompactionMark, b: CompactionMark): CompactionMark {
  const joined: Record<string, Cover> = { ...a.covers }
  for (const [name, cover] of Object.entries(b.covers)) {
    const other = joined[name]
    joined[name] = other ? joinCovers(other, cover) : cover
  }
  const [, listFrom = ''] = [a.listFrom, b.listFrom].sort()
  const sought = (a.sought?.at ?? 0) > (b.sought?.at ?? 0) ? a.sought : b.sought
  return { covers: joined, listFrom, ...(sought && { sought }) }
}

/** Whether two marks call the same offsets compacted, and have searched for the missing ones at the same time. */
export function isSameMark(a: CompactionMark, b: CompactionMark): boolean {
  if (a.sought?.at !== b.sought?.at) return false
  const [names, others] = [Object.keys(a.covers), Object.keys(b.covers)]
  if (names.length !== others.length) return false
  return names.every((name) => JSON.stringify(partsOf(a, name)) === JSON.stringify(partsOf(b, name)))
}

function partsOf({ covers: all }: CompactionMark, name: string): readonly unknown[] {
  const cover = all[name]
  return cover ? [cover.next, cover.gaps] : []
}

function joinCovers(a: Cover, b: Cover): Cover {
  const [low, high] = a.next <= b.next ? [a, b] : [b, a]
  return { ...high, gaps: subtract(high.gaps, compactedOffsets(low)) }
}

export function encodeMark(mark: CompactionMark): string {
  return JSON.stringify({ version: 1, ...mark })
}

/** The mark that `encodeMark` wrote to a key. Anything else is not guessed at. */
export function parseMark(text: string, key: string): CompactionMark {
  const fields = parsedJson(text)
  if (isMark(fields)) {
    const { covers: found, listFrom, sought } = fields
    return { covers: byStream(found), listFrom, ...(isSought(sought) && { sought }) }
  }
  throw new TickerlakeError(
    'mark-corrupt',
    `${key} is not a compaction mark of version 1. Delete it: the next run goes by an older one, or compacts everything that stands in landing again, to the same result.`,
  )
}

/** Marks of earlier releases name a ledger, and its epoch beside it. */
function byStream(found: CompactionMark['covers']): CompactionMark['covers'] {
  const named = Object.entries(found).map(([name, cover]) => [
    /@\d+$/.test(name) ? name : `${name}@${cover.epoch}`,
    cover,
  ])
  return Object.fromEntries(named)
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

/** One that cannot be read is as none: it is searched again. */
function isSought(value: Partial<Sought> | undefined): value is Sought {
  const { at, objects, missing } = value ?? {}
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(objects)) return false
  return typeof missing === 'object' && Object.values(missing).every((ranges) => Array.isArray(ranges))
}
