import { TickerlakeError } from '../errors.ts'
import type { ParquetEncoder } from '../parquet/encoder.ts'
import { JsonObjects } from '../store/json-object.ts'
import type { ObjectStore, PutOptions } from '../store/object-store.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import { type Claim, decided, emptyLedger, type Fate, type Ledger, type TopicPartition } from './ledger.ts'
import { encodeLedger, ledgerKey, ledgersIn, parseLedger } from './ledger-object.ts'
import { hasLandedFiles } from './lost-ledger.ts'

export interface ObjectLedgersProps {
  readonly store: ObjectStore
  /** The cluster in the ledgers' keys. */
  readonly cluster: string
  /** The stage that writes, said in each ledger. @default - as the ledger had it */
  readonly stage?: string
  /** A void is an empty file of the landing table, so that every engine can read it. */
  readonly encoder: ParquetEncoder
  /** Makes a UUID. */
  readonly nonce: () => string
}

/** What stands at a claim's key: its data, a void that fenced it, nothing yet, or something that is neither. */
export type Standing = Fate | 'open' | 'foreign'

const METADATA_FATES: Readonly<Record<string, Fate>> = { data: 'landed', void: 'fenced' }

/** Looks at a claim's key and decides nothing: its writer may be about to put the data. */
export async function lookAt({ key, id }: Claim, store: ObjectStore): Promise<Standing> {
  const found = await store.head(key)
  if (!found) return 'open'
  const fate = METADATA_FATES[found.metadata['kind'] ?? '']
  return fate && found.metadata['claim'] === id ? fate : 'foreign'
}

/** The ledgers of all clusters as objects; where a ledger is missing, nothing is made up. */
export function ledgerObjects(store: ObjectStore, nonce: () => string): JsonObjects<Ledger> {
  return new JsonObjects({ store, nonce, format: { encode: encodeLedger, parse: parseLedger } })
}

/** Ledgers as JSON objects that are only ever written on condition; claims as files that are put where nothing is. */
export class ObjectLedgers implements Ledgers {
  readonly cluster: string
  readonly #props: ObjectLedgersProps
  readonly #objects: JsonObjects<Ledger>

  constructor(props: ObjectLedgersProps) {
    this.cluster = props.cluster
    this.#props = props
    this.#objects = ledgerObjects(props.store, props.nonce)
  }

  async read(at: TopicPartition): Promise<LedgerVersion> {
    const found = await this.#stored(at)
    if (found) return found
    if (!(await hasLandedFiles(at, this.cluster, this.#props.store)))
      return { ledger: emptyLedger(at), etag: undefined }
    // Another writer may have begun the ledger, and landed a file, since ours was not found.
    const begun = await this.#stored(at)
    if (begun) return begun
    throw ledgerLost(at, ledgerKey(this.cluster, at))
  }

  async #stored(at: TopicPartition): Promise<LedgerVersion | undefined> {
    const found = await this.#objects.read(ledgerKey(this.cluster, at))
    return found && { ledger: found.value, etag: found.etag }
  }

  async *list(): AsyncGenerator<TopicPartition> {
    for await (const { topic, partition } of ledgersIn(this.#props.store, this.cluster)) yield { topic, partition }
  }

  async write(ledger: Ledger, etag: string | undefined): Promise<LedgerWrite> {
    const { stage = ledger.stage } = this.#props
    const mine = stage === undefined ? ledger : { ...ledger, stage }
    const write = await this.#objects.replace(ledgerKey(this.cluster, ledger), mine, etag)
    if (write.kind === 'conflict') return write
    return { kind: 'written', version: { ledger: write.version.value, etag: write.version.etag } }
  }

  look(claim: Claim): Promise<Standing> {
    return lookAt(claim, this.#props.store)
  }

  async decide(claim: Claim, content: ClaimContent): Promise<Fate> {
    const { store, encoder } = this.#props
    const options: PutOptions = {
      condition: { kind: 'absent' },
      contentType: 'application/vnd.apache.parquet',
      metadata: { kind: content.kind, claim: claim.id },
    }
    const body = content.kind === 'data' ? content.body : encoder.encode(BARS_LANDING, NO_ROWS)
    const outcome = await store.put(claim.key, body, options)
    if (outcome.kind === 'written') return content.kind === 'data' ? 'landed' : 'fenced'
    const standing = await this.look(claim)
    if (standing === 'landed' || standing === 'fenced') return standing
    throw notOurs(claim, standing)
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

const NO_ROWS = BARS_LANDING.columns.map(() => [])

function notOurs({ key }: Claim, standing: 'open' | 'foreign'): TickerlakeError {
  const what = standing === 'foreign' ? 'an object that no consumer wrote' : 'an object that is gone when looked at'
  return new TickerlakeError(
    'foreign-object',
    `At ${key}, the key of a claim, stands ${what}. Nothing was written over. Move the object out of the landing ` +
      'folder and run `npm run ledger -- settle`; the mapping delivers the records again.',
    { retryable: standing === 'open' },
  )
}

function ledgerLost({ topic, partition }: TopicPartition, key: string): TickerlakeError {
  return new TickerlakeError(
    'ledger-lost',
    `The offset ledger ${key} is not there, yet files of ${topic}-${partition} have landed: to begin again would land ` +
      'their records twice. Nothing was landed. Put an older version of the object back, or make the ledger again from the ' +
      `landed files: \`npm run ledger -- reset --topic ${topic} --partition ${partition}\`.`,
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
  readonly cluster: string
  /**
   * The ledger as it stands; an empty one where nothing has landed yet. Throws `ledger-corrupt` for what is not a ledger,
   * and `ledger-lost` where there is none although files have landed.
   */
  read(at: TopicPartition): Promise<LedgerVersion>
  /** Every topic partition that has a ledger. */
  list(): AsyncIterable<TopicPartition>
  /** Replaces the version that `etag` names. Anybody else's write in between is a conflict, and nothing is written. */
  write(ledger: Ledger, etag: string | undefined): Promise<LedgerWrite>
  /** What stands at the claim's key now; nothing is decided. */
  look(claim: Claim): Promise<Standing>
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

/**
 * Ledgers for a command that means one stage: one whose last writer was another stage's consumer is refused. Consumers
 * themselves do not ask, for a lake may be handed on to another stage, and the stream goes on.
 */
export function ledgersOfStage(ledgers: Ledgers, stage: string): Ledgers {
  const read = async (at: TopicPartition): Promise<LedgerVersion> => {
    const version = await ledgers.read(at)
    const writer = version.ledger.stage
    if (writer === undefined || writer === stage) return version
    throw new TickerlakeError(
      'other-stage',
      `The stage ${stage} was asked for, and the ledger of ${at.topic}-${at.partition} is kept by the consumer of ${writer}: nothing was changed. Give --stage ${writer} if that one is meant; a ledger is ${stage}'s once its consumer has landed a batch.`,
    )
  }
  return {
    cluster: ledgers.cluster,
    read,
    list: () => ledgers.list(),
    write: (ledger, etag) => ledgers.write(ledger, etag),
    look: (claim) => ledgers.look(claim),
    decide: (claim, content) => ledgers.decide(claim, content),
    async settle(at) {
      await read(at)
      return ledgers.settle(at)
    },
  }
}
