import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { DAY_MS } from '../../../lake/instant.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { FORECAST_SCORES, FORECASTS } from '../../../lake/tables/forecast-tables.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { forecast } from '../../../lambdas/forecaster/forecaster.ts'
import {
  THREE_SYMBOLS as bars,
  encode,
  encoder,
  forecastOn,
  keysBelow,
  LOADED,
  putBars,
  readTable,
  rowOf,
  upTo,
} from '../../support/forecast-lake.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'
import { walk, weekday } from '../../support/walk.ts'

describe('what the forecaster sees', () => {
  let store: MemoryObjectStore
  const run = (asOf?: number, refit = false) => forecastOn(store, asOf, refit)

  beforeEach(() => {
    store = new MemoryObjectStore()
  })

  test('leaves bars of other intervals alone', async () => {
    await putBars(store, bars)
    await run()
    const [before] = await keysBelow(store, 'models/')
    const hourly = rowOf(bars[0] ?? assert.fail())
    await store.put(
      'bars/month=2014-12/bars.parquet',
      encoder.encode(
        BARS,
        BARS.columns.map(({ name }) => [name === 'interval' ? '1h' : (hourly[name] ?? null)]),
      ),
    )

    await run(undefined, true)

    assert.deepEqual(await keysBelow(store, 'models/'), [before])
  })

  test('as of a day in the past sees neither later bars nor what was restated later', async () => {
    const asOf = weekday(250)
    await putBars(store, bars)
    await store.put('landing/bars/dt=2026-01-05/a.parquet', encode(BARS_LANDING, bars))
    await run(asOf)
    const before = await readTable(store, FORECASTS)

    const restated = bars.map((bar) => ({
      ...bar,
      close: bar.close * 3,
      adjClose: bar.day % 2 ? bar.adjClose * 3 : bar.adjClose,
      tsSent: LOADED + 5 * DAY_MS,
    }))
    await putBars(store, restated)
    await store.put('landing/bars/dt=2026-01-10/b.parquet', encode(BARS_LANDING, restated))
    await run(asOf, true)

    assert.ok(before.length > 0 && before.every(({ ts_origin }) => ts_origin === asOf * DAY_MS))
    assert.deepEqual(await readTable(store, FORECASTS), before)
  })

  test('scores a forecast whose bar came late, once, in the run that sees it', async () => {
    const late = upTo(241).filter(({ symbol, day }) => symbol !== 'A' || day <= weekday(240))
    for (const known of [upTo(240), late, upTo(242)]) {
      await putBars(store, known)
      await run()
    }

    const live = (await readTable(store, FORECAST_SCORES)).filter(({ kind }) => kind === 'live')
    assert.deepEqual(
      live
        .filter(
          ({ symbol, ts_origin, horizon }) => symbol === 'A' && ts_origin === weekday(240) * DAY_MS && horizon === 1,
        )
        .map(({ as_of }) => as_of),
      [weekday(242) * DAY_MS],
    )
  })

  test('scores once what runs of three days forecast from one origin', async () => {
    const coins = ['BTC', 'ETH'].flatMap((symbol, s) =>
      walk(symbol, 345, 7 + s).map((bar, n) => ({ ...bar, day: weekday(0) + n })),
    )
    const friday = weekday(244)
    for (const last of [friday, friday + 1, friday + 2, friday + 3]) {
      await putBars(
        store,
        [...bars, ...coins].filter(({ day }) => day <= last),
      )
      await run()
    }

    const live = (await readTable(store, FORECAST_SCORES)).filter(({ kind }) => kind === 'live')
    const names = live.map(({ symbol, ts_origin, horizon }) => `${symbol} ${ts_origin} ${horizon}`)
    assert.equal(new Set(names).size, names.length)
    assert.equal(live.filter(({ symbol }) => symbol === 'A').length, 1)
    assert.equal(live.filter(({ symbol }) => symbol === 'BTC').length, 3)
  })

  test('as of a past day, by hand, leaves what was made in time, and fills a gap', async () => {
    for (const last of [250, 255]) {
      await putBars(store, upTo(last))
      await run()
    }
    const inTime = [...store.objects].filter(([key]) => !key.startsWith('bars/')).map(([key, { etag }]) => [key, etag])
    const restated = upTo(255).map((bar) => ({
      ...bar,
      close: bar.close * 2,
      adjClose: bar.adjClose * (1 + (bar.day % 3)),
    }))
    await putBars(store, restated)

    const reports = [await run(weekday(250), true), await run(weekday(253)), await run(weekday(253))]

    assert.deepEqual(
      reports.map((report) => report.kind === 'forecast' && report.kept),
      [true, false, false],
    )
    for (const [key = '', etag] of inTime) assert.equal(store.objects.get(key)?.etag, etag, key)
  })

  test('is not moved by one bar dated ahead', async () => {
    const [stray = assert.fail()] = bars
    await putBars(store, [...upTo(250), { ...stray, day: weekday(252) }])

    const report = await run()

    assert.equal(report.kind === 'forecast' && report.asOf, isoDay(weekday(250)))
  })

  test('uses no bar dated after today', async () => {
    await putBars(store, upTo(250))
    const clock = { now: () => weekday(248) * DAY_MS + 20 * 3_600_000 }

    const report = await forecast(
      { asOf: undefined, refit: false },
      { store, parquet: parquetGroups, encoder, clock, log: silentLog },
    )

    assert.equal(report.kind === 'forecast' && report.asOf, isoDay(weekday(248)))
  })

  test('writes a reason for symbols whose bars are older than it reads, or not daily', async () => {
    await putBars(store, [...bars, ...walk('OLD', 100, 8).map((bar) => ({ ...bar, day: bar.day - 1_000 }))])
    const hourly = rowOf({ ...(bars.at(-1) ?? assert.fail()), symbol: 'FAST' })
    const cells = BARS.columns.map(({ name }) => [name === 'interval' ? '1h' : (hourly[name] ?? null)])
    await store.put('bars/month=2016-02/hourly.parquet', encoder.encode(BARS, cells))
    const longAgo = cells.map(([cell], i) => [BARS.columns[i]?.name === 'symbol' ? 'GONE' : (cell ?? null)])
    const back = longAgo.map(([cell], i) => [
      BARS.columns[i]?.name === 'ts_event' ? weekday(-600) * DAY_MS : (cell ?? null),
    ])
    await store.put('bars/month=2012-09/hourly.parquet', encoder.encode(BARS, back))

    await run()

    const skipped = (await readTable(store, FORECASTS)).filter(({ skip_reason }) => skip_reason !== null)
    assert.deepEqual(
      new Map(skipped.map(({ symbol, skip_reason }) => [symbol, skip_reason])),
      new Map([
        ['FAST', 'intraday_only: there are no daily bars to forecast from'],
        ['OLD', 'stale: the last bar is older than 2015-01-05'],
      ]),
    )
  })

  test('of versions sent at one time takes the one that compaction keeps, whichever file is read last', async () => {
    const [asOf, tsSent] = [weekday(250), (weekday(250) + 30) * DAY_MS]
    const [older, newer] = [1, 2].map((factor) =>
      upTo(250).map((bar) => ({ ...bar, close: bar.close * factor, tsSent, kafkaOffset: factor })),
    )
    for (const slow of ['a.parquet', 'b.parquet']) {
      store = new MemoryObjectStore({
        before: async (verb, key) => {
          if (verb === 'get' && key.endsWith(slow)) await delay(20)
        },
      })
      await putBars(store, newer ?? [])
      await store.put('landing/bars/dt=2016-01-05/a.parquet', encode(BARS_LANDING, older ?? []))
      await store.put('landing/bars/dt=2016-01-05/b.parquet', encode(BARS_LANDING, newer ?? []))

      await run(asOf)

      const [row] = (await readTable(store, FORECASTS)).filter(({ symbol }) => symbol === 'A')
      assert.equal(row?.['last_close'], newer?.filter(({ symbol }) => symbol === 'A').at(-1)?.close, slow)
    }
  })
})
