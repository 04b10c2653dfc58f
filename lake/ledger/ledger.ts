/**
 * The offset ledger: which offsets of a topic partition are landed, and the claim that is being landed now.
 * Pure: a ledger and a batch give the next step; `docs/exactly-once.md` is the protocol and its failure table.
 */
import type { KafkaRecord } from '../records/kafka-record.ts'
import {
  countOffsets,
  endOf,
  includes,
  type OffsetRange,
  type OffsetRanges,
  offsetsBelow,
  rangesOf,
  subtract,
  union,
} from './offset-ranges.ts'

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/**
 * The intent to land some offsets in the one file at `key`. What S3 lets stand at that key first decides its fate:
 * the data (landed) or an empty void file (fenced: it can never land).
 */
export interface Claim {
  /** `next` moves the ledger on; `fill` closes holes that it left behind. */
  readonly kind: 'next' | 'fill'
  /** Fresh for each claim; part of the key and of the object's metadata. */
  readonly id: string
  readonly key: string
  readonly offsets: OffsetRanges
  /** The newest Kafka timestamp of its records that are not `ahead`, epoch milliseconds; -1 where there is none. */
  readonly maxTimestamp: number
  /** Those of its offsets whose Kafka timestamp was ahead of their arrival. */
  readonly ahead: OffsetRanges
}

export interface Ledger extends TopicPartition {
  /** 0, or when the partition was reset to begin again (epoch milliseconds): offsets count again in each epoch. */
  readonly epoch: number
  /** Every offset below is landed, or in `gaps`, or given up. */
  readonly next: number
  /** Offsets below `next` that no batch has brought: filled if they come after all, never waited for. */
  readonly gaps: OffsetRanges
  /**
   * What fell off the bounded list of gaps: how many offsets of gaps that are longer than one offset, how many of single
   * offsets (a producer's transactions leave one each), and all of them below which offset.
   */
  readonly givenUp: { readonly offsets: number; readonly singles: number; readonly below: number }
  /** The last claim; its outcome is known to whoever made it and to whoever looks at its key. */
  readonly claim: Claim | null
  /** The newest Kafka timestamp landed, epoch milliseconds; -1 before the first record. */
  readonly maxTimestamp: number
  /** Landed offsets whose Kafka timestamp was ahead of their arrival: it counts for nothing, for or against them. */
  readonly ahead: OffsetRanges
  /** The stage whose consumer wrote it last; ledgers of an earlier release do not say. */
  readonly stage?: string
  /** Fresh for each write: an ETag is a hash of the content, and equal contents would make a compare-and-swap blind. */
  readonly nonce: string
}

export type Fate = 'landed' | 'fenced'

/** A gap takes about 20 bytes; a thousand keep the object, written once a batch, near 20 kB. */
export const MAX_GAPS = 1_000
/** Beyond this the nearest ranges are taken together: offsets too many are excused, none is accused. */
const MAX_AHEAD = 100
/** A claim of more pieces is cut into several, for the same reason. */
export const MAX_CLAIM_RANGES = 1_000

/** The ledger of a partition that nothing was landed of yet. */
export function emptyLedger({ topic, partition }: TopicPartition, epoch = 0): Ledger {
  const givenUp = { offsets: 0, singles: 0, below: 0 }
  return { topic, partition, epoch, next: 0, gaps: [], givenUp, claim: null, maxTimestamp: -1, ahead: [], nonce: '' }
}

/** How far the clocks of who stamped a record and of who took it may differ. */
const CLOCK_SKEW_MS = 60_000

/** The ledger of a partition whose files hold these offsets; their arrivals stand in for their Kafka timestamps. */
export function rebuiltLedger(
  { epoch, ...at }: TopicPartition & { readonly epoch: number },
  offsets: OffsetRanges,
  newestArrival: number,
): Ledger {
  const next = endOf(offsets)
  const gaps = offsetsBelow(next, offsets)
  return bounded({ ...emptyLedger(at, epoch), next, gaps, maxTimestamp: newestArrival + CLOCK_SKEW_MS })
}

/** The ledger once the fate of its claim is known. A fenced claim leaves no trace. */
export function decided(ledger: Ledger, fate: Fate): Ledger {
  const { claim } = ledger
  if (!claim || fate === 'fenced') return { ...ledger, claim: null }
  const maxTimestamp = Math.max(ledger.maxTimestamp, claim.maxTimestamp)
  const next = Math.max(ledger.next, endOf(claim.offsets))
  const skipped: OffsetRange[] = next > ledger.next ? [[ledger.next, next - 1]] : []
  const gaps = subtract(union(ledger.gaps, skipped), claim.offsets)
  const ahead = fewer(union(ledger.ahead, claim.ahead), MAX_AHEAD)
  return bounded({ ...ledger, next, gaps, maxTimestamp, ahead, claim: null })
}

/**
 * Takes the oldest gaps of one offset off the list first: a transactional producer leaves a marker after each
 * transaction, a thousand of them would push out what really failed, and no record will ever come for them.
 */
function bounded(ledger: Ledger): Ledger {
  const excess = ledger.gaps.length - MAX_GAPS
  if (excess <= 0) return ledger
  const singles = ledger.gaps.filter(isSingle).slice(0, excess)
  const others = ledger.gaps.filter((gap) => !isSingle(gap)).slice(0, excess - singles.length)
  const { givenUp } = ledger
  return {
    ...ledger,
    gaps: subtract(ledger.gaps, union(singles, others)),
    givenUp: {
      offsets: givenUp.offsets + countOffsets(others),
      singles: givenUp.singles + singles.length,
      below: Math.max(givenUp.below, endOf(singles), endOf(others)),
    },
  }
}

function isSingle([first, last]: OffsetRange): boolean {
  return first === last
}

/** At most `most` ranges that hold all offsets of these, and as few others as can be. */
function fewer(ranges: OffsetRanges, most: number): OffsetRanges {
  if (ranges.length <= most) return ranges
  const distances = ranges.slice(1).map(([first], i) => ({ i, distance: first - (ranges[i]?.[1] ?? 0) }))
  const nearest = distances.sort((a, b) => a.distance - b.distance).slice(0, ranges.length - most)
  const bridges = nearest.map(({ i }): OffsetRange => [ranges[i]?.[1] ?? 0, ranges[i + 1]?.[0] ?? 0])
  return union(ranges, bridges)
}

/** What to do next with the records of a batch. */
export type Step =
  /** The claim's fate is unknown and matters: decide it by a void. */
  | { readonly kind: 'settle'; readonly claim: Claim }
  | ClaimStep
  /** Nothing is left to land. */
  | { readonly kind: 'done' }
  /** A record that the ledger says is landed is newer than anything landed: another topic stands under the name. */
  | { readonly kind: 'recreated'; readonly record: KafkaRecord }

export interface ClaimStep {
  readonly kind: 'claim'
  readonly claim: Omit<Claim, 'id' | 'key'>
  /** The records of the claim, by offset. */
  readonly records: readonly KafkaRecord[]
}

/**
 * The next step of landing `records` (by offset, none twice) that came at `arrival` (epoch milliseconds). Called again
 * after each step until it says `done`.
 */
export function nextStep(ledger: Ledger, records: readonly KafkaRecord[], arrival: number): Step {
  const impostor = records.find((record) => isDecided(ledger, record.offset) && isImpostor(ledger, record))
  if (impostor) return { kind: 'recreated', record: impostor }
  const open = records.filter(({ offset }) => !isDecided(ledger, offset))
  if (open.length === 0) return { kind: 'done' }
  if (ledger.claim) return { kind: 'settle', claim: ledger.claim }
  const fills = open.filter(({ offset }) => offset < ledger.next)
  return fills.length > 0 ? claimStep('fill', fills, arrival) : claimStep('next', open, arrival)
}

/** Landed or given up: a record at such an offset is dropped. */
export function isDecided(ledger: Ledger, offset: number): boolean {
  return offset < ledger.next && !includes(ledger.gaps, offset)
}

/** Below `givenUp.below` a record may be one that never landed, so its timestamp proves nothing. */
function isImpostor({ maxTimestamp, givenUp, ahead }: Ledger, { offset, timestamp }: KafkaRecord): boolean {
  return timestamp > maxTimestamp && offset >= givenUp.below && !includes(ahead, offset)
}

function claimStep(kind: Claim['kind'], open: readonly KafkaRecord[], arrival: number): ClaimStep {
  const offsets = rangesOf(open.map(({ offset }) => offset)).slice(0, MAX_CLAIM_RANGES)
  const end = endOf(offsets)
  const records = open.filter(({ offset }) => offset < end)
  return { kind: 'claim', claim: { kind, offsets, ...timesOf(records, arrival) }, records }
}

/** One record stamped 2100 would make every later topic of the name look old: what is ahead of its arrival is set apart. */
function timesOf(records: readonly KafkaRecord[], arrival: number): Pick<Claim, 'maxTimestamp' | 'ahead'> {
  const latest = arrival + CLOCK_SKEW_MS
  const ahead = records.filter(({ timestamp }) => timestamp > latest).map(({ offset }) => offset)
  const maxTimestamp = records.reduce(
    (newest, { timestamp }) => (timestamp > latest ? newest : Math.max(newest, timestamp)),
    -1,
  )
  return { maxTimestamp, ahead: fewer(rangesOf(ahead), MAX_AHEAD) }
}

/** The records of a batch by offset, each offset once: a mapping may hand over the same record twice. */
export function byOffset(records: readonly KafkaRecord[]): KafkaRecord[] {
  const sorted = [...records].sort((a, b) => a.offset - b.offset)
  return sorted.filter((record, i) => record.offset !== sorted[i - 1]?.offset)
}
