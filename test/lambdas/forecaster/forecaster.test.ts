import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { DAY_MS } from '../../../lake/instant.ts'
import { FORECAST_SCORES, FORECASTS } from '../../../lake/tables/forecast-tables.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { THREE_SYMBOLS as bars, forecastOn, keysBelow, putBars, readTable, upTo } from '../../support/forecast-lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { walk, walks, weekday } from '../../support/walk.ts'

describe('the forecaster', () => {
  let store: MemoryObjectStore
  const run = (asOf?: number, refit = false) => forecastOn(store, asOf, refit)

  beforeEach(() => {
    store = new MemoryObjectStore()
  })

  test('has nothing to say of an empty lake', async () => {
    assert.deepEqual(await run(), { kind: 'no-bars', asOf: null })
  })

  test('fits a model, writes a forecast a symbol and horizon, and what such forecasts were worth', async () => {
    await putBars(store, bars)

    const report = await run()

    assert.equal(report.kind === 'forecast' && report.refitted, true)
    const rows = await readTable(store, FORECASTS)
    assert.equal(rows.length, 12)
    for (const row of rows) {
      assert.equal(row['as_of'], weekday(299) * DAY_MS)
      assert.ok(Number(row['q025']) < Number(row['q50']) && Number(row['q50']) < Number(row['q975']))
      assert.ok(Math.abs(Number(row['p90']) / Number(row['last_close']) - Math.exp(Number(row['q90']))) < 1e-12)
    }
    const scores = await readTable(store, FORECAST_SCORES)
    assert.ok(scores.length > 0)
    assert.ok(
      scores.every(
        ({ kind, pinball, pinball_random_walk }) =>
          kind === 'walk-forward' && Number(pinball) > 0 && Number(pinball_random_walk) > 0,
      ),
    )
    const [model] = await keysBelow(store, 'models/')
    assert.match(model ?? '', /^models\/pts-3-2016-02-26-[0-9a-f]{16}\.json$/)
  })

  test('reads every older file of bars once where it fits, and none of them where it does not', async () => {
    await putBars(store, walks(2, 800))
    const read: string[] = []
    const watched = new MemoryObjectStore({
      before: async (verb, key) => {
        if (verb === 'get' && key.startsWith('bars/')) read.push(key)
      },
    })
    for (const key of await keysBelow(store, 'bars/')) {
      await watched.put(key, (await store.get(key))?.body ?? assert.fail())
    }
    store = watched

    await run()
    const first = read.splice(0)
    await run()

    const [oldest, ...others] = [...new Set(first)].sort()
    assert.ok(oldest && others.length > 30)
    assert.deepEqual([...first].sort().slice(0, -4), [...new Set(first)].sort().slice(0, -2))
    assert.ok(!read.includes(oldest))
  })

  test('run again, writes the same bytes with the model that it has', async () => {
    await putBars(store, bars)
    await run()
    const before = new Map([...store.objects].map(([key, { etag }]) => [key, etag]))

    const report = await run()

    assert.equal(report.kind === 'forecast' && report.refitted, false)
    assert.deepEqual(new Map([...store.objects].map(([key, { etag }]) => [key, etag])), before)
  })

  test('asked to, fits the same model again from the same bars', async () => {
    await putBars(store, bars)
    await run()
    const before = new Map([...store.objects].map(([key, { etag }]) => [key, etag]))

    const report = await run(undefined, true)

    assert.equal(report.kind === 'forecast' && report.refitted, true)
    assert.deepEqual(new Map([...store.objects].map(([key, { etag }]) => [key, etag])), before)
  })

  test('scores each forecast once, in the first run after its target', async () => {
    for (const last of [240, 241, 245, 262]) {
      await putBars(store, upTo(last))
      await run()
    }

    const live = (await readTable(store, FORECAST_SCORES)).filter(({ kind }) => kind === 'live')
    const names = live.map(({ symbol, ts_origin, horizon }) => `${symbol} ${ts_origin} ${horizon}`)
    assert.equal(new Set(names).size, names.length)
    // From 240: 1 | 5 | 10, 20; from 241: 1 | 5, 10, 20; from 245: 1, 5, 10. Each for three symbols.
    const counts = Map.groupBy(live, ({ as_of }) => isoDay(Number(as_of) / DAY_MS))
    assert.deepEqual(
      [...counts.values()].map(({ length }) => length),
      [3, 6, 24],
    )
    for (const { ts_origin, ts_target, horizon, realised, symbol } of live) {
      const series = bars.filter((bar) => bar.symbol === symbol)
      const at = series.findIndex(({ day }) => day * DAY_MS === ts_origin)
      const [origin, target] = [series[at], series[at + Number(horizon)]]
      assert.ok(origin && target)
      assert.equal(ts_target, target.day * DAY_MS)
      assert.ok(Math.abs(Number(realised) - Math.log(target.adjClose / origin.adjClose)) < 1e-12)
    }
  })

  test('fits again when sixty dates have passed', async () => {
    const refits: boolean[] = []
    for (const last of [200, 259, 260]) {
      await putBars(store, upTo(last))
      const report = await run()
      refits.push(report.kind === 'forecast' && report.refitted)
    }

    assert.deepEqual(refits, [true, false, true])
  })

  test('fits again when the lake has got many more symbols', async () => {
    await putBars(
      store,
      bars.filter(({ symbol }) => symbol === 'A'),
    )
    await run()
    await putBars(store, bars)

    const [first, second] = [await run(), await run()]

    assert.ok(first.kind === 'forecast' && second.kind === 'forecast')
    assert.deepEqual([first.refitted, second.refitted], [true, false])
    assert.equal(second.modelVersion, first.modelVersion)
  })

  test('writes why a symbol is skipped, and forecasts the others', async () => {
    await putBars(store, [...bars, ...walk('YOUNG', 300, 9).slice(-30), ...walk('OLD', 200, 8)])

    const report = await run()

    assert.equal(report.kind === 'forecast' && report.skipped, 2)
    const skipped = (await readTable(store, FORECASTS)).filter(({ skip_reason }) => skip_reason !== null)
    assert.deepEqual(
      new Map(skipped.map(({ symbol, skip_reason }) => [symbol, skip_reason])),
      new Map([
        ['OLD', 'stale: the last bar is of 2015-10-09'],
        ['YOUNG', 'short_history: 30 bars, 60 are needed'],
      ]),
    )
    assert.ok(skipped.every(({ q50, sigma, p50 }) => [q50, sigma, p50].every((cell) => cell === null)))
  })
})
