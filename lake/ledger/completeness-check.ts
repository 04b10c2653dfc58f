/** Counts what is landed, from the files alone, and holds it against the broker and the ledgers. */

import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import {
  emptyCount,
  LandingCount,
  type LogBounds,
  missingOffsets,
  type PartitionCount,
  type PartitionReport,
  type PartitionState,
  reportOf,
} from './completeness.ts'
import type { LandedFiles } from './landed-files.ts'
import { decided, type Ledger, type TopicPartition } from './ledger.ts'
import type { Ledgers } from './ledgers.ts'
import { type OffsetRanges, rangesOf, subtract } from './offset-ranges.ts'
import type { TopicLog } from './topic-log.ts'

export interface CheckDeps {
  readonly store: ObjectStore
  readonly files: LandedFiles
  readonly ledgers: Ledgers
  /** Undefined where the broker is not to be asked. */
  readonly log: TopicLog | undefined
  readonly progress: (text: string) => void
}

/** A partition of a topic, between two resets of its ledger. */
type CountedPartition = Pick<PartitionCount, 'topic' | 'partition' | 'epoch'>

const COUNTED = ['topic', 'kafka_partition', 'kafka_offset', 'reject_reason', 'ts_recv'] as const
const FILES_AT_ONCE = 8

/** One report per partition of the topic, and per epoch where its ledger was reset. */
export async function checkCompleteness(topic: string, deps: CheckDeps): Promise<PartitionReport[]> {
  // In this order: what broker and ledger say is landed by the time the files are listed.
  const bounds = (await deps.log?.bounds(topic)) ?? new Map<number, LogBounds>()
  const ledgers = await settledLedgers(topic, deps)
  const counts = (await countFiles(deps)).filter((count) => count.topic === topic)
  const reports: PartitionReport[] = []
  for (const count of withEmpty(counts, { topic, ledgers, bounds })) {
    const ledger = ledgers.find(({ partition }) => partition === count.partition)
    const isCurrent = count.epoch === (ledger?.epoch ?? count.epoch)
    const state: PartitionState = {
      count,
      ledger: isCurrent ? ledger : undefined,
      log: isCurrent ? bounds.get(count.partition) : undefined,
    }
    const unlanded = deps.log && state.log ? await stillInBroker(state, state.log, deps.log) : []
    reports.push(reportOf({ ...state, unlanded }))
  }
  return reports
}

/** The ledgers with their last claims decided by a look at their keys; nothing is written. */
async function settledLedgers(topic: string, { ledgers, store }: CheckDeps): Promise<Ledger[]> {
  const found: Ledger[] = []
  for await (const at of ledgers.list()) {
    if (at.topic !== topic) continue
    const { ledger } = await ledgers.read(at)
    const standing = ledger.claim ? await store.head(ledger.claim.key) : undefined
    found.push(decided(ledger, standing?.metadata['kind'] === 'data' ? 'landed' : 'fenced'))
  }
  return found
}

/**
 * Lists twice: a listing runs for a while, and may show a late file without an earlier one that was written behind its
 * back. What the first listing shows gives the last offset; what only the second shows fills in below it.
 */
async function countFiles({ files, progress }: CheckDeps): Promise<PartitionCount[]> {
  const count = new LandingCount()
  const first = await Array.fromAsync(files.list())
  const add = addTo(count, { files, progress })
  await add(first, () => true)
  const ends = new Map(count.partitions().map((at) => [nameOf(at), at.offsets.at(-1)?.[1] ?? -1]))
  const seen = new Set(first.map(({ key }) => key))
  const later = (await Array.fromAsync(files.list())).filter(({ key }) => !seen.has(key))
  await add(later, (at, offset) => offset <= (ends.get(nameOf(at)) ?? -1))
  return count.partitions()
}

type Counts = (at: CountedPartition, offset: number) => boolean

/** Counts the rows of files that are to be counted. */
function addTo(count: LandingCount, { files, progress }: Pick<CheckDeps, 'files' | 'progress'>) {
  return async (objects: readonly ObjectSummary[], counts: Counts): Promise<void> => {
    let read = 0
    await inParallel(objects, FILES_AT_ONCE, async (object) => {
      const { epoch, rows } = await files.read(object, COUNTED)
      const wanted = rows.filter(({ topic, kafka_partition, kafka_offset }) =>
        counts({ topic, partition: kafka_partition, epoch }, kafka_offset),
      )
      count.add(epoch, wanted)
      if (++read % 500 === 0) progress(`${read} of ${objects.length} files counted`)
    })
  }
}

/** The partitions of a topic that ledgers and the broker know. */
interface KnownPartitions {
  readonly topic: string
  readonly ledgers: readonly Ledger[]
  readonly bounds: ReadonlyMap<number, LogBounds>
}

/** A partition that the broker or a ledger knows and no file has is reported too. */
function withEmpty(counts: readonly PartitionCount[], { topic, ledgers, bounds }: KnownPartitions): PartitionCount[] {
  const known: TopicPartition[] = [...ledgers, ...[...bounds.keys()].map((partition) => ({ topic, partition }))]
  const all = new Map(counts.map((count) => [nameOf(count), count]))
  for (const at of known) {
    const ledger = ledgers.find(({ partition }) => partition === at.partition)
    const empty = emptyCount(at, ledger?.epoch ?? 0)
    if (!all.has(nameOf(empty))) all.set(nameOf(empty), empty)
  }
  return [...all.values()].sort((a, b) => a.partition - b.partition || a.epoch - b.epoch)
}

/** Which of the missing offsets hold a record in the broker, as far as it still keeps them. */
async function stillInBroker(state: PartitionState, { low }: LogBounds, log: TopicLog): Promise<OffsetRanges> {
  const missing = missingOffsets(state)
  const kept = low > 0 ? subtract(missing, [[0, low - 1]]) : missing
  const found: number[] = []
  for (const [first, last] of kept) {
    for await (const records of log.read(state.count, first, last + 1))
      found.push(...records.map(({ offset }) => offset))
  }
  return rangesOf(found.sort((a, b) => a - b))
}

function nameOf({ topic, partition, epoch }: CountedPartition): string {
  return `${topic}/${partition}/${epoch}`
}
