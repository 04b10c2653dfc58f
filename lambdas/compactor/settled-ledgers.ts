import { type LedgerState, ledgerStateOf } from '../../lake/compaction/unseen.ts'
import { type Claim, decided, type Fate, type Ledger } from '../../lake/ledger/ledger.ts'
import { LEDGER_PREFIX, ledgerNameOf } from '../../lake/ledger/ledger-object.ts'
import { ledgerObjects, lookAt } from '../../lake/ledger/ledgers.ts'
import type { Log } from '../../lake/log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

interface SettleDeps {
  readonly store: ObjectStore
  readonly log: Log
  readonly freshId: () => string
}

export interface SettledLedgers {
  readonly states: readonly LedgerState[]
  /** Keys of claims that nobody has written down an end of: what stands there says it, so it has to stay. */
  readonly openClaims: ReadonlySet<string>
}

/**
 * The ledgers as they stand, before landing is listed: whatever they call landed is then in the list. What has not landed
 * is for the next run. An old claim that has is written down in the ledger of its idle partition, long before the landing
 * file expires: a consumer that found nothing at its key would take it for fenced and land its records again.
 */
export async function settledLedgers(startedAt: number, deps: SettleDeps): Promise<SettledLedgers> {
  const states: LedgerState[] = []
  const openClaims = new Set<string>()
  for await (const { key } of deps.store.list(LEDGER_PREFIX)) {
    const found = await lookedAt(key, deps)
    if (!found) continue
    const { ledger, cluster, fate } = found
    states.push(ledgerStateOf(ledger, cluster, fate))
    if (ledger.claim) openClaims.add(ledger.claim.key)
    if (fate === 'landed' && isOld(ledger.claim, startedAt)) await settle(found, deps)
  }
  return { states, openClaims }
}

interface LookedAt {
  readonly key: string
  readonly cluster: string
  readonly ledger: Ledger
  readonly etag: string
  /** What became of its claim, as far as it can be seen. */
  readonly fate: Fate
}

async function lookedAt(key: string, { store, freshId }: SettleDeps): Promise<LookedAt | undefined> {
  const name = ledgerNameOf(key)
  const version = name && (await ledgerObjects(store, freshId).read(key))
  if (!version) return undefined
  const { claim } = version.value
  const fate = claim && (await lookAt(claim, store)) === 'landed' ? 'landed' : 'fenced'
  return { key, cluster: name.cluster, ledger: version.value, etag: version.etag, fate }
}

/** In a conflict a consumer was quicker; its own write says what happened to the claim. */
async function settle({ key, ledger, etag }: LookedAt, { store, freshId, log }: SettleDeps): Promise<void> {
  const { kind } = await ledgerObjects(store, freshId).replace(key, decided(ledger, 'landed'), etag)
  log.info('old claim settled', { ledger: key, outcome: kind })
}

function isOld(claim: Claim | null, now: number): boolean {
  const today = tablePartitionPrefix(BARS_LANDING, tablePartitionOf(BARS_LANDING, now))
  return claim !== null && claim.key < today
}
