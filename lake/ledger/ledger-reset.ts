/** A partition's ledger made new: from the landed files, or empty for a topic that was made anew. */

import { TickerlakeError, UsageError } from '../errors.ts'
import { LandingCount } from './completeness.ts'
import type { LandedFiles } from './landed-files.ts'
import { emptyLedger, type Ledger, rebuiltLedger, type TopicPartition } from './ledger.ts'
import { landingFileOf } from './ledger-object.ts'
import type { Ledgers } from './ledgers.ts'

export interface ResetDeps {
  readonly ledgers: Ledgers
  readonly files: LandedFiles
  /** The ETag of what stands at the ledger's key now, readable or not; undefined where nothing does. */
  readonly etagNow: (at: TopicPartition) => Promise<string | undefined>
  /** Epoch milliseconds. */
  readonly now: number
}

export type ResetPlan = { readonly ledger: Ledger; readonly etag: string | undefined }

const COUNTED = ['topic', 'kafka_partition', 'kafka_offset', 'reject_reason', 'ts_recv'] as const

/** What the ledger will be. A claim that can still be read is settled first, so that nobody lands it behind our back. */
export async function planReset(at: TopicPartition, madeAnew: boolean, deps: ResetDeps): Promise<ResetPlan> {
  await settleIfReadable(at, deps.ledgers)
  const etag = await deps.etagNow(at)
  const ledger = await ledgerOfFiles(at, deps.files)
  if (etag === undefined && !ledger) {
    throw new UsageError(`${at.topic}-${at.partition} has no ledger and no landed file; "ledger show" lists what has.`)
  }
  return { ledger: madeAnew ? emptyLedger(at, deps.now) : (ledger ?? emptyLedger(at)), etag }
}

/** Writes it, unless somebody else has written the ledger since the plan was made. */
export async function applyReset({ ledger, etag }: ResetPlan, ledgers: Ledgers): Promise<void> {
  const outcome = await ledgers.write(ledger, etag)
  if (outcome.kind === 'written') return
  throw new TickerlakeError(
    'ledger-in-use',
    `The ledger of ${ledger.topic}-${ledger.partition} was written while it was being reset; nothing was changed. ` +
      'Disable the event source mapping, wait for the function to end, and reset again.',
  )
}

async function settleIfReadable(at: TopicPartition, ledgers: Ledgers): Promise<void> {
  try {
    await ledgers.settle(at)
  } catch (error) {
    if (!(error instanceof TickerlakeError && error.code === 'ledger-corrupt')) throw error
  }
}

/** What the landed files say, or undefined where there is none. */
async function ledgerOfFiles(at: TopicPartition, files: LandedFiles): Promise<Ledger | undefined> {
  const count = new LandingCount()
  for await (const object of files.list()) {
    const name = landingFileOf(object.key)
    if (name?.topic !== at.topic || name.partition !== at.partition) continue
    const { epoch, rows } = await files.read(object, COUNTED)
    count.add(epoch, rows)
  }
  const newest = count.partitions().at(-1)
  return newest && rebuiltLedger(newest, newest.offsets, newest.newestArrival)
}
