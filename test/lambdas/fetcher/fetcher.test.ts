import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AAPL, at, BTC, days, HOLIDAYS, MINUTE, runUntil, SONY } from '../../support/fetched-symbols.ts'
import { aFetcher } from '../../support/fetching.ts'
import type { MemoryObjectStore } from '../../support/memory-object-store.ts'
import type { StandInSymbol } from '../../support/yahoo-stand-in.ts'

test('the first run fills the history, and the day that is still running is held back', async () => {
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-24T18:00:00Z') })

  const answer = await fetching.run()

  assert.deepEqual({ asked: answer.asked, failed: answer.failed, left: answer.left }, { asked: 1, failed: 0, left: 0 })
  const kept = await days(fetching, 'AAPL')
  assert.equal(kept[0], '2026-10-01')
  assert.equal(kept.at(-1), '2026-11-23')
})

test('nothing before a first day that is given is fetched', async () => {
  const settings = { firstDay: at('2026-11-02T00:00:00Z') }
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-24T18:00:00Z'), settings })

  await fetching.run()

  assert.equal((await days(fetching, 'AAPL'))[0], '2026-11-02')
})

test('a file of the history that somebody took away is fetched again from its beginning', async () => {
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-24T18:00:00Z') })
  await fetching.run()
  const before = await days(fetching, 'AAPL')
  await fetching.store.delete('history/yahoo/1d/AAPL.parquet')

  await runUntil(fetching, '2026-11-24T22:00:00Z')

  assert.deepEqual(await days(fetching, 'AAPL'), [...before, '2026-11-24'])
})

test('a symbol is asked for after its session and not again before the next has ended: a holiday, a half day', async () => {
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-24T18:00:00Z') })

  const asked = await runUntil(fetching, '2026-12-01T00:00:00Z')

  // Wednesday 21:20Z; Thursday is Thanksgiving; Friday ends at 13:00, 18:20Z; Monday 21:20Z.
  assert.deepEqual(asked, ['11-24T18:00 1', '11-24T21:20 1', '11-25T21:20 1', '11-27T18:20 1', '11-30T21:20 1'])
  assert.deepEqual((await days(fetching, 'AAPL')).slice(-4), ['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-30'])
})

test('when the clocks of a zone change, its close moves in UTC and the bars keep their dates', async () => {
  const fetching = aFetcher({ symbols: [AAPL, SONY], start: at('2026-10-29T00:00:00Z') })

  const asked = await runUntil(fetching, '2026-11-04T00:00:00Z')

  const closes = asked.slice(1).filter((run) => /T2/.test(run))
  assert.deepEqual(closes, ['10-29T20:20 1', '10-30T20:20 1', '11-02T21:20 1', '11-03T21:20 1'])
  assert.deepEqual((await days(fetching, 'AAPL')).slice(-3), ['2026-10-30', '2026-11-02', '2026-11-03'])
  assert.deepEqual((await days(fetching, '6758.T')).slice(-3), ['2026-10-30', '2026-11-02', '2026-11-03'])
})

test('a currency that never closes has a bar of every day, also of weekends', async () => {
  const fetching = aFetcher({ symbols: [BTC], start: at('2026-11-20T12:00:00Z') })

  const asked = await runUntil(fetching, '2026-11-24T00:00:00Z')

  assert.equal(asked.length, 4)
  assert.deepEqual((await days(fetching, 'BTC-USD')).slice(-3), ['2026-11-20', '2026-11-21', '2026-11-22'])
})

test('minutes are asked for while the session lasts, in session alone, and no minute that is forming is kept', async () => {
  const settings = { intervals: ['1m' as const] }
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-30T13:00:00Z'), settings })

  const asked = await runUntil(fetching, '2026-12-01T13:00:00Z', 20)

  assert.match(asked[1] ?? '', /T14:40/)
  assert.match(asked.at(-1) ?? '', /T21:20/)
  assert.equal(asked.length, 22)
  const today = (await fetching.history()).filter((bar) => bar.startsWith('AAPL 1m 2026-11-30'))
  assert.equal(today.length, 390)
  assert.match(today[0] ?? '', /T14:30/)
  assert.match(today.at(-1) ?? '', /T20:59/)
})

test('what a stop left out is filled in, as far back as Yahoo keeps it', async () => {
  const settings = { intervals: ['1m' as const] }
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-02T22:00:00Z'), settings })
  await fetching.run()
  fetching.clock.advance(10 * 1_440 * MINUTE)

  await fetching.run()

  const between = (await fetching.history()).filter(
    (bar) => bar.startsWith('AAPL 1m 2026-11-0') && bar > 'AAPL 1m 2026-11-03',
  )
  assert.equal(between.length, 390 * 5)
})

test('prices that wobble from call to call write no file again', async () => {
  const fetching = aFetcher({ symbols: [AAPL], start: at('2026-11-25T22:00:00Z'), wobble: 3e-7 })
  await fetching.run()
  const before = (fetching.store as MemoryObjectStore).objects.get('history/yahoo/1d/AAPL.parquet')?.etag

  await fetching.store.delete('fetch/state.json')
  const again = await fetching.run()

  assert.equal(again.bars, 0)
  assert.equal((fetching.store as MemoryObjectStore).objects.get('history/yahoo/1d/AAPL.parquet')?.etag, before)
})

test('after a split, and after a dividend, the daily history is fetched again', async () => {
  const split: StandInSymbol = { ...AAPL, symbol: 'SPLT', actions: [{ day: '2026-11-25', kind: 'split', ratio: 4 }] }
  const paid: StandInSymbol = { ...AAPL, symbol: 'PAID', actions: [{ day: '2026-11-25', kind: 'dividend', amount: 2 }] }
  const fetching = aFetcher({ symbols: [split, paid, AAPL], start: at('2026-11-24T22:00:00Z'), wobble: 0 })
  await fetching.run()
  const before = await fetching.history()
  fetching.clock.advance(1_440 * MINUTE)

  const { asked } = await fetching.run()

  assert.equal(asked, 5)
  const first = (bars: readonly string[]): number =>
    Number(bars.find((bar) => bar.startsWith('SPLT 1d 2026-10-01'))?.split(' ')[3])
  assert.ok(Math.abs(first(before) / first(await fetching.history()) - 4) < 1e-4)
})

test('a budget that is used up leaves the rest for the next run, which begins with what is longest overdue', async () => {
  const symbols = Array.from({ length: 10 }, (_, i) => ({ ...AAPL, symbol: `S${i}` }))
  const fetching = aFetcher({ symbols, start: at('2026-11-24T22:00:00Z'), settings: { budget: 4 } })

  const lefts = []
  for (let run = 0; run < 3; run++) lefts.push((await fetching.run()).left)

  assert.deepEqual(lefts, [6, 2, 0])
  assert.equal(fetching.yahoo.requests.length, 10)
})

test('the list of symbols may be an object of the bucket that people edit; a line that is none is said', async () => {
  const fetching = aFetcher({ symbols: [AAPL, BTC], start: at('2026-11-24T22:00:00Z'), settings: { symbols: 'file' } })
  await fetching.run()
  assert.ok(fetching.logged.some(({ message }) => message.startsWith('no list of symbols')))
  await fetching.store.put('fetch/symbols.txt', new TextEncoder().encode('# mine\naapl, btc-usd\n<script>\n'))

  const answer = await fetching.run()

  assert.equal(answer.asked, 2)
  assert.ok(fetching.logged.some(({ fields }) => JSON.stringify(fields).includes('<SCRIPT>')))
})

test('a run says when the next series is due, and one that is ended early leaves what it has not asked for', async () => {
  const fetching = aFetcher({ symbols: [AAPL, SONY], start: at('2026-11-24T18:00:00Z') })

  const ended = await fetching.run(900_000, AbortSignal.abort())
  const { next } = await fetching.run()

  assert.deepEqual({ asked: ended.asked, left: ended.left, failed: ended.failed }, { asked: 0, left: 2, failed: 0 })
  // Tokyo's session ends at 15:30, 06:30Z; New York's before it, at 21:00Z.
  assert.equal(next, '2026-11-24T21:20:00.000Z')
})

test('prices that moved as by a split wait until Yahoo names the split', async () => {
  const split: StandInSymbol = { ...AAPL, symbol: 'SPLT', actions: [{ day: '2026-11-25', kind: 'split', ratio: 4 }] }
  const settings = { intervals: ['1h'] as const }
  const fetching = aFetcher({ symbols: [split], start: at('2026-11-24T12:00:00Z'), settings })
  await fetching.run()
  fetching.clock.advance(at('2026-11-25T01:00:00Z') - fetching.clock.now())

  // The stand-in's prices are new from midnight on, its split is named with the opening.
  const early = await fetching.run()
  fetching.clock.advance(at('2026-11-25T22:00:00Z') - fetching.clock.now())
  const late = await fetching.run()

  assert.deepEqual([early.failed, early.bars, late.failed], [1, 0, 0])
  assert.match(JSON.stringify(fetching.logged), /SPLT at 2026-11-\S+Z moved by a factor of 4\.000/)
  const actions = await Array.fromAsync(fetching.store.list('actions/'))
  assert.deepEqual(
    actions.map(({ key }) => key),
    ['actions/month=2026-11/SPLT.parquet'],
  )
})

test('a symbol whose bar does not come after its session is counted as behind, by its own calendar', async () => {
  // The stand-in has no bar of a day that is a session in New York.
  const halted: StandInSymbol = { ...AAPL, symbol: 'HALT', holidays: [...HOLIDAYS, '2026-11-24'] }
  const fetching = aFetcher({ symbols: [halted, SONY, BTC], start: at('2026-11-24T12:00:00Z') })
  const behind = () => fetching.measured.findLast(({ name }) => name === 'SymbolsBehind')?.value

  await runUntil(fetching, '2026-11-24T23:00:00Z')
  assert.equal(behind(), 0)
  await runUntil(fetching, '2026-11-25T01:00:00Z')
  assert.equal(behind(), 1)
  await runUntil(fetching, '2026-11-26T22:00:00Z')
  assert.equal(behind(), 0)
})

test('a symbol that is added in the first minute of its first day is asked for with the next, not tomorrow', async () => {
  const settings = { intervals: ['1m' as const] }
  const coin: StandInSymbol = { ...BTC, symbol: 'NEW-USD', first: '2026-11-24' }
  const fetching = aFetcher({ symbols: [coin], start: at('2026-11-24T00:00:30Z'), settings })

  const first = await fetching.run()
  fetching.clock.advance(2 * MINUTE)
  const { bars } = await fetching.run()

  assert.deepEqual([first.gone, first.bars, first.next, bars], [[], 0, '2026-11-24T00:01:05.000Z', 2])
})

test('a symbol that is added before its first trade has its first day after its session, its minutes from the opening on', async () => {
  const settings = { intervals: ['1m' as const, '1d' as const] }
  const fresh: StandInSymbol = { ...AAPL, symbol: 'FRSH', first: '2026-11-24' }
  const fetching = aFetcher({ symbols: [fresh], start: at('2026-11-24T12:00:00Z'), settings })

  await runUntil(fetching, '2026-11-24T22:00:00Z')

  assert.deepEqual(await days(fetching, 'FRSH'), ['2026-11-24'])
  assert.equal((await fetching.history()).filter((bar) => bar.startsWith('FRSH 1m')).length, 390)
  assert.ok(!fetching.logged.some(({ message }) => message === 'symbol gone'))
})

test('a symbol that never trades is gone after its session, a currency after some days, and asked for once a day from there on', async () => {
  const settings = { intervals: ['1m' as const, '1d' as const] }
  const never: StandInSymbol = { ...AAPL, symbol: 'NONE', first: '2027-06-01' }
  const coin: StandInSymbol = { ...BTC, symbol: 'NONE-USD', first: '2027-06-01' }
  const fetching = aFetcher({ symbols: [never, coin], start: at('2026-11-24T12:00:00Z'), settings })

  await runUntil(fetching, '2026-11-29T12:00:00Z', 20)
  const before = fetching.yahoo.requests.length
  await runUntil(fetching, '2026-12-01T12:00:00Z', 20)

  const gone = fetching.logged.filter(({ message }) => message === 'symbol gone')
  assert.deepEqual(gone.map(({ fields }) => fields?.['symbol']).sort(), ['NONE', 'NONE', 'NONE-USD', 'NONE-USD'])
  // Four series once a day; of minutes a month is five requests.
  assert.ok(fetching.yahoo.requests.length - before <= 2 * (2 + 2 * 5), String(fetching.yahoo.requests.length - before))
})
