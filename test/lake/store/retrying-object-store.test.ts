import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../../../lake/clock.ts'
import { TickerlakeError } from '../../../lake/errors.ts'
import { retryingObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { NOW } from '../../support/bars.ts'
import { MemoryObjectStore, type StoreHooks } from '../../support/memory-object-store.ts'

const overloaded = new TickerlakeError('object-store', 'S3 says 503', { retryable: true })

/** A clock that jumps to the end of every wait; one that can be broken off never ends by itself. */
function jumpingClock() {
  const waits: number[] = []
  let now = NOW
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      if (signal) return new Promise(() => undefined)
      waits.push(ms)
      now += ms
    },
  }
  return { clock, waits }
}

function retrying(hooks: StoreHooks, clock: Clock, deadline = NOW + 60_000) {
  return retryingObjectStore(new MemoryObjectStore(hooks), { clock, random: () => 0.999, deadline: () => deadline })
}

test('what may be tried again is, after waits that grow', async () => {
  let failures = 4
  const { clock, waits } = jumpingClock()
  const store = retrying(
    {
      before: () => {
        if (failures-- > 0) throw overloaded
      },
    },
    clock,
  )

  const outcome = await store.put('k', new Uint8Array())

  assert.equal(outcome.kind, 'written')
  assert.deepEqual(waits, [100, 200, 400, 799])
})

test('what may not be tried again is thrown at once', async () => {
  const denied = new TickerlakeError('object-store', 'access denied')
  const { clock, waits } = jumpingClock()
  const store = retrying(
    {
      before: () => {
        throw denied
      },
    },
    clock,
  )

  await assert.rejects(store.get('k'), denied)
  assert.deepEqual(waits, [])
})

test('nothing is tried past the deadline: the last error is thrown before the wait that would cross it', async () => {
  const { clock, waits } = jumpingClock()
  const store = retrying(
    {
      before: () => {
        throw overloaded
      },
    },
    clock,
    NOW + 1_000,
  )

  await assert.rejects(store.head('k'), overloaded)
  assert.ok(waits.reduce((sum, wait) => sum + wait, 0) < 1_000)
})

test('after the deadline a request is not even begun', async () => {
  const asked: string[] = []
  const { clock } = jumpingClock()
  const store = retrying({ before: (verb) => void asked.push(verb) }, clock, NOW)

  await assert.rejects(store.get('k'), /time was up/)
  assert.deepEqual(asked, [])
})

test('a request without an answer is given up at the deadline', async () => {
  const clock: Clock = { now: () => NOW, sleep: async () => undefined }
  const store = retrying({ before: () => new Promise<void>(() => undefined) }, clock)

  await assert.rejects(store.get('k'), /time was up/)
})
