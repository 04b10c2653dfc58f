/** Counts what is landed, from the files alone, and holds it against the broker and the ledgers. */

import { inParallel } from '../in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import {
  COUNTED,
  type Evidence,
  emptyCount,
  LandingCount,
  type LogBounds,
  missingOffsets,
  type PartitionCount,
  type PartitionReport,
  type PartitionState,
  reachedOffset,
  reportOf,
} from './completeness.ts'
import type { LandedFiles } from './landed-files.ts'
import { type LandingFile, landingFileOf } from './landing-key.ts'
import { decided, type Ledger, type TopicPartition } from './ledger.ts'
import type { Ledgers } from './ledgers.ts'
import { type OffsetRanges, offsetsBelow, rangesOf, subtract } from './offset-ranges.ts'
import { type Asking, askingFor, ownerOf } from './ownership.ts'
import { firstRecord, type TopicLog } from './topic-log.ts'

export interface CheckDeps {
  readonly store: ObjectStore
  readonly files: LandedFiles
  readonly ledgers: Ledgers
  /** Undefined where the broker is not to be asked. */
  readonly log: TopicLog | undefined
  readonly progress: (text: string) => void
  /**
   * By partition, the first offset that is asked about: a file whose key says that its offsets are older is not read, nor
   * are those before it in the broker. Of a partition that is not named, all are. @default none is named
   */
  readonly since?: ReadonlyMap<number, number>
}

/** A partition of a topic, between two resets of its ledger. */
type CountedPartition = Pick<PartitionCount, 'topic' | 'partition' | 'epoch'>

const FILES_AT_ONCE = 8

/** One report per partition of the topic on the ledgers' cluster, and per epoch where its ledger was reset. */
export async function checkCompleteness(topic: string, deps: CheckDeps): Promise<PartitionReport[]> {
  // In this order: what broker and ledger say is landed by the time the files are listed.
  const bounds = await boundsOf(topic, deps)
  const ledgers = await settledLedgers(topic, deps)
  const { ours, unknown } = await countFiles(topic, deps)
  const reports: PartitionReport[] = []
  for (const count of withEmpty(ours, { topic, ledgers, bounds })) {
    const ledger = ledgers.find(({ partition }) => partition === count.partition)
    const isCurrent = count.epoch === (ledger?.epoch ?? count.epoch)
    const state: PartitionState = {
      count,
      perhaps: unknown.find(({ partition }) => partition === count.partition)?.offsets ?? [],
      ledger: isCurrent ? ledger : undefined,
      log: isCurrent ? bounds.get(count.partition) : undefined,
    }
    reports.push(reportOf({ ...state, ...(await seenInBroker(state, deps.log)) }))
  }
  return reports
}

/** What the broker has of each partition, as far as it is asked about. */
async function boundsOf(topic: string, { log, since }: CheckDeps): Promise<ReadonlyMap<number, LogBounds>> {
  const bounds = [...((await log?.bounds(topic)) ?? [])]
  return new Map(bounds.map(([at, { low, high }]) => [at, { low: Math.max(low, since?.get(at) ?? 0), high }]))
}

/** The ledgers with their last claims decided by a look at their keys; nothing is written. */
async function settledLedgers(topic: string, { ledgers }: CheckDeps): Promise<Ledger[]> {
  const found: Ledger[] = []
  for await (const at of ledgers.list()) {
    if (at.topic !== topic) continue
    const { ledger } = await ledgers.read(at)
    const standing = ledger.claim ? await ledgers.look(ledger.claim) : undefined
    found.push(decided(ledger, standing === 'landed' ? 'landed' : 'fenced'))
  }
  return found
}

/** The rows of a topic, by partition and epoch. */
interface TopicCounts {
  readonly ours: readonly PartitionCount[]
  /** Of files that name no cluster where several have ledgers: they may be ours, and count for no duplicate. */
  readonly unknown: readonly PartitionCount[]
}

/**
 * Lists twice: a listing runs for a while, and may show a late file without an earlier one that was written behind its
 * back. What the first listing shows gives the last offset; what only the second shows fills in below it.
 */
async function countFiles(topic: string, deps: CheckDeps): Promise<TopicCounts> {
  const { store, files, ledgers, progress, since } = deps
  const counts = { ours: new LandingCount(), unknown: new LandingCount() }
  const first = await Array.fromAsync(files.list())
  const asking = await askingFor(ledgers.cluster, store)
  const add = addTo(counts, { files, progress, asking, isAsked: isAskedOf(topic, since) })
  await add(first, () => true)
  const ends = new Map(counts.ours.partitions().map((at) => [nameOf(at), at.offsets.at(-1)?.[1] ?? -1]))
  const seen = new Set(first.map(({ key }) => key))
  const later = (await Array.fromAsync(files.list())).filter(({ key }) => !seen.has(key))
  await add(later, (at, offset) => offset <= (ends.get(nameOf(at)) ?? -1))
  const ofTopic = (count: LandingCount) => count.partitions().filter((at) => at.topic === topic)
  return { ours: ofTopic(counts.ours), unknown: ofTopic(counts.unknown) }
}

type IsCounted = (at: CountedPartition, offset: number) => boolean
type Adding = Pick<CheckDeps, 'files' | 'progress'> & {
  readonly asking: Asking
  /** Whether a file may have offsets that are asked about. */
  readonly isAsked: (file: LandingFile) => boolean
}

/** Counts the rows of files that are to be counted. */
function addTo(counts: Readonly<Record<'ours' | 'unknown', LandingCount>>, adding: Adding) {
  const { files, progress, asking } = adding
  return async (objects: readonly ObjectSummary[], isCounted: IsCounted): Promise<void> => {
    let read = 0
    await inParallel(objects.filter(mayCount(adding)), FILES_AT_ONCE, async (object) => {
      const { cluster, epoch, rows } = await files.read(object, COUNTED)
      const wanted = rows.filter(({ topic, kafka_partition, kafka_offset }) =>
        isCounted({ topic, partition: kafka_partition, epoch }, kafka_offset),
      )
      const [row] = wanted
      const owner = row && ownerOf(cluster, { topic: row.topic, partition: row.kafka_partition }, asking)
      if (owner === 'ours') counts.ours.add(epoch, wanted)
      if (owner === 'unknown') counts.unknown.add(0, wanted)
      if (++read % 500 === 0) progress(`${read} of ${objects.length} files counted`)
    })
  }
}

/** Another cluster's files need not be read, nor files of nothing that is asked about: their keys say it. */
function mayCount({ asking, isAsked }: Pick<Adding, 'asking' | 'isAsked'>) {
  return ({ key }: ObjectSummary): boolean => {
    const file = landingFileOf(key)
    return file === undefined || (ownerOf(file.cluster, file, asking) !== 'theirs' && isAsked(file))
  }
}

function isAskedOf(topic: string, since: CheckDeps['since']): Adding['isAsked'] {
  return (file) => since === undefined || (file.topic === topic && file.last >= (since.get(file.partition) ?? 0))
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

async function seenInBroker(
  state: PartitionState,
  log: TopicLog | undefined,
): Promise<Pick<Evidence, 'unlanded' | 'comes'>> {
  if (!log || !state.log) return { unlanded: [], comes: undefined }
  const [unlanded, comes] = [await stillInBroker(state, state.log, log), await firstToCome(state, state.log, log)]
  return { unlanded, comes }
}

/** A log may end in what a transaction took back, and in its marker: no record is still to come there. */
async function firstToCome(state: PartitionState, { high }: LogBounds, log: TopicLog): Promise<number> {
  const from = reachedOffset(state)
  if (from >= high) return from
  return (await firstRecord(log, state.count, { from, to: high }))?.offset ?? high
}

/** Which of the missing offsets hold a record in the broker, as far as it still keeps them. */
async function stillInBroker(state: PartitionState, { low }: LogBounds, log: TopicLog): Promise<OffsetRanges> {
  const missing = missingOffsets(state)
  const kept = subtract(missing, offsetsBelow(low, []))
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
