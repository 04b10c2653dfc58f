/** Whether every record is landed once: an independent count over the files, held against the broker and the ledger. */
import type { Ledger, TopicPartition } from './ledger.ts'
import {
  countOffsets,
  endOf,
  lastOffset,
  type OffsetRange,
  type OffsetRanges,
  rangesOf,
  subtract,
  union,
} from './offset-ranges.ts'

/** The columns of a landed row that are counted. */
export const COUNTED = ['topic', 'kafka_partition', 'kafka_offset', 'reject_reason', 'ts_recv'] as const

/** What is counted of a landed row. */
export interface CountedRow {
  readonly topic: string
  readonly kafka_partition: number
  readonly kafka_offset: number
  readonly reject_reason: string | null
  readonly ts_recv: number
}

export interface PartitionCount extends TopicPartition {
  readonly epoch: number
  /** The offsets in the files. */
  readonly offsets: OffsetRanges
  readonly rows: number
  /** Rows beyond the first of their offset. */
  readonly duplicates: number
  readonly rejected: number
  /** Epoch milliseconds. */
  readonly newestArrival: number
}

/** Counts rows by topic partition and epoch. Eight bytes a row are held: 100 million rows take 800 MB. */
export class LandingCount {
  readonly #counts = new Map<string, PartitionTally>()

  add(epoch: number, rows: readonly CountedRow[]): void {
    for (const row of rows) this.#tallyOf(epoch, row).add(row)
  }

  partitions(): PartitionCount[] {
    return [...this.#counts.values()].map((tally) => tally.count()).sort(byPartition)
  }

  #tallyOf(epoch: number, { topic, kafka_partition: partition }: CountedRow): PartitionTally {
    const name = `${topic}/${partition}/${epoch}`
    const found = this.#counts.get(name)
    if (found) return found
    const made = new PartitionTally({ topic, partition, epoch })
    this.#counts.set(name, made)
    return made
  }
}

class PartitionTally {
  readonly #of: Pick<PartitionCount, 'topic' | 'partition' | 'epoch'>
  readonly #offsets: number[] = []
  #rejected = 0
  #newestArrival = 0

  constructor(of: Pick<PartitionCount, 'topic' | 'partition' | 'epoch'>) {
    this.#of = of
  }

  add(row: CountedRow): void {
    this.#offsets.push(row.kafka_offset)
    if (row.reject_reason !== null) this.#rejected++
    if (row.ts_recv > this.#newestArrival) this.#newestArrival = row.ts_recv
  }

  count(): PartitionCount {
    const offsets = rangesOf(Float64Array.from(this.#offsets).sort())
    const rows = this.#offsets.length
    const duplicates = rows - countOffsets(offsets)
    return { ...this.#of, offsets, rows, duplicates, rejected: this.#rejected, newestArrival: this.#newestArrival }
  }
}

function byPartition(a: PartitionCount, b: PartitionCount): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition || a.epoch - b.epoch
}

/** What the broker says of a partition: the first offset that it keeps, and the one that the next record gets. */
export interface LogBounds {
  readonly low: number
  readonly high: number
}

/** The count of a partition that no file has a row of. */
export function emptyCount({ topic, partition }: TopicPartition, epoch: number): PartitionCount {
  return { topic, partition, epoch, offsets: [], rows: 0, duplicates: 0, rejected: 0, newestArrival: 0 }
}

export interface PartitionReport extends TopicPartition {
  readonly epoch: number
  readonly first: number | null
  readonly last: number | null
  readonly landed: number
  readonly rejected: number
  readonly duplicates: number
  /** Offsets in no file that never were a record, or that the ledger knows to be missing. */
  readonly gaps: OffsetRanges
  /** Offsets in no file although the broker has a record there, or the ledger counts them as landed. */
  readonly lost: OffsetRanges
  readonly newestArrival: number | null
  readonly log: LogBounds | null
  /** Records at the end of the log that are not landed yet; null where the broker was not asked. */
  readonly lag: number | null
  /** The ledger's next offset, its last claim decided; null where there is no ledger. */
  readonly next: number | null
}

/** What files, ledger and broker say of one partition. */
export interface PartitionState {
  readonly count: PartitionCount
  /** Offsets of files that may be of this cluster or of another: where one is, nothing is missing. */
  readonly perhaps: OffsetRanges
  /** With its last claim decided. */
  readonly ledger: Ledger | undefined
  readonly log: LogBounds | undefined
}

/** What a verdict on a partition rests on. */
export interface Evidence extends PartitionState {
  /** Which of the missing offsets hold a record in the broker. */
  readonly unlanded: OffsetRanges
  /** From where on records are still to come; undefined where the broker was not asked. */
  readonly comes: number | undefined
}

/** Where what is still to come may begin: behind all that any file has or that the ledger is done with. */
export function reachedOffset({ count, ledger, log }: PartitionState): number {
  return Math.max(log?.low ?? 0, endOf(count.offsets), ledger?.next ?? 0)
}

/**
 * Offsets that no file has, up to the last one that any file has or that the ledger is done with: what comes after is
 * not missing but still to come.
 */
export function missingOffsets({ count, perhaps, ledger, log }: PartitionState): OffsetRange[] {
  const from = Math.min(count.offsets[0]?.[0] ?? Number.POSITIVE_INFINITY, log?.low ?? Number.POSITIVE_INFINITY)
  const end = Math.max(endOf(count.offsets), ledger?.next ?? 0)
  return from < end ? subtract([[from, end - 1]], union(count.offsets, perhaps)) : []
}

/** The verdict on one partition. */
export function reportOf(evidence: Evidence): PartitionReport {
  const { count, perhaps, ledger, log, unlanded, comes } = evidence
  const reached = reachedOffset(evidence)
  const first = count.offsets[0]?.[0] ?? null
  const last = lastOffset(count.offsets) ?? null
  const lost = union(
    unlanded,
    ledger && first !== null ? subtract(landedBy(ledger, first), union(count.offsets, perhaps)) : [],
  )
  const { topic, partition, epoch, rows, rejected, duplicates, newestArrival } = count
  return {
    topic,
    partition,
    epoch,
    first,
    last,
    landed: rows,
    rejected,
    duplicates,
    gaps: union(
      subtract(missingOffsets(evidence), lost),
      comes !== undefined && comes > reached ? [[reached, comes - 1]] : [],
    ),
    lost,
    newestArrival: rows > 0 ? newestArrival : null,
    log: log ?? null,
    lag: log ? Math.max(0, log.high - (comes ?? reached)) : null,
    next: ledger?.next ?? null,
  }
}

/** What the ledger counts as landed from `first` on: older files may have been removed after their compaction. */
function landedBy({ next, gaps, givenUp }: Ledger, first: number): OffsetRange[] {
  const from = Math.max(first, givenUp.below)
  return from < next ? subtract([[from, next - 1]], gaps) : []
}

export function isComplete(reports: readonly PartitionReport[]): boolean {
  return reports.every(({ lost, duplicates }) => lost.length === 0 && duplicates === 0)
}
