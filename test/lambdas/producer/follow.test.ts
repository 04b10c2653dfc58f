import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TickerlakeError } from '../../../lake/errors.ts'
import type { HistoryCell, HistoryRows } from '../../../lake/history/history-writer.ts'
import { DAY_MS, toIso } from '../../../lake/instant.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { aProducer, dailyRows, type ReplayOptions } from '../../support/replays.ts'

const FIRST = Date.UTC(2026, 0, 5)
const COLUMNS = ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume']

/** Closes by the number of the day. */
type Closes = ReadonlyMap<number, number | null>

function fileOf(closes: Closes): HistoryRows {
  const rows = [...closes].map(([day, close]): HistoryCell[] => [
    toIso(FIRST + day * DAY_MS).slice(0, 10),
    ...[close, close, close, close, close],
    1_000,
  ])
  return { columns: COLUMNS, rows }
}

const closes = (...values: readonly (number | null)[]): Closes => new Map(values.entries())
type Producer = ReturnType<typeof aProducer>

/** Symbol, day and close of every bar that was sent from a message on. */
function barsSince({ sender }: Producer, start = 0): readonly string[] {
  const bars = sender.messages.slice(start).filter(({ kind }) => kind === undefined)
  return bars.map(({ symbol, ts_event: time, close }) => `${symbol} ${String(time).slice(5, 10)} ${close}`)
}

/** A producer whose replay has come to its end. */
async function atRest(files: Readonly<Record<string, Closes>>, options: ReplayOptions = {}) {
  const producer = aProducer({ ...options, settings: { speed: 'max', ...options.settings } })
  for (const [name, of] of Object.entries(files)) await producer.keep(`${name}.parquet`, fileOf(of))
  await producer.scheduled()
  const before = producer.sender.messages.length
  const news = async (): Promise<readonly string[]> => {
    producer.clock.advance(60_000)
    const start = producer.sender.messages.length
    await producer.scheduled()
    return barsSince(producer, start)
  }
  return { producer, before, news }
}

test('a symbol that comes later on the same day is not skipped for the one that came first', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), 'BTC-USD': closes(1) })
  const sent: string[] = []
  for (let day = 1; day <= 10; day++) {
    const upTo = closes(...Array.from({ length: day + 1 }, (_, i) => 1 + i))
    await producer.keep('BTC-USD.parquet', fileOf(upTo))
    sent.push(...(await news()))
    await producer.keep('AAPL.parquet', fileOf(upTo))
    sent.push(...(await news()))
  }
  assert.equal(sent.filter((bar) => bar.startsWith('AAPL')).length, 10)
  assert.equal(sent.filter((bar) => bar.startsWith('BTC-USD')).length, 10)
})

test('a bar that was sent while it formed is sent again with its final values, and an unchanged one is not', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2, 3) })

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3.5)))
  assert.deepEqual(await news(), ['AAPL 01-07 3.5'])
  assert.deepEqual(await news(), [])
})

test('a bar without values is sent again when it has some', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, null) })

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))

  assert.deepEqual(await news(), ['AAPL 01-06 2'])
})

test('a dividend restates what came before it: exactly its rows are sent', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), MSFT: closes(1) })
  const history = dailyRows('2020-01-01', 40)
  await producer.keep('KO.parquet', history)
  assert.equal((await news()).length, 40)

  const paid = history.rows.map((row, i) => row.with(5, Number(row[5]) * (i < 25 ? 0.99 : 1)))
  await producer.keep('KO.parquet', { ...history, rows: paid })

  const sent = await news()
  assert.equal(sent.length, 25)
  assert.equal(sent.at(-1)?.slice(0, 8), 'KO 01-25')
})

test('small changes do not add up unseen: each is measured against what was sent', async () => {
  const { producer, news } = await atRest({ AAPL: closes(100) })
  const sent: string[] = []
  for (let call = 1; call <= 10; call++) {
    await producer.keep('AAPL.parquet', fileOf(closes(100 * (1 + call * 4e-7))))
    sent.push(...(await news()))
  }
  assert.equal(sent.length, 3)
})

test('prices that wobble in the seventh digit from fetch to fetch send nothing', async () => {
  const symbols = Array.from({ length: 40 }, (_, i) => `S${i}`)
  const { producer, news } = await atRest(Object.fromEntries(symbols.map((symbol) => [symbol, closes(100, 101, 99)])))
  const store = producer.store
  for (let fetch = 0; fetch < 30; fetch++) {
    const wobble = (i: number): number => 1 + ((i * 7 + fetch * 13) % 9) * 1e-7 - 4e-7
    for (const [i, symbol] of symbols.entries()) {
      await producer.keep(`${symbol}.parquet`, fileOf(closes(100 * wobble(i), 101 * wobble(i + 1), 99 * wobble(i + 2))))
    }
    assert.deepEqual(await news(), [])
  }
  assert.ok((store.objects.get('replay/cursor.json')?.body.length ?? 0) < 1_000)
})

test('a file that loses bars, goes, and comes back is said, and sends nothing again', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2, 3), MSFT: closes(1) })
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3, 4)))
  await news()

  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))
  assert.deepEqual(await news(), [])
  await producer.store.delete('history/AAPL.parquet')
  assert.deepEqual(await news(), [])
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3, 4)))
  assert.deepEqual(await news(), [])

  const said = producer.logged.filter(({ level }) => level === 'warn').map(({ message }) => message)
  assert.deepEqual(said, ['history file lost bars; they stay in the lake', 'history file gone'])
})

test('a file that breaks is named with its reason, and followed again when it is mended', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1), MSFT: closes(1) })
  await producer.keep('AAPL.parquet', new TextEncoder().encode('half an upload'))
  await producer.keep('MSFT.parquet', fileOf(closes(1, 2)))

  assert.deepEqual(await news(), ['MSFT 01-06 2'])
  assert.ok(producer.logged.some(({ fields }) => fields?.['file'] === 'history/AAPL.parquet'))
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2)))
  assert.deepEqual(await news(), ['AAPL 01-06 2'])
})

test('a file that grows while the past is replayed is followed at once, and the past of the others goes on as it was', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', fileOf(closes(...Array(40).fill(1))))
  await producer.keep('MSFT.parquet', fileOf(closes(...Array(40).fill(1))))
  await producer.scheduled()
  await producer.keep('AAPL.parquet', fileOf(closes(2, ...Array(39).fill(1), 3)))
  const before = producer.sender.messages.length
  producer.clock.advance(5_000)
  await producer.scheduled()

  const sent = barsSince(producer, before)
  assert.deepEqual(sent.slice(0, 2), ['AAPL 01-05 2', 'AAPL 01-17 1'])
  assert.equal(sent.filter((bar) => bar.startsWith('AAPL')).length, 1 + 28 + 1)
  assert.equal(sent.filter((bar) => bar.startsWith('MSFT')).length, 12)
})

test('a record of what was sent that cannot be read sends its file again, and says so', async () => {
  const { producer, news } = await atRest({ AAPL: closes(1, 2) })
  await producer.store.put('replay/sent/history/AAPL.parquet.zst', new TextEncoder().encode('garbage'))
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3)))

  assert.equal((await news()).length, 3)
  assert.ok(producer.logged.some(({ message }) => message.startsWith('sent again whole')))
})

test('of two producers that overlap one follows, and nothing is sent twice', async () => {
  const { producer, before } = await atRest({ AAPL: closes(1) })
  await producer.keep('AAPL.parquet', fileOf(closes(1, 2, 3)))
  producer.clock.advance(60_000)

  const answers = await Promise.all([producer.scheduled(), producer.scheduled()])

  assert.deepEqual(barsSince(producer, before), ['AAPL 01-06 2', 'AAPL 01-07 3'])
  assert.equal(answers.filter(({ sent }) => sent > 0).length, 1)
})

type Step =
  | { readonly kind: 'set'; readonly symbol: number; readonly day: number; readonly close: number }
  | { readonly kind: 'wobble' | 'gone'; readonly symbol: number }
  | { readonly kind: 'run'; readonly lostAt: number }

const symbol = fc.integer({ min: 0, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      symbol,
      day: fc.nat(30),
      close: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('wobble' as const, 'gone' as const), symbol }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('run' as const), lostAt: fc.integer({ min: 0, max: 12 }) }) },
)

/** Files that change under a producer whose requests are lost, and the check of what it sent in the end. */
class Ground {
  readonly producer: Producer
  readonly files = new Map<number, Map<number, number>>()
  broken = 0
  changes = 0
  #left = 0

  constructor(speed: 1 | 'max', partBytes: number) {
    const spring = (): void => {
      this.#left -= 1
      if (this.#left === 0) throw new TickerlakeError('test', 'an outage', { retryable: true })
    }
    const hook = (verb: string, key: string): void => {
      if (verb === 'put' && key.startsWith('replay/')) spring()
    }
    const store = new MemoryObjectStore({ before: hook, after: hook })
    this.producer = aProducer({ store, settings: { speed }, onSend: spring, partBytes })
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'run':
        return this.run(one.lostAt)
      case 'wobble':
        return this.#put(one.symbol, 3e-7)
      case 'gone':
        this.files.delete(one.symbol)
        return this.producer.store.delete(`history/S${one.symbol}-1d.parquet`)
      case 'set': {
        const days = this.files.get(one.symbol) ?? new Map<number, number>()
        this.files.set(one.symbol, days.set(one.day, one.close))
        this.changes += 1
        return this.#put(one.symbol)
      }
    }
  }

  async run(lostAt = 0): Promise<void> {
    this.#left = lostAt
    await this.producer.scheduled().catch(() => {
      this.broken += 1
    })
    this.#left = 0
    this.producer.clock.advance(60_000)
  }

  async #put(of: number, wobble = 0): Promise<void> {
    const days = [...(this.files.get(of) ?? [])].sort(([a], [b]) => a - b)
    if (days.length === 0) return
    await this.producer.keep(
      `S${of}-1d.parquet`,
      fileOf(new Map(days.map(([day, close]) => [day, close * (1 + wobble)]))),
    )
  }

  /** The last close of every bar, and how often one was sent with the close that it had. */
  sent(): { readonly last: ReadonlyMap<string, number>; readonly repeated: number } {
    const last = new Map<string, number>()
    let repeated = 0
    for (const bar of this.producer.sender.messages.filter(({ kind }) => kind === undefined)) {
      const name = `${bar['symbol']} ${bar['ts_event']}`
      const close = Number(bar['close'])
      if (isNear(last.get(name), close)) repeated += 1
      last.set(name, close)
    }
    return { last, repeated }
  }

  /** Bars of the files whose last version did not arrive. */
  missing(): readonly string[] {
    const { last } = this.sent()
    return [...this.files].flatMap(([of, days]) =>
      [...days].flatMap(([day, close]) => {
        const name = `S${of} ${toIso(FIRST + day * DAY_MS)}`
        return isNear(last.get(name), close) ? [] : [`${name}: ${last.get(name)} for ${close}`]
      }),
    )
  }
}

function isNear(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < 1e-5
}

test('whatever grows, changes, goes and is lost on the way, the last version of every bar arrives, and none is sent twice but in flight', async () => {
  const speeds = fc.constantFrom<1 | 'max'>(1, 'max')
  // One byte: every file is a part of its own.
  const parts = fc.constantFrom(1, 3_000, 1e6)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), speeds, parts, async (steps, speed, partBytes) => {
      const ground = new Ground(speed, partBytes)
      for (const one of steps) await ground.take(one)
      for (let i = 0; i < 6; i++) await ground.run()

      assert.deepEqual(ground.missing(), [])
      // A file that goes and comes back may be sent whole; one that changes while its past is replayed repeats a session.
      if (steps.some(({ kind }) => kind === 'gone') || ground.broken > 0) return
      assert.ok(ground.sent().repeated <= (speed === 'max' ? 0 : ground.changes))
    }),
    { numRuns: 160 },
  )
})
