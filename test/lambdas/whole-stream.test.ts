/** Fetcher → history → producer → topic → consumer → compaction, days in seconds, for stocks of two zones and a currency of none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TickerlakeError } from '../../lake/errors.ts'
import { land } from '../../lake/ledger/land.ts'
import type { BarRow } from '../../lake/tables/tables.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { compactionOn } from '../support/compaction.ts'
import { aFetcher } from '../support/fetching.ts'
import { landDeps } from '../support/lake.ts'
import { readBars } from '../support/lake-builder.ts'
import { MemoryObjectStore } from '../support/memory-object-store.ts'
import { MemoryTopic } from '../support/memory-topic.ts'
import { aProducer } from '../support/replays.ts'
import {
  CRYPTO,
  dayValues,
  minuteValues,
  NEW_YORK,
  type StandInSymbol,
  sessionOf,
  TOKYO,
} from '../support/yahoo-stand-in.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const START = Date.parse('2026-10-29T12:00:00Z')
const END = Date.parse('2026-12-01T00:00:00Z')

/** A split of four for one in mid-stream, Thanksgiving, a half day, and the end of summer time on 1 November. */
const AAPL: StandInSymbol = {
  ...NEW_YORK,
  symbol: 'AAPL',
  first: '2026-10-01',
  holidays: ['2026-11-26'],
  earlyEnds: { '2026-11-27': 13 * 60 },
  actions: [
    { day: '2026-11-10', kind: 'dividend', amount: 1 },
    { day: '2026-11-17', kind: 'split', ratio: 4 },
  ],
}
const SONY: StandInSymbol = { ...TOKYO, symbol: '6758.T', first: '2026-10-01', holidays: ['2026-11-03', '2026-11-23'] }
const BTC: StandInSymbol = { ...CRYPTO, symbol: 'BTC-USD', first: '2026-10-01' }
const SYMBOLS = [AAPL, SONY, BTC]

interface StreamOptions {
  /** Every how-manieth write of fetcher and producer is lost; 0: none. */
  readonly losesEvery: number
  readonly everyMinutes: number
  readonly intervals: readonly ('1d' | '1h')[]
}

class Stream {
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
    const spring = (verb: string, key: string): void => {
      if (verb !== 'put' || !this.#isLosing || !/^(history|fetch|replay)\//.test(key)) return
      this.#writes += 1
      if (this.#writes % options.losesEvery === 0) {
        throw new TickerlakeError('test', 'an outage', { retryable: true })
      }
    }
    this.store = new MemoryObjectStore({ before: spring, after: spring })
    const settings = { intervals: options.intervals }
    this.fetching = aFetcher({ symbols: SYMBOLS, start: START, store: this.store, settings })
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
    while (this.fetching.clock.now() < END) await this.turn()
    this.#isCalm = true
    for (let turn = 0; turn < 3; turn++) {
      this.fetching.clock.advance(END + turn * MINUTE - this.fetching.clock.now())
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
    await runCompaction(compactionOn(this.store, END))
    return readBars(this.store)
  }
}

/** The final bars of a market as Yahoo states them at the end. */
function expectedBars(interval: '1d' | '1h'): ReadonlyMap<string, readonly [close: number, volume: number]> {
  const from = Date.parse('2026-10-01')
  const days = Array.from({ length: (END - from) / DAY + 1 }, (_, i) => from + i * DAY)
  const over = { isOver: true, now: END }
  const bars = SYMBOLS.flatMap((symbol) =>
    days.flatMap((day) => {
      const session = sessionOf(symbol, day)
      if (!session) return []
      if (interval === '1d') {
        if (session.end + 20 * MINUTE > END) return []
        const [, , , close, volume] = dayValues(symbol, day, over)
        return [[`${symbol.symbol} ${day}`, [close, volume] as const] as const]
      }
      const count = Math.ceil((session.end + MINUTE - session.start) / (60 * MINUTE))
      const hours = Array.from({ length: count }, (_, i) => session.start + i * 60 * MINUTE)
      return hours
        .filter((at) => at < session.end && at + 61 * MINUTE <= END)
        .map((at) => {
          const [, , , close, volume] = minuteValues(symbol, at, over)
          return [`${symbol.symbol} ${at}`, [close, volume] as const] as const
        })
    }),
  )
  return new Map(bars)
}

function differences(rows: readonly BarRow[], interval: '1d' | '1h'): readonly string[] {
  const own = new Map(
    rows.filter((row) => row.interval === interval).map((row) => [`${row.symbol} ${row.ts_event}`, row]),
  )
  const expected = expectedBars(interval)
  const wrong = [...expected].filter(([name, [close, volume]]) => {
    const row = own.get(name)
    return !row || Math.abs(row.close / close - 1) > 2e-6 || Number(row.volume) !== volume
  })
  const extra = [...own.keys()].filter((name) => !expected.has(name))
  return [...wrong.map(([name]) => `wrong or missing: ${name}`), ...extra.map((name) => `extra: ${name}`)]
}

/** How often a bar was sent without a change that counts. */
function repeated({ producer }: Stream): number {
  const last = new Map<string, string>()
  let count = 0
  for (const bar of producer.sender.messages.filter(({ kind }) => kind === undefined)) {
    const name = `${bar['symbol']} ${bar['interval']} ${bar['ts_event']}`
    const values = ['open', 'high', 'low', 'close', 'adj_close', 'volume'].map((field) =>
      Number(bar[field]).toPrecision(5),
    )
    const said = values.join(' ')
    if (last.get(name) === said) count += 1
    last.set(name, said)
  }
  return count
}

test('a month of two zones, a currency, a split and a dividend: every final bar with its final values, none sent twice unchanged', async () => {
  const stream = new Stream({ losesEvery: 0, everyMinutes: 480, intervals: ['1d'] })

  const rows = await stream.run()

  assert.deepEqual(differences(rows, '1d'), [])
  assert.equal(repeated(stream), 0)
  assert.ok(stream.topic.records.length > rows.length + 20, 'what was restated stands in bars_versions too')
})

test('hourly bars of a month, over the change of the clocks, a holiday and a half day', async () => {
  const stream = new Stream({ losesEvery: 0, everyMinutes: 1_440, intervals: ['1h'] })

  assert.deepEqual(differences(await stream.run(), '1h'), [])
})

test('with a write lost at every step it goes on, and in the end every bar has its final values', async () => {
  const stream = new Stream({ losesEvery: 3, everyMinutes: 480, intervals: ['1d'] })

  assert.deepEqual(differences(await stream.run(), '1d'), [])
})
