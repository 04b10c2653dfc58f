/** What an operator does meanwhile: redrives what the mapping gave up, and makes ledgers again from the landed files. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import { ledgerKey } from '../../lake/ledger/ledger-object.ts'
import { applyReset, planReset } from '../../lake/ledger/ledger-reset.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { askingFor } from '../../lake/ledger/ownership.ts'
import { redrive } from '../../lake/ledger/redrive.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Dice } from './dice.ts'

export interface MendingProps {
  readonly store: ObjectStore
  readonly cluster: string
  readonly topic: string
  readonly partitions: number
  readonly log: TopicLog
  readonly dice: Dice
}

export interface MendingCounts {
  /** Records of batches that were given up, landed by a redrive. */
  redriven: number
  /** Batches of the cluster before, refused. */
  strangers: number
  resets: number
  /** Resets that a consumer made void by going on. */
  resetsRefused: number
}

const PAUSE_MS = 2_000

export class Mending {
  readonly counts: MendingCounts = { redriven: 0, strangers: 0, resets: 0, resetsRefused: 0 }
  readonly #props: MendingProps
  readonly #ledgers: ObjectLedgers
  readonly #stopped = new AbortController()
  readonly #encoder = parquetEncoder()
  #running: Promise<void> | undefined

  constructor(props: MendingProps) {
    this.#props = props
    const { store, cluster } = props
    this.#ledgers = new ObjectLedgers({ store, cluster, encoder: this.#encoder, nonce: randomUUID })
  }

  start(): void {
    this.#running = this.#run()
  }

  /** The last round is in peace, and has to go right. */
  async finish(): Promise<void> {
    this.#stopped.abort()
    await this.#running
    for (const problem of await this.#redrive()) throw problem
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await systemClock.sleep(PAUSE_MS, this.#stopped.signal)
      // Broker and consumers are in trouble all the time; what does not go now goes in the next round.
      await this.#reset().catch(() => undefined)
      await this.#redrive().catch(() => undefined)
    }
  }

  /** What could not be landed, batches of other clusters aside. */
  async #redrive(): Promise<TickerlakeError[]> {
    const { store, log } = this.#props
    const deps = {
      store,
      log,
      brokers: [],
      ledgers: this.#ledgers,
      encoder: this.#encoder,
      warm: new Map(),
      clock: systemClock,
      freshId: randomUUID,
      random: Math.random,
    }
    const problems: TickerlakeError[] = []
    let strangers = 0
    for await (const found of redrive({ from: 0, dryRun: false }, deps)) {
      if (!(found instanceof TickerlakeError)) this.counts.redriven += found.landed
      else if (found.code === 'other-cluster') strangers++
      else problems.push(found)
    }
    this.counts.strangers = strangers
    return problems
  }

  async #reset(): Promise<void> {
    const { store, cluster, topic, partitions, dice } = this.#props
    const at = { topic, partition: dice.integer(0, partitions - 1) }
    const asking = await askingFor(cluster, store)
    const etagNow = async () => (await store.head(ledgerKey(cluster, at)))?.etag
    const files = new LandedFiles(store)
    const deps = { ledgers: this.#ledgers, files, asking, unnamed: undefined, etagNow, now: Date.now() }
    try {
      await applyReset(await planReset(at, false, deps), this.#ledgers)
      this.counts.resets++
    } catch (error) {
      if (!(error instanceof TickerlakeError && error.code === 'ledger-in-use')) throw error
      this.counts.resetsRefused++
    }
  }
}
