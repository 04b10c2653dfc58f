/** A partition's ledger made new: from the landed files, or empty for a topic that was made again. */

import { TickerlakeError, UsageError } from '../errors.ts'
import { COUNTED, LandingCount } from './completeness.ts'
import type { LandedFiles } from './landed-files.ts'
import { landingFileOf } from './landing-key.ts'
import { emptyLedger, type Ledger, rebuiltLedger, type TopicPartition } from './ledger.ts'
import type { Ledgers, LedgerVersion } from './ledgers.ts'
import { type Asking, ownerOf } from './ownership.ts'

export interface ResetDeps {
  readonly ledgers: Ledgers
  readonly files: LandedFiles
  readonly asking: Asking
  /** Whose the files are that name no cluster where several have ledgers; undefined where nobody has said. */
  readonly unnamed: 'ours' | 'theirs' | undefined
  /** The ETag of what stands at the ledger's key now, readable or not; undefined where nothing does. */
  readonly etagNow: (at: TopicPartition) => Promise<string | undefined>
  /** Epoch milliseconds. */
  readonly now: number
}

export type ResetPlan = { readonly ledger: Ledger; readonly etag: string | undefined }

/**
 * What the ledger will be. A claim that can still be read is settled first, and the plan holds for the ledger as it was
 * settled: whoever claims anything while the files are read makes it void.
 */
export async function planReset(at: TopicPartition, recreated: boolean, deps: ResetDeps): Promise<ResetPlan> {
  const settled = await settledIfReadable(at, deps.ledgers)
  const etag = settled ? settled.etag : await deps.etagNow(at)
  const ledger = await ledgerOfFiles(at, recreated ? { ...deps, unnamed: 'ours' } : deps)
  if (etag === undefined && !ledger) {
    throw new UsageError(`${at.topic}-${at.partition} has no ledger and no landed file; "ledger show" lists what has.`)
  }
  return { ledger: recreated ? emptyLedger(at, deps.now) : (ledger ?? emptyLedger(at)), etag }
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

async function settledIfReadable(at: TopicPartition, ledgers: Ledgers): Promise<LedgerVersion | undefined> {
  try {
    return await ledgers.settle(at)
  } catch (error) {
    if (error instanceof TickerlakeError && ['ledger-corrupt', 'ledger-lost'].includes(error.code)) return undefined
    throw error
  }
}

/** What the cluster's landed files say, or undefined where there is none; voids say that nothing landed. */
async function ledgerOfFiles(at: TopicPartition, { files, asking, unnamed }: ResetDeps): Promise<Ledger | undefined> {
  const count = new LandingCount()
  let found = false
  for await (const object of files.list()) {
    const name = landingFileOf(object.key)
    if (name?.topic !== at.topic || name.partition !== at.partition) continue
    const owner = ownerOf(name.cluster, at, asking)
    const known = owner === 'unknown' ? (unnamed ?? undecided(object.key)) : owner
    if (known === 'theirs') continue
    found = true
    const { epoch, rows } = await files.read(object, COUNTED)
    count.add(epoch, rows)
  }
  const newest = count.partitions().at(-1)
  if (newest) return rebuiltLedger(newest, newest.offsets, newest.newestArrival)
  return found ? emptyLedger(at) : undefined
}

function undecided(key: string): never {
  throw new UsageError(
    `${key} does not name its cluster, and other clusters have a ledger of the partition too: give --unnamed ours if such ` +
      'files were landed from this cluster, or --unnamed theirs.',
  )
}
