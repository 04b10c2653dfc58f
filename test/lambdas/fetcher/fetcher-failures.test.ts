import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TickerlakeError } from '../../../lake/errors.ts'
import { AAPL, at, BTC, days, type Fetching, MINUTE, runUntil, SONY } from '../../support/fetched-symbols.ts'
import { aFetcher, type FetchingOptions } from '../../support/fetching.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import type { StandInFailure, StandInSymbol } from '../../support/yahoo-stand-in.ts'

async function outage(fetching: Fetching, end: string): Promise<void> {
  fetching.yahoo.failures.push(...Array<StandInFailure>(1_000).fill(503))
  await runUntil(fetching, end, 1)
  fetching.yahoo.failures.length = 0
}

test('a symbol that Yahoo no longer has is said once, and asked for once a day', async () => {
  const fetching = aFetcher({ symbols: [AAPL, BTC], start: at('2026-11-24T22:00:00Z') })
  await fetching.run()
  fetching.yahoo.delist('BTC-USD')

  await runUntil(fetching, '2026-11-29T00:00:00Z', 30)

  const said = fetching.logged.filter(({ message }) => message === 'symbol gone')
  assert.deepEqual(
    said.map(({ fields }) => fields?.['symbol']),
    ['BTC-USD'],
  )
  const asked = fetching.yahoo.requests.filter(({ pathname }) => pathname.endsWith('BTC-USD')).length
  assert.ok(asked <= 6, `${asked} requests`)
  fetching.yahoo.list(BTC)
  await runUntil(fetching, '2026-11-30T06:00:00Z', 30)
  assert.equal((await days(fetching, 'BTC-USD')).at(-1), '2026-11-29')
})

test('a request that fails is made again after a pause, and whatever fails stops no other symbol', async () => {
  for (const failure of [503, 'html', 'nothing', 'cut'] satisfies StandInFailure[]) {
    const fetching = aFetcher({ symbols: [AAPL, BTC], start: at('2026-11-24T22:00:00Z') })
    fetching.yahoo.failures.push(failure)
    const answer = await fetching.run()
    assert.deepEqual({ asked: answer.asked, failed: answer.failed }, { asked: 3, failed: 0 }, String(failure))
  }
  const fetching = aFetcher({ symbols: [AAPL, BTC], start: at('2026-11-24T22:00:00Z') })
  fetching.yahoo.failures.push(503, 503, 503, 503, 503)
  const answer = await fetching.run()
  assert.equal(answer.failed, 1)
  assert.equal((await fetching.history()).length > 0, true)
})

test('who is refused again and again leaves Yahoo alone for a quarter of an hour, then goes on', async () => {
  const fetching = aFetcher({ symbols: [AAPL, BTC, SONY], start: at('2026-11-24T22:00:00Z') })
  fetching.yahoo.failures.push(...Array<StandInFailure>(9).fill(429))

  const refused = await fetching.run()
  assert.ok(refused.pausedUntil)
  fetching.yahoo.failures.length = 0
  fetching.clock.advance(5 * MINUTE)
  assert.equal((await fetching.run()).asked, 0)
  fetching.clock.advance(15 * MINUTE)
  await fetching.run()
  fetching.clock.advance(15 * MINUTE)
  await fetching.run()
  for (const symbol of ['AAPL', 'BTC-USD', '6758.T']) assert.ok((await days(fetching, symbol)).length > 30, symbol)
})

test('requests that failed for hours are no answers: a split that is not named yet, a first bar are waited for behind them', async () => {
  const split: StandInSymbol = { ...AAPL, symbol: 'SPLT', actions: [{ day: '2026-11-25', kind: 'split', ratio: 4 }] }
  const settings = { intervals: ['1h'] as const }
  const splitting = aFetcher({ symbols: [split], start: at('2026-11-24T12:00:00Z'), settings })
  const fresh: StandInSymbol = { ...AAPL, symbol: 'FRSH', first: '2026-11-24' }
  const trading = aFetcher({ symbols: [fresh], start: at('2026-11-24T05:00:00Z') })
  await splitting.run()
  splitting.clock.advance(3 * 60 * MINUTE)

  await outage(splitting, '2026-11-25T01:00:00Z')
  await outage(trading, '2026-11-24T13:00:00Z')

  await runUntil(splitting, '2026-11-25T09:00:00Z', 30)
  const said = splitting.logged.map(({ fields }) => String(fields?.['error'] ?? ''))
  assert.ok(said.some((error) => /^The price of SPLT at 2026-11-\S+Z moved by a factor of 4\.000/.test(error)))
  await runUntil(trading, '2026-11-24T22:00:00Z', 30)
  assert.deepEqual(await days(trading, 'FRSH'), ['2026-11-24'])
})

test('wherever a run dies and whatever fails, the history is complete in the end and holds no bar that was forming', async () => {
  const outage = (): TickerlakeError => new TickerlakeError('test', 'an outage', { retryable: true })
  const failure = fc.constantFrom<StandInFailure>(429, 503, 'html', 'nothing', 'cut')
  const scenario = fc.record({
    failures: fc.array(failure, { maxLength: 8 }),
    lostAt: fc.array(fc.nat(12), { maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(scenario, async ({ failures, lostAt }) => {
      let left = 0
      const spring = (verb: string): void => {
        if (verb === 'put' && --left === 0) throw outage()
      }
      const store = new MemoryObjectStore({ before: spring, after: spring })
      const options: FetchingOptions = { symbols: [AAPL, SONY, BTC], start: at('2026-11-23T10:00:00Z'), store }
      const fetching = aFetcher(options)
      fetching.yahoo.failures.push(...failures)
      for (const lost of lostAt) {
        left = lost
        await fetching.run().catch(() => undefined)
        fetching.clock.advance(7 * 60 * MINUTE)
      }
      left = 0
      await runUntil(fetching, '2026-12-02T12:00:00Z', 60)

      const [aapl, sony, btc] = await Promise.all(['AAPL', '6758.T', 'BTC-USD'].map((symbol) => days(fetching, symbol)))
      const expected = (await expectedDays()).map((all) => all.length)
      assert.deepEqual([aapl?.length, sony?.length, btc?.length], expected)
    }),
    { numRuns: 8 },
  )
})

/** What a fetcher that nothing happens to has. */
async function expectedDays(): Promise<readonly (readonly string[])[]> {
  const quiet = aFetcher({ symbols: [AAPL, SONY, BTC], start: at('2026-12-02T11:00:00Z') })
  await quiet.run()
  return Promise.all(['AAPL', '6758.T', 'BTC-USD'].map((symbol) => days(quiet, symbol)))
}
