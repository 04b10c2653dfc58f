/** Lands the batch of one topic partition: takes the steps that the ledger names, until nothing is left to land. */

import type { Clock } from '../clock.ts'
import { TickerlakeError } from '../errors.ts'
import { instantText } from '../instant.ts'
import type { ParquetEncoder } from '../parquet/encoder.ts'
import { groupOf } from '../records/kafka-event.ts'
import type { KafkaRecord, PartitionBatch } from '../records/kafka-record.ts'
import { judgeRecords } from '../records/landing.ts'
import { backoffMs } from '../retry.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import { claimKey } from './landing-key.ts'
import { byOffset, type Claim, type ClaimStep, decided, isDecided, type Ledger, nextStep } from './ledger.ts'
import type { Ledgers, LedgerVersion } from './ledgers.ts'
import { countOffsets } from './offset-ranges.ts'

export interface LandDeps {
  readonly ledgers: Ledgers
  /** What this container knows of the ledgers, by `topic-partition`: saves the read while nobody else writes. */
  readonly warm: Map<string, LedgerVersion>
  readonly encoder: ParquetEncoder
  readonly clock: Clock
  /** Makes a UUID, which is in a claim's key. */
  readonly freshId: () => string
  /** In [0, 1). */
  readonly random: () => number
}

export interface LandReport {
  readonly landed: Landed
  /** Why the batch is not landed to its end, and which of its offsets are not: the mapping delivers them again. */
  readonly failure?: { readonly error: unknown; readonly offsets: readonly number[] }
}

/** A batch on its way. */
interface Landing {
  readonly batch: PartitionBatch
  /** By offset, each offset once. */
  readonly records: readonly KafkaRecord[]
  readonly tsRecv: number
  /** The ledger as last known; its claim is null as soon as its fate is known here. */
  version: LedgerVersion | undefined
  /** Read, or written, since the batch came: not what the container remembers from before. */
  fresh: boolean
  /** How often in a row another writer came in between. */
  conflicts: number
  landed: Landed
}

/**
 * Lands every record of the batch that is not landed yet. Never throws: where landing fails midway, the rest
 * comes again with whatever borders, and the ledger tells what of it is landed.
 */
export async function land(batch: PartitionBatch, deps: LandDeps): Promise<LandReport> {
  const group = groupOf(batch)
  const landing: Landing = {
    batch,
    records: byOffset(batch.records),
    tsRecv: deps.clock.now(),
    version: deps.warm.get(group),
    fresh: false,
    conflicts: 0,
    landed: NOTHING_LANDED,
  }
  // Whatever fails below may leave the container's copy wrong about its last claim: then the next batch reads.
  deps.warm.delete(group)
  try {
    const version = await landAll(landing, deps)
    deps.warm.set(group, version)
    const duplicates = batch.records.length - landing.landed.records
    return { landed: { ...landing.landed, duplicates } }
  } catch (error) {
    return { landed: landing.landed, failure: { error, offsets: openOffsets(landing) } }
  }
}

async function landAll(landing: Landing, deps: LandDeps): Promise<LedgerVersion> {
  while (true) {
    const version = landing.version ?? (await readAnew(landing, deps))
    const step = nextStep(version.ledger, landing.records, landing.tsRecv)
    if (step.kind === 'done') return version
    if (step.kind === 'settle') landing.version = await settle(step.claim, version, deps)
    else if (step.kind === 'claim') await landClaim(step, version, landing, deps)
    else if (landing.fresh) throw recreated(step.record, version.ledger)
    else landing.version = undefined
  }
}

async function readAnew(landing: Landing, deps: LandDeps): Promise<LedgerVersion> {
  const version = await deps.ledgers.read(landing.batch)
  landing.version = version
  landing.fresh = true
  return version
}

/** Fences whoever made the claim, unless its data stands already. */
async function settle(claim: Claim, version: LedgerVersion, { ledgers }: LandDeps): Promise<LedgerVersion> {
  const fate = await ledgers.decide(claim, { kind: 'void' })
  return { ...version, ledger: decided(version.ledger, fate) }
}

/** What a bar takes in a file, generously. */
export const ROW_BYTES = 20

/** The file is encoded before the claim is made, so that a claim is open only as long as one put takes. */
async function landClaim(step: ClaimStep, version: LedgerVersion, landing: Landing, deps: LandDeps): Promise<void> {
  const { ledger } = version
  const claim = named(step.claim, ledger, { landing, deps })
  const file = deps.encoder.open(BARS_LANDING, step.records.length * ROW_BYTES)
  const rows = judgeRecords(step.records, landing.tsRecv, (columns) => file.group(columns))
  const body = file.finish(fileMetadata(claim, ledger, deps.ledgers))

  const write = await deps.ledgers.write({ ...ledger, claim }, version.etag)
  if (write.kind === 'conflict') return startAgain(landing, deps)
  const fate = await deps.ledgers.decide(claim, { kind: 'data', body })
  if (fate === 'fenced') return startAgain(landing, deps)

  const after = decided(write.version.ledger, 'landed')
  landing.version = { ledger: after, etag: write.version.etag }
  landing.fresh = true
  landing.conflicts = 0
  landing.landed = sum(landing.landed, landedBy(claim, ledger, after, { ...rows, bytes: body.length }))
}

function named(
  draft: ClaimStep['claim'],
  { epoch }: Ledger,
  { landing: { batch, tsRecv }, deps }: { readonly landing: Landing; readonly deps: LandDeps },
): Claim {
  const id = deps.freshId()
  const { cluster } = deps.ledgers
  return { ...draft, id, key: claimKey({ at: batch, cluster, epoch, offsets: draft.offsets, id, tsRecv }) }
}

/** The lineage that the rows do not say: which claim the file is, of which cluster, and in which epoch its offsets count. */
function fileMetadata(claim: Claim, { epoch }: Ledger, { cluster }: Ledgers): Readonly<Record<string, string>> {
  return { 'tickerlake.claim': claim.id, 'tickerlake.cluster': cluster, 'tickerlake.epoch': String(epoch) }
}

/** Another writer is at work on the partition. Waiting lets it land its claim instead of being fenced in turn. */
async function startAgain(landing: Landing, { clock, random }: LandDeps): Promise<void> {
  landing.version = undefined
  landing.conflicts++
  await clock.sleep(backoffMs(landing.conflicts, random()))
}

interface File {
  readonly bars: number
  readonly rejected: Landed['rejected']
  readonly bytes: number
}

function landedBy(claim: Claim, before: Ledger, after: Ledger, { bars, rejected, bytes }: File): Landed {
  const records = countOffsets(claim.offsets)
  const moved = after.next - before.next
  return {
    records,
    bars,
    rejected,
    duplicates: 0,
    holes: claim.kind === 'next' ? moved - records : 0,
    filled: claim.kind === 'fill' ? records : 0,
    givenUp: after.givenUp.offsets - before.givenUp.offsets,
    files: 1,
    bytes,
  }
}

/** The offsets of the batch that are not known to be landed. */
function openOffsets({ records, version }: Landing): number[] {
  const open = version ? records.filter(({ offset }) => !isDecided(version.ledger, offset)) : records
  return open.map(({ offset }) => offset)
}

function recreated(
  { topic, partition, offset, timestamp }: KafkaRecord,
  { next, maxTimestamp }: Ledger,
): TickerlakeError {
  const [record, newest] = [timestamp, maxTimestamp].map(instantText)
  return new TickerlakeError(
    'topic-recreated',
    `Topic ${topic}, partition ${partition}: the ledger has everything below offset ${next} landed, yet the record at ${offset} is ` +
      `of ${record}, newer than anything landed (${newest}). The topic was made again under its name. Nothing was landed. ` +
      `To land the new topic from its beginning: \`npm run ledger -- reset --recreated --topic ${topic} --partition ${partition}\`.`,
  )
}

/** What landing a batch came to, in numbers. */
export interface Landed {
  /** Records in files now that were not before. */
  readonly records: number
  readonly bars: number
  /** By reject code. */
  readonly rejected: Readonly<Record<string, number>>
  readonly duplicates: number
  /** Offsets skipped by the batch: written down as gaps. */
  readonly holes: number
  /** Offsets of gaps that came after all. */
  readonly filled: number
  /** Offsets of gaps that had to be forgotten because there are too many. */
  readonly givenUp: number
  readonly files: number
  readonly bytes: number
}

export const NOTHING_LANDED: Landed = {
  records: 0,
  bars: 0,
  rejected: {},
  duplicates: 0,
  holes: 0,
  filled: 0,
  givenUp: 0,
  files: 0,
  bytes: 0,
}

export function sum(a: Landed, b: Landed): Landed {
  return {
    records: a.records + b.records,
    bars: a.bars + b.bars,
    rejected: sumByKey(a.rejected, b.rejected),
    duplicates: a.duplicates + b.duplicates,
    holes: a.holes + b.holes,
    filled: a.filled + b.filled,
    givenUp: a.givenUp + b.givenUp,
    files: a.files + b.files,
    bytes: a.bytes + b.bytes,
  }
}

export function countRejected({ rejected }: Landed): number {
  return Object.values(rejected).reduce((total, count) => total + count, 0)
}

function sumByKey(a: Landed['rejected'], b: Landed['rejected']): Landed['rejected'] {
  const total: Record<string, number> = { ...a }
  for (const [code, count] of Object.entries(b)) total[code] = (total[code] ?? 0) + count
  return total
}
