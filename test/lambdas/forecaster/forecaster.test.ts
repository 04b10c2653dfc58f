import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { DAY_MS } from '../../../lake/instant.ts'
import { hyparquetEncoder } from '../../../lake/parquet/encoder.ts'
import { hyparquetGroups } from '../../../lake/parquet/row-groups.ts'
import { FORECAST_SCORES, FORECASTS } from '../../../lake/tables/forecast-tables.ts'
import { type Table, tablePartitionOf, tablePartitionPrefix } from '../../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { type ForecastReport, forecast } from '../../../lambdas/forecaster/forecaster.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'
import { type WalkBar, walk, walks, weekday } from '../../support/walk.ts'

const encoder = hyparquetEncoder()
const log = silentLog

/** When the lake was filled; long after every bar. */
const LOADED = Date.UTC(2026, 0, 5)

type Cell = string | number | null
interface LakeBar extends WalkBar {
  readonly tsSent?: number
}

function rowOf(bar: LakeBar): Readonly<Record<string, Cell>> {
  const { symbol, day, adjClose, tsSent = LOADED, ...prices } = bar
  const fixed = {
    interval: '1d',
    source: 'test',
    run_id: null,
    topic: 't',
    kafka_partition: 0,
    kafka_offset: 0,
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
    for await (const group of hyparquetGroups.read(found.body, table, names)) {
      for (let row = 0; row < group.rows; row++) {
        rows.push({ key, ...Object.fromEntries(names.map((name) => [name, group.cells[name]?.[row]])) })
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
    forecast({ asOf, refit }, { store, parquet: hyparquetGroups, encoder, log })

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
    assert.match(model ?? '', /^models\/pts-1-2016-02-26-[0-9a-f]{16}\.json$/)
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

  test('fits anew when sixty dates have passed', async () => {
    const refits: boolean[] = []
    for (const last of [200, 259, 260]) {
      await putBars(store, upTo(last))
      const report = await run()
      refits.push(report.kind === 'forecast' && report.refitted)
    }

    assert.deepEqual(refits, [true, false, true])
  })

  test('fits anew when the lake has got many more symbols', async () => {
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
    assert.ok(skipped.every(({ q50, sigma, p50 }) => [q50, sigma, p50].every((cell) => Number.isNaN(cell))))
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
})
