import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TickerlakeError } from '../../../lake/errors.ts'
import { DAY_MS, toIso } from '../../../lake/instant.ts'
import { FIRST, fileOf, type Producer } from '../../support/followed-files.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { aProducer } from '../../support/replays.ts'

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
