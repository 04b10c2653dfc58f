import type { Claim, Fate, Ledger, TopicPartition } from '../core/ledger/ledger.ts'

/** A ledger as it stood when it was read or written. */
export interface LedgerVersion {
  readonly ledger: Ledger
  /** What the next write has to match; undefined where no ledger was written yet. */
  readonly etag: string | undefined
}

/** The offset ledgers of one Kafka cluster, and the deciding of their claims. */
export interface Ledgers {
  /** The ledger as it stands; an empty one where there is none. Throws `ledger-corrupt` for what is not a ledger. */
  read(at: TopicPartition): Promise<LedgerVersion>
  /** Every topic partition that has a ledger. */
  list(): AsyncIterable<TopicPartition>
  /** Replaces the version that `etag` names. Anybody else's write in between is a conflict, and nothing is written. */
  write(ledger: Ledger, etag: string | undefined): Promise<LedgerWrite>
  /**
   * Puts the data of a claim, or a void, at the claim's key unless something stands there, and says which of the two
   * stands there now: that is the claim's fate, for good. Throws `foreign-object` for what is neither.
   */
  decide(claim: Claim, content: ClaimContent): Promise<Fate>
  /**
   * Decides the last claim of a partition and writes down what became of it. Has to be done before landing files are
   * removed: a claim whose file is gone looks like one that never landed.
   */
  settle(at: TopicPartition): Promise<LedgerVersion>
}

export type LedgerWrite = { readonly kind: 'written'; readonly version: LedgerVersion } | { readonly kind: 'conflict' }

export type ClaimContent = { readonly kind: 'data'; readonly body: Uint8Array } | { readonly kind: 'void' }
