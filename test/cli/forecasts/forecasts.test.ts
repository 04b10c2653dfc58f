import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { countOption, symbolsOption } from '../../../cli/forecasts/backtest-options.ts'
import { type Fan, fanText } from '../../../cli/forecasts/fan.ts'
import { fanFromBars, fanFromLake } from '../../../cli/forecasts/fan-source.ts'
import { ratioTable } from '../../../cli/forecasts/ratio-table.ts'
import { scoredAgainst, scoreTable } from '../../../cli/forecasts/score-table.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import type { ColumnCells } from '../../../lake/tables/cells.ts'
import { FORECASTS } from '../../../lake/tables/forecast-tables.ts'
import { BARS as BARS_TABLE } from '../../../lake/tables/tables.ts'
import { backtestOptions } from '../../../lambdas/forecast/backtest.ts'
import { baselineForecasts, ewma, randomWalk } from '../../../lambdas/forecast/baselines.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { forecastColumns } from '../../../lambdas/forecaster/forecast-rows.ts'
import { landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { columnsOf, walk, walkPanel, walks, weekday } from '../../support/walk.ts'

const BARS = columnsOf([...walks(2, 200), ...walk('YOUNG', 200, 5).slice(-20)])

function pricesOf({ rows }: Fan): (number | null)[] {
  return rows.map(({ p50 }) => p50)
}

describe('the fan of a symbol', () => {
  test('has a line a horizon, what the model was worth, and a sentence', () => {
    const text = fanText(fanFromBars(BARS, { symbol: 'A', asOf: undefined }), 'table')

    assert.match(text, /^A after the close of 2015-10-09, /)
    for (const horizon of [1, 5, 10, 20]) assert.match(text, new RegExp(`^ +${horizon}  2015-1\\d-\\d\\d  `, 'm'))
    assert.match(text, /^Worth: on 96 past forecasts of A the loss over the random walk's was 0\.\d{3}; the 80 % /m)
    assert.match(text, /^ +The pool is young: its model is drawn, by \d+\.\d % at most, toward one of four US stocks/m)
    assert.match(text, /^ +All: on 192 past forecasts of 3 symbols the loss over the random walk's was \d\.\d+ at 1, /m)
    assert.match(text, /^Meaning: after 20 bars A stands as likely as not between /m)
  })

  test('goes to programs under the names of the table', () => {
    const rows = JSON.parse(fanText(fanFromBars(BARS, { symbol: 'A', asOf: undefined }), 'json'))

    assert.equal(rows.length, 4)
    assert.deepEqual([rows[0].horizon, rows[0].as_of, rows[0].skip_reason], [1, '2015-10-09', null])
    assert.ok(rows[0].p025 < rows[0].p50 && rows[0].p50 < rows[0].p975)
  })

  test('as of an earlier day does not know the bars after it', () => {
    const day = weekday(150)
    const cut = columnsOf(walks(2, 200).filter((bar) => bar.day <= day))

    assert.deepEqual(
      pricesOf(fanFromBars(BARS, { symbol: 'A', asOf: isoDay(day) })),
      pricesOf(fanFromBars(cut, { symbol: 'A', asOf: undefined })),
    )
  })

  test('of a young symbol is the reason why there is none', () => {
    const text = fanText(fanFromBars(BARS, { symbol: 'YOUNG', asOf: undefined }), 'table')

    assert.equal(text, 'YOUNG is not forecast as of 2015-10-09: short_history: 20 bars, 60 are needed.')
  })

  test('is read from the lake: the newest run, or that of a day', async () => {
    const store = new MemoryObjectStore()
    for (const asOf of ['2015-08-03', '2015-09-01']) {
      const { rows } = fanFromBars(BARS, { symbol: 'A', asOf })
      const key = `forecasts/month=${asOf.slice(0, 7)}/${asOf}.parquet`
      await store.put(key, parquetEncoder().encode(FORECASTS, forecastColumns(rows)))
    }

    const [newest, older] = [
      await fanFromLake(store, { symbol: 'A', asOf: undefined }),
      await fanFromLake(store, { symbol: 'A', asOf: '2015-08-03' }),
    ]

    assert.deepEqual(newest.rows, fanFromBars(BARS, { symbol: 'A', asOf: '2015-09-01' }).rows)
    assert.equal(isoDay((older.rows[0]?.as_of ?? 0) / 86_400_000), '2015-08-03')
    await assert.rejects(
      fanFromLake(store, { symbol: 'Z', asOf: undefined }),
      /Z is not forecast: there is no bar of it in the lake/,
    )
    await assert.rejects(fanFromLake(store, { symbol: 'A', asOf: '2015-08-04' }), /There is no run as of 2015-08-04/)
    await assert.rejects(fanFromLake(store, { symbol: 'A', asOf: 'today' }), /--as-of takes a day like/)
  })

  test('of a symbol that the run lacks says what bars of it there are', async () => {
    const store = new MemoryObjectStore()
    const { rows } = fanFromBars(BARS, { symbol: 'A', asOf: '2015-08-03' })
    await store.put(
      'forecasts/month=2015-08/2015-08-03.parquet',
      parquetEncoder().encode(FORECASTS, forecastColumns(rows)),
    )
    const day = Date.UTC(2009, 4, 6)
    for (const [symbol, interval] of [
      ['OLD', '1d'],
      ['FAST', '1h'],
    ] as const) {
      const bar = landed({ symbol, interval, ts_event: day })
      const cells = BARS_TABLE.columns.map(({ name }) => [
        name === 'flags' ? '' : (bar[name as keyof typeof bar] ?? null),
      ])
      await store.put(
        `bars/month=2009-05/${symbol}.parquet`,
        parquetEncoder().encode(BARS_TABLE, cells as ColumnCells[]),
      )
    }

    const asked = (symbol: string) => fanFromLake(store, { symbol, asOf: undefined })

    await assert.rejects(asked('OLD'), /OLD is not forecast: its last daily bar is of 2009-05-06\./)
    await assert.rejects(asked('FAST'), /FAST is not forecast: the lake has its bars of 1h, and no daily ones\./)
  })

  test('counts volatility over the days a year that the symbol trades on', () => {
    const coin = walk('COIN', 200, 3).map((bar, n) => ({ ...bar, day: weekday(0) + n }))
    const [everyDay, weekdays] = [coin, walk('COIN', 200, 3)].map((bars) => {
      const fan = fanFromBars(columnsOf(bars), { symbol: 'COIN', asOf: undefined })
      const shown = /^ +1 .* (\d\.\d{3})$/m.exec(fanText(fan, 'table'))?.[1]
      return { shown, sigma: fan.rows[0]?.sigma ?? 0, target: isoDay((fan.rows[3]?.ts_target ?? 0) / 86_400_000) }
    })

    assert.ok(everyDay && weekdays)
    assert.equal(everyDay.shown, (Math.sqrt(365) * everyDay.sigma).toFixed(3))
    assert.equal(weekdays.shown, (Math.sqrt(252) * weekdays.sigma).toFixed(3))
    assert.equal(everyDay.target, isoDay(weekday(0) + 219))
  })

  test('of a symbol that the file lacks is a mistake', () => {
    assert.throws(
      () => fanFromBars(BARS, { symbol: 'Z', asOf: '2015-08-03' }),
      /The file has no bars of Z up to 2015-08-03/,
    )
  })
})

describe('scores as tables', () => {
  const panel = walkPanel(2, 250)
  const grid = backtestOptions(panel, { last: 60 })

  test('have a column a horizon and one for all', () => {
    const [header = '', , forecasts = ''] = scoreTable(
      scoredAgainst(panel, grid, baselineForecasts(panel, grid, ewma)),
    ).split('\n')

    assert.deepEqual(header.trim().split(/\s+/), ['h', '1', '5', '10', '20', 'all'])
    assert.deepEqual(forecasts.trim().split(/\s+/), ['forecasts', '24', '24', '24', '24', '96'])
  })

  test('say what is missing', () => {
    const some = baselineForecasts(panel, grid, ewma).slice(5)

    assert.match(scoreTable(scoredAgainst(panel, grid, some)), /5 forecasts of the protocol are missing/)
    assert.match(scoreTable(scoredAgainst(panel, grid, [])), /^None of the \d+ forecasts that are scored is there/)
  })

  test('of a model over itself are 1 everywhere, and no symbol is won', () => {
    const same = baselineForecasts(panel, grid, randomWalk)

    const lines = ratioTable({ panel, grid, scored: scoredAgainst(panel, grid, same).scored }, same)
      .split('\n')
      .slice(2)

    assert.ok(lines.slice(0, -1).every((line) => line.match(/1\.0000 \[1\.000, 1\.000\]/g)?.length === 5))
    assert.match(lines.at(-1) ?? '', /^symbols won(\s+0 %){5}$/)
  })
})

describe('options', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-symbols-'))
  after(() => rmSync(folder, { recursive: true }))

  test('symbols come as a list or from a file', () => {
    const list = join(folder, 'list.txt')
    writeFileSync(list, 'A\n\nB\n')

    assert.deepEqual(symbolsOption('A, B', ['A', 'B', 'C']), new Set(['A', 'B']))
    assert.deepEqual(symbolsOption(`@${list}`, ['A', 'B', 'C']), new Set(['A', 'B']))
    assert.equal(symbolsOption(undefined, ['A']), undefined)
  })

  test('what they name must be there', () => {
    assert.throws(() => symbolsOption('A,X,Y', ['A']), /the bars have no X, Y\./)
    assert.throws(() => symbolsOption(',', ['A']), /names no symbol/)
    assert.throws(() => symbolsOption('@/nowhere/list', ['A']), /Cannot read the list of symbols \/nowhere\/list/)
  })

  test('counts are whole numbers from 1 on', () => {
    assert.equal(countOption('--step', '5', 1), 5)
    for (const text of ['0', '1.5', 'many', '']) {
      assert.throws(() => countOption('--step', text, 1), /--step takes a whole number from 1 on/)
    }
  })
})
