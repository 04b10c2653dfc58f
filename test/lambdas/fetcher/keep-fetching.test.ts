import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepFetching } from '../../../lambdas/fetcher/keep-fetching.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'
import { VirtualClock } from '../../support/virtual-clock.ts'
import { CRYPTO, YahooStandIn } from '../../support/yahoo-stand-in.ts'

const BTC = { ...CRYPTO, symbol: 'BTC-USD', first: '2026-11-20' }

async function watched(runs: number): Promise<{ readonly times: readonly string[]; readonly requests: number }> {
  const clock = new VirtualClock(Date.parse('2026-11-24T18:00:20Z'))
  const yahoo = new YahooStandIn({ symbols: [BTC], now: () => clock.now() })
  const ending = new AbortController()
  const times: string[] = []
  const endpoint = await yahoo.listen()
  const place = { store: new MemoryObjectStore(), clock, log: silentLog, signal: ending.signal, endpoint }
  await keepFetching({ symbols: ['BTC-USD'], intervals: ['1m'], years: 1 }, place, ({ bars }) => {
    times.push(`${new Date(clock.now()).toISOString().slice(11, 19)} ${bars > 0}`)
    if (times.length === runs) ending.abort()
  })
  await yahoo.close()
  return { times, requests: yahoo.requests.length }
}

test('each minute is asked for five seconds after its end, until the signal', async () => {
  const { times } = await watched(4)

  assert.deepEqual(times, ['18:00:20 true', '18:01:05 true', '18:02:05 true', '18:03:05 true'])
})

test('a signal ends it after what is under way', async () => {
  const { times } = await watched(1)

  assert.equal(times.length, 1)
})
