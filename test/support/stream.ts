/** Fetcher → history → producer → topic → consumer → compaction in memory, days in seconds, with writes that are lost on the way. */
import { TickerlakeError } from '../../lake/errors.ts'
import { land } from '../../lake/ledger/land.ts'
import type { Interval } from '../../lake/tables/bar.ts'
import type { BarRow } from '../../lake/tables/tables.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { compactionOn } from './compaction.ts'
import { aFetcher } from './fetching.ts'
import { landDeps } from './lake.ts'
import { readBars } from './lake-builder.ts'
import { MARKET, MARKET_END, MARKET_START } from './market.ts'
import { MemoryObjectStore } from './memory-object-store.ts'
import { MemoryTopic } from './memory-topic.ts'
import { aProducer } from './replays.ts'
import type { StandInSymbol } from './yahoo-stand-in.ts'

const MINUTE = 60_000

export interface StreamOptions {
  /** Every how-manieth write of fetcher and producer is lost; 0: none. */
  readonly losesEvery: number
  readonly everyMinutes: number
  readonly intervals: readonly Interval[]
  /** @default the market */
  readonly symbols?: readonly StandInSymbol[]
  /** @default the market's start */
  readonly start?: number
}

export class Stream {
  readonly store: MemoryObjectStore
  readonly topic = new MemoryTopic()
  readonly fetching: ReturnType<typeof aFetcher>
  readonly producer: ReturnType<typeof aProducer>
  readonly #options: StreamOptions
  #writes = 0
  #landed = 0
  #isLosing = false
  #isCalm = false

  constructor(options: StreamOptions) {
    this.#options = options
    const { symbols = MARKET, start = MARKET_START } = options
    const spring = (verb: string, key: string): void => {
      if (verb !== 'put' || !this.#isLosing || !/^(history|actions|fetch|replay)\//.test(key)) return
      this.#writes += 1
      if (this.#writes % options.losesEvery === 0) {
        throw new TickerlakeError('test', 'an outage', { retryable: true })
      }
    }
    this.store = new MemoryObjectStore({ before: spring, after: spring })
    const settings = { intervals: options.intervals }
    this.fetching = aFetcher({ symbols, start, store: this.store, settings })
    this.producer = aProducer({ store: this.store, settings: { speed: 'max' } })
  }

  /** One turn of all schedules; who fails comes again with the next. */
  async turn(): Promise<void> {
    this.#isLosing = this.#options.losesEvery > 0 && !this.#isCalm
    await this.fetching.run().catch(() => undefined)
    await this.#produce()
    this.#isLosing = false
    await this.#land()
    this.fetching.clock.advance(this.#options.everyMinutes * MINUTE)
  }

  /** Turn after turn, the last one at the end itself. */
  async run(): Promise<readonly BarRow[]> {
    while (this.fetching.clock.now() < MARKET_END) await this.turn()
    this.#isCalm = true
    for (let turn = 0; turn < 3; turn++) {
      this.fetching.clock.advance(MARKET_END + turn * MINUTE - this.fetching.clock.now())
      await this.turn()
    }
    return this.compact()
  }

  async #produce(): Promise<void> {
    const { producer, fetching, topic } = this
    producer.clock.advance(fetching.clock.now() - producer.clock.now())
    const before = producer.sender.batches.length
    await producer.scheduled().catch(() => undefined)
    for (const { records } of producer.sender.batches.slice(before)) await topic.send(records)
  }

  async #land(): Promise<void> {
    const records = this.topic.records.slice(this.#landed)
    if (records.length === 0) return
    await land({ topic: 'market.bars', partition: 0, records }, landDeps(this.store, { clock: this.fetching.clock }))
    this.#landed = this.topic.records.length
  }

  async compact(): Promise<readonly BarRow[]> {
    await runCompaction(compactionOn(this.store, MARKET_END))
    return readBars(this.store)
  }
}
