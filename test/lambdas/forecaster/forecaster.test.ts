import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { DAY_MS } from '../../../lake/instant.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { cellAt } from '../../../lake/tables/cells.ts'
import { FORECAST_SCORES, FORECASTS } from '../../../lake/tables/forecast-tables.ts'
import { type Table, tablePartitionOf, tablePartitionPrefix } from '../../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { type ForecastReport, forecast } from '../../../lambdas/forecaster/forecaster.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'
import { type WalkBar, walk, walks, weekday } from '../../support/walk.ts'

const encoder = parquetEncoder()
const log = silentLog

/** When the lake was filled; long after every bar. */
const LOADED = Date.UTC(2026, 0, 5)

type Cell = string | number | null
interface LakeBar extends WalkBar {
  readonly tsSent?: number
  readonly kafkaOffset?: number
}

function rowOf(bar: LakeBar): Readonly<Record<string, Cell>> {
  const { symbol, day, adjClose, tsSent = LOADED, kafkaOffset = 0, ...prices } = bar
  const fixed = {
    interval: '1d',
    source: 'test',
    run_id: null,
    topic: 't',
    kafka_partition: 0,
    kafka_offset: kafkaOffset,
    flags: '',
  }
  return { ...prices, ...fixed, symbol, ts_event: day * DAY_MS, adj_close: adjClose, ts_sent: tsSent, ts_recv: tsSent }
}

function encode(table: Table, bars: readonly LakeBar[]): Uint8Array {
  const rows = bars.map(rowOf)
  return encoder.encode(
    table,
    table.columns.map(({ name }) => rows.map((row) => row[name] ?? null)),
  )
}

async function putBars(store: MemoryObjectStore, bars: readonly LakeBar[]): Promise<void> {
  for (const [month, ofMonth] of Map.groupBy(bars, ({ day }) => tablePartitionOf(BARS, day * DAY_MS))) {
    await store.put(`${tablePartitionPrefix(BARS, month)}bars.parquet`, encode(BARS, ofMonth))
  }
}

async function readTable(store: MemoryObjectStore, table: Table): Promise<Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = []
  const names = table.columns.map(({ name }) => name).filter((name) => !name.startsWith('inside_'))
  for await (const { key } of store.list(`${table.prefix}/`)) {
    const found = await store.get(key)
    assert.ok(found)
    for await (const group of parquetGroups.read(found.body, table, names)) {
      for (let row = 0; row < group.rows; row++) {
        rows.push({ key, ...Object.fromEntries(names.map((name) => [name, cellAt(group.cells[name], row)])) })
      }
    }
  }
  return rows
}

async function keysBelow(store: MemoryObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

describe('the forecaster', () => {
  const bars = walks(3, 300)
  const upTo = (n: number) => bars.filter(({ day }) => day <= weekday(n))
  let store: MemoryObjectStore
  const run = (asOf?: number, refit = false): Promise<ForecastReport> =>
    forecast({ asOf, refit }, { store, parquet: parquetGroups, encoder, clock: { now: () => LOADED }, log })

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
      { store, parquet: parquetGroups, encoder, clock, log },
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
