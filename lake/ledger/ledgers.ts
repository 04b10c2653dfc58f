import { TickerlakeError } from '../errors.ts'
import type { ParquetEncoder } from '../parquet/encoder.ts'
import type { ObjectHead, ObjectStore, PutOptions } from '../store/object-store.ts'
import type { Table } from '../tables/table.ts'
import { type Claim, decided, emptyLedger, type Fate, type Ledger, type TopicPartition } from './ledger.ts'
import { encodeLedger, LEDGER_PREFIX, ledgerKey, parseLedger } from './ledger-object.ts'

export interface ObjectLedgersProps {
  readonly store: ObjectStore
  /** The cluster in the ledgers' keys. */
  readonly cluster: string
  /** The table whose files the claims are: a void is an empty file of it, so that every engine can read it. */
  readonly table: Table
  readonly encoder: ParquetEncoder
  /** A text never given before. */
  readonly nonce: () => string
}

const METADATA_FATES: Readonly<Record<string, Fate>> = { data: 'landed', void: 'fenced' }

/** Ledgers as JSON objects that are only ever written on condition; claims as files that are put where nothing is. */
export class ObjectLedgers implements Ledgers {
  readonly #props: ObjectLedgersProps

  constructor(props: ObjectLedgersProps) {
    this.#props = props
  }

  async read(at: TopicPartition): Promise<LedgerVersion> {
    const key = ledgerKey(this.#props.cluster, at)
    const found = await this.#props.store.get(key)
    if (!found) return { ledger: emptyLedger(at), etag: undefined }
    return { ledger: parseLedger(new TextDecoder().decode(found.body), key), etag: found.etag }
  }

  async *list(): AsyncGenerator<TopicPartition> {
    const prefix = `${LEDGER_PREFIX}${this.#props.cluster}/`
    for await (const { key } of this.#props.store.list(prefix)) {
      const [topic, file] = key.slice(prefix.length).split('/')
      if (topic && file) yield { topic, partition: Number.parseInt(file, 10) }
    }
  }

  /** A condition that failed may be our own write whose answer was lost and that was tried again: the nonce tells. */
  async write(ledger: Ledger, etag: string | undefined): Promise<LedgerWrite> {
    const mine: Ledger = { ...ledger, nonce: this.#props.nonce() }
    const options: PutOptions = {
      condition: etag === undefined ? { kind: 'absent' } : { kind: 'matches', etag },
      contentType: 'application/json',
    }
    const body = new TextEncoder().encode(encodeLedger(mine))
    const outcome = await this.#props.store.put(ledgerKey(this.#props.cluster, ledger), body, options)
    if (outcome.kind === 'written') return { kind: 'written', version: { ledger: mine, etag: outcome.etag } }
    const current = await this.read(ledger)
    return current.ledger.nonce === mine.nonce ? { kind: 'written', version: current } : { kind: 'conflict' }
  }

  async decide(claim: Claim, content: ClaimContent): Promise<Fate> {
    const { store, table, encoder } = this.#props
    const body =
      content.kind === 'data'
        ? content.body
        : encoder.encode(
            table,
            table.columns.map(() => []),
          )
    const options: PutOptions = {
      condition: { kind: 'absent' },
      contentType: 'application/vnd.apache.parquet',
      metadata: { kind: content.kind, claim: claim.id },
    }
    const outcome = await store.put(claim.key, body, options)
    if (outcome.kind === 'written') return content.kind === 'data' ? 'landed' : 'fenced'
    return fateOf(claim, await store.head(claim.key))
  }

  async settle(at: TopicPartition): Promise<LedgerVersion> {
    while (true) {
      const version = await this.read(at)
      const { claim } = version.ledger
      if (!claim) return version
      const fate = await this.decide(claim, { kind: 'void' })
      const write = await this.write(decided(version.ledger, fate), version.etag)
      if (write.kind === 'written') return write.version
    }
  }
}

function fateOf(claim: Claim, found: ObjectHead | undefined): Fate {
  const fate = METADATA_FATES[found?.metadata['kind'] ?? '']
  if (fate && found?.metadata['claim'] === claim.id) return fate
  const what = found
    ? `an object of ${found.size} bytes that no consumer wrote`
    : 'an object that is gone when looked at'
  throw new TickerlakeError(
    'foreign-object',
    `At ${claim.key}, the key of a claim, stands ${what}. Nothing was written over. Move the object out of the landing ` +
      'folder and run `npm run ledger -- settle`; the mapping delivers the records again.',
    { retryable: found === undefined },
  )
}

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
