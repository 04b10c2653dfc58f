import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { renderQuery } from '../../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../../lake/queries/saved-query-files.ts'
import { lakeEngine, type Row, rowsOf } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { sampleForecasts, sampleLake, sampleRows } from '../../support/sample-lake.ts'

const store = new MemoryObjectStore()
const engine = lakeEngine(store)
before(async () => {
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
})

function run(name: string, values: Readonly<Record<string, string>> = {}): Promise<Row[]> {
  const query = readSavedQueries().find((one) => one.name === name)
  assert.ok(query, name)
  return rowsOf(engine, renderQuery(query, values))
}

describe('on the sample', () => {
  for (const query of readSavedQueries()) {
    test(`${query.name} answers`, async () => {
      const rows = await rowsOf(engine, renderQuery(query))

      if (!['bases-as-of', 'gaps', 'two-sources', 'versions'].includes(query.name)) assert.ok(rows.length > 0)
    })
  }

  for (const view of readSavedViews()) {
    test(`the view ${view.name} has the columns that its header says`, async () => {
      const rows = await rowsOf(engine, `SELECT * FROM ${view.name} LIMIT 1`)

      assert.deepEqual(Object.keys(rows[0] ?? {}), rows.length > 0 ? view.columns.map(({ name }) => name) : [])
    })
  }
})

test('latest-bars has the last day of every symbol', async () => {
  const rows = await run('latest-bars')

  assert.deepEqual(
    rows.map(({ symbol }) => symbol),
    ['AAPL', 'FB', 'GOOG', 'IBM', 'MSFT'],
  )
  assert.ok(rows.every(({ ts_event }) => ts_event === '2013-03-01 00:00:00.000'))
})

test('symbol-year has the 250 sessions of 2012, in order', async () => {
  const rows = await run('symbol-year', { symbol: 'IBM', year: '2012' })

  assert.equal(rows.length, 250)
})

test('daily-returns has a volatility from the twentieth return on', async () => {
  const rows = await run('daily-returns', { symbol: 'MSFT', since: '2012-01' })

  assert.equal(rows[0]?.['log_return'], null)
  assert.equal(rows[19]?.['volatility_20d'], null)
  const volatility = Number(rows[20]?.['volatility_20d'])
  assert.ok(volatility > 0.05 && volatility < 0.6, String(volatility))
})

test('correlations are 1 with oneself', async () => {
  const rows = await run('correlations')

  const own = rows.filter(({ symbol_a, symbol_b }) => symbol_a === symbol_b)
  assert.equal(own.length, 5)
  assert.ok(own.every(({ correlation }) => Math.abs(Number(correlation) - 1) < 1e-9))
  assert.equal(rows.length, 15)
})

test('latency gives exact percentiles', async () => {
  const [row] = await run('latency')

  assert.equal(Number(row?.['p50_ms']), 88)
  assert.equal(Number(row?.['p99_ms']), 136)
})

test('rejected-by-reason and completeness tell of the record that is no bar, and leave the marker out', async () => {
  const [reason] = await run('rejected-by-reason')
  const [replay] = await run('completeness')

  assert.equal(reason?.['reject_code'], 'not_json')
  assert.equal(Number(reason?.['records']), 1)
  assert.deepEqual(Object.keys(reason ?? {}), ['reject_code', 'file', 'symbol', 'dt', 'records', 'example'])
  assert.equal(replay?.['complete'], 'true')
  assert.equal(Number(replay?.['rejected']), 1)
})

describe('of forecasts', () => {
  test('latest-forecasts has those of the last run, in order', async () => {
    const rows = await run('latest-forecasts')

    assert.equal(rows.length, 20)
    for (const row of rows) {
      const { low_95, low_80, median, high_80, high_95 } = row
      const prices = [low_95, low_80, median, high_80, high_95].map(Number)
      assert.deepEqual(
        prices,
        prices.toSorted((a, b) => a - b),
      )
    }
  })

  test('forecast-calibration counts live and walk-forward forecasts apart', async () => {
    const rows = await run('forecast-calibration')

    assert.deepEqual(
      rows.map(({ kind, horizon }) => `${kind} ${horizon}`),
      ['live 1', 'live 5', 'walk-forward 1', 'walk-forward 5', 'walk-forward 10', 'walk-forward 20'],
    )
    const inside = Number(rows.at(-1)?.['inside_80_percent'])
    assert.ok(inside > 70 && inside < 90, String(inside))
  })

  test('forecast-misses has the worst first, forecast-volatility compares what came true', async () => {
    const misses = (await run('forecast-misses')).map(({ sigmas }) => Math.abs(Number(sigmas)))
    const volatility = await run('forecast-volatility')

    assert.deepEqual(
      misses,
      misses.toSorted((a, b) => b - a),
    )
    assert.ok(
      volatility.every(
        ({ forecast_percent, realised_percent }) => Number(forecast_percent) > 0 && Number(realised_percent) > 0,
      ),
    )
  })
})
