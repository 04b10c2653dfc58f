import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TickerlakeError } from '../../../lake/errors.ts'
import { BATCH_ROWS } from '../../../lake/replay/replay-pace.ts'
import { MemoryObjectStore, type StoreHooks } from '../../support/memory-object-store.ts'
import { aProducer, byHand, dailyRows } from '../../support/replays.ts'

const outage = (): TickerlakeError => new TickerlakeError('test', 'an outage', { retryable: true })
const CURSOR = 'replay/cursor.json'

/** What can go wrong around one request, at the how-manieth of an invocation. */
interface Fault {
  readonly where: 'send-lost' | 'send-unanswered' | 'save-lost' | 'save-unanswered'
  readonly nth: number
}

const fault: fc.Arbitrary<Fault> = fc.record({
  where: fc.constantFrom('send-lost', 'send-unanswered', 'save-lost', 'save-unanswered'),
  nth: fc.integer({ min: 1, max: 8 }),
})

/** Throws at the nth call after it is armed. */
function trap() {
  let left = 0
  return {
    arm: (nth: number) => {
      left = nth
    },
    spring: () => {
      left -= 1
      if (left === 0) throw outage()
    },
  }
}

test('whatever is lost and wherever an invocation ends, every bar is sent, in order, and only the window in flight twice', async () => {
  const scenario = fc.record({
    days: fc.integer({ min: 1, max: 40 }),
    faults: fc.array(fault, { maxLength: 6 }),
    invocationMs: fc.integer({ min: 6_000, max: 90_000 }),
  })
  await fc.assert(
    fc.asyncProperty(scenario, async ({ days, faults, invocationMs }) => {
      const traps = { 'send-lost': trap(), 'send-unanswered': trap(), 'save-lost': trap(), 'save-unanswered': trap() }
      const onCursor =
        (at: 'save-lost' | 'save-unanswered'): NonNullable<StoreHooks['before']> =>
        (verb, key) => {
          if (verb === 'put' && key === CURSOR) traps[at].spring()
        }
      const store = new MemoryObjectStore({ before: onCursor('save-lost'), after: onCursor('save-unanswered') })
      const producer = aProducer({ store, invocationMs, onSend: () => traps['send-lost'].spring() })
      const { sender } = producer
      const send = sender.send.bind(sender)
      sender.send = async (records) => {
        await send(records)
        traps['send-unanswered'].spring()
      }
      await producer.keep('AAPL.parquet', dailyRows('2013-03-01', days))
      await producer.keep('MSFT.parquet', dailyRows('2013-03-10', days))

      let broken = 0
      for (const { where, nth } of faults) {
        traps[where].arm(nth)
        await producer.scheduled().catch(() => (broken += 1))
        producer.clock.advance(60_000)
      }
      for (const { arm } of Object.values(traps)) arm(0)
      while (!(await producer.scheduled()).done) producer.clock.advance(5_000)

      const bars = sender.messages.filter(({ kind }) => kind === undefined)
      const names = bars.map(({ ts_event, symbol }) => `${ts_event} ${symbol}`)
      const first = [...new Set(names)]
      assert.equal(first.length, 2 * days)
      assert.deepEqual(first, first.toSorted())
      assert.ok(names.length - first.length <= 2 * broken, 'a session of two bars for each invocation that broke')
      const markers = sender.messages.length - bars.length
      assert.ok(markers >= 1 && markers <= 1 + broken)
    }),
    { numRuns: 60 },
  )
})

test('of two invocations that overlap one waits for the other, and no bar is sent twice', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 60))
  const { sender } = producer
  let second: ReturnType<typeof producer.scheduled> | undefined
  const send = sender.send.bind(sender)
  sender.send = async (records) => {
    second ??= producer.scheduled()
    await send(records)
  }

  const first = await producer.scheduled()

  assert.ok(second)
  const opens = sender.messages.map((message) => message['open'])
  assert.equal(new Set(opens).size, opens.length)
  assert.equal((await second).busy || (await second).sent > 0, true)
  assert.equal(first.busy, false)
})

test('who comes back after its lease learns that another took over, and sends no more', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 2 * BATCH_ROWS))
  const { sender, clock } = producer
  const send = sender.send.bind(sender)
  let isPaused = false
  sender.send = async (records) => {
    await send(records)
    if (isPaused) return
    isPaused = true
    clock.advance(60_000)
    await producer.invoke(byHand())
  }

  await assert.rejects(producer.invoke(byHand()), /Another replay took over replay\/runs\/run-1\.json/)

  const sent = sender.messages.length - 1
  assert.equal(sent, 3 * BATCH_ROWS, 'the batch that was sent before the pause comes twice')
})

test('a lease that its holder never gave back ends by itself', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 5))
  const crashed = producer.invoke(byHand({}, 'run-1', 1), {
    sender: { send: () => new Promise(() => {}), close: async () => {} },
  })
  void crashed
  await new Promise(setImmediate)

  const early = await producer.invoke(byHand({}, 'run-1', 'max'))
  producer.clock.advance(30_000)
  const late = await producer.invoke(byHand({}, 'run-1', 'max'))

  assert.deepEqual({ busy: early.busy, sent: early.sent }, { busy: true, sent: 0 })
  assert.deepEqual({ busy: late.busy, sent: late.sent, done: late.done }, { busy: false, sent: 6, done: true })
})

test('a cursor that is none stops the replay before anything is sent', async () => {
  const producer = aProducer()
  await producer.keep('AAPL.parquet', dailyRows('2013-03-01', 5))
  await producer.store.put(CURSOR, new TextEncoder().encode('{"format":0}'))

  await assert.rejects(producer.scheduled(), /replay\/cursor\.json is not a replay cursor .* Delete it/)
  assert.equal(producer.sender.batches.length, 0)
})
