/** A split of four for one and two dividends in mid-stream, by the day and by the minute: three bases against an oracle. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderQuery } from '../../lake/queries/saved-query.ts'
import { readSavedQueries } from '../../lake/queries/saved-query-files.ts'
import { lakeOn } from '../support/compaction.ts'
import { lakeEngine, type Row, rowsOf } from '../support/lake-engine.ts'
import { MARKET, MARKET_END } from '../support/market.ts'
import { basesUnlikeMarket, instantOf } from '../support/market-rows.ts'
import { Stream } from '../support/stream.ts'

const [AAPL] = MARKET.slice(0, 1)
assert.ok(AAPL)
/** More than a month before the split: Yahoo no longer restates these minutes. */
const START = Date.parse('2025-10-13T12:00:00Z')

for (const losesEvery of [0, 2, 3]) {
  test(`three bases, ${losesEvery === 0 ? 'without a fault' : `every write of ${losesEvery} lost`}`, async () => {
    const stream = new Stream({
      losesEvery,
      everyMinutes: 720,
      intervals: ['1d', '1m'],
      symbols: [{ ...AAPL, first: '2025-10-01' }],
      start: START,
    })
    await stream.run()
    const engine = lakeEngine(lakeOn(stream.store))
    const rows = await rowsOf(engine, 'SELECT * FROM bars_bases')

    assert.deepEqual(basesUnlikeMarket(rows, AAPL, MARKET_END).slice(0, 3), [])
    const counts = Map.groupBy(rows, ({ interval }) => interval)
    assert.equal(counts.get('1d')?.length, 43)
    assert.ok((counts.get('1m')?.length ?? 0) > 12_000)
    assert.ok(new Set(rows.map(({ source }) => source)).size > 1)
  })
}

test('as of a time, splits and dividends that were not known then leave prices as they stood', async () => {
  const stream = new Stream({ losesEvery: 0, everyMinutes: 720, intervals: ['1d'], symbols: [AAPL] })
  await stream.run()
  const query = readSavedQueries().find(({ name }) => name === 'bases-as-of')
  assert.ok(query)
  const engine = lakeEngine(lakeOn(stream.store))

  for (const asOf of ['2025-11-07 22:00', '2025-11-14 22:00', '2025-11-21 22:00', '2025-11-26 22:00']) {
    const rows: readonly Row[] = await rowsOf(engine, renderQuery(query, { symbol: 'AAPL', as_of: asOf }))

    assert.deepEqual(basesUnlikeMarket(rows, AAPL, instantOf(asOf)).slice(0, 3), [])
    assert.equal(instantOf(rows.at(-1)?.['ts_event']), Date.parse(asOf.slice(0, 10)))
  }
})
