/** Consumers of a topic and whoever redrives what they gave up: killed, doubled, handed records again, with clocks that differ. */
import { type LandDeps, land } from '../../../lake/ledger/land.ts'
import { ObjectLedgers } from '../../../lake/ledger/ledgers.ts'
import type { PartitionBatch } from '../../../lake/records/kafka-record.ts'
import { encoder } from '../../support/lake.ts'
import type { BarsLog } from './bars-log.ts'
import { mortalStore } from './mortal-store.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
const DEADLY = 0.04

export class LandingActor {
  readonly #world: World
  readonly #log: BarsLog
  readonly #committed: number[]
  readonly #givenUp: PartitionBatch[] = []

  constructor(world: World, log: BarsLog) {
    this.#world = world
    this.#log = log
    this.#committed = log.partitions.map(() => 0)
  }

  /** Whether everything of the topic has been landed. */
  get isDone(): boolean {
    return (
      this.#givenUp.length === 0 && this.#log.partitions.every((records, i) => this.#committed[i] === records.length)
    )
  }

  async step(): Promise<void> {
    const { dice } = this.#world
    if (this.#givenUp.length > 0 && dice.next() < 0.3) return this.#redrive()
    const partition = dice.integer(0, this.#log.partitions.length - 1)
    const from = this.#committed[partition] ?? 0
    const batch = this.#batchOf(partition, from)
    if (batch.records.length === 0) return
    if (dice.next() < 0.1) this.#givenUp.push(batch)
    else if (!(await this.#lands(batch))) return
    this.#committed[partition] = Math.max(this.#committed[partition] ?? 0, from + batch.records.length)
  }

  /** Now and then with records that were handed over before; the batch counts from `from` on. */
  #batchOf(partition: number, from: number): PartitionBatch {
    const records = this.#log.partitions[partition] ?? []
    return { topic: 'market.bars', partition, records: records.slice(from, from + this.#world.dice.integer(1, 12)) }
  }

  async #redrive(): Promise<void> {
    const [batch] = this.#givenUp
    if (batch && (await this.#lands(batch))) this.#givenUp.splice(this.#givenUp.indexOf(batch), 1)
  }

  /** By one consumer or by two at once, the second with what was handed over before as well. */
  async #lands(batch: PartitionBatch): Promise<boolean> {
    const first = batch.records[0]?.offset ?? 0
    const before = this.#log.partitions[batch.partition]?.slice(Math.max(0, first - 3), first) ?? []
    const isAgain = this.#world.dice.next() < 0.2
    const [{ failure }] = await Promise.all([
      land(batch, this.#container()),
      isAgain ? land({ ...batch, records: [...before, ...batch.records] }, this.#container()) : undefined,
    ])
    return failure === undefined
  }

  /** A cold one, whose clock may be wrong by two days. */
  #container(): LandDeps {
    const { dice, clock, freshId, store } = this.#world
    const skew = dice.next() < 0.1 ? dice.integer(-48, 48) * HOUR_MS : 0
    const mortal = mortalStore(store, dice, this.#world.isCalm ? 0 : DEADLY)
    return {
      ledgers: new ObjectLedgers({ store: mortal, cluster: this.#log.cluster, encoder, nonce: freshId }),
      warm: new Map(),
      encoder,
      clock: { now: () => clock.now() + skew, sleep: async () => undefined },
      freshId,
      random: () => dice.next(),
    }
  }
}
