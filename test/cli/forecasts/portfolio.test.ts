import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { holdingsOf } from '../../../cli/forecasts/holdings.ts'
import { portfolioScoresText } from '../../../cli/forecasts/portfolio-scores.ts'
import { portfolioFromBars, portfolioFromLake } from '../../../cli/forecasts/portfolio-source.ts'
import { portfolioText } from '../../../cli/forecasts/portfolio-text.ts'
import { DAY_MS } from '../../../lake/instant.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { backtestPortfolios, randomPortfolios } from '../../../lambdas/forecast/portfolio-backtest.ts'
import { isoDay } from '../../../lambdas/forecast/weekdays.ts'
import { forecast } from '../../../lambdas/forecaster/forecaster.ts'
import { landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'
import { columnsOf, walk, walkPanel, walks, weekday } from '../../support/walk.ts'

const WALKS = walks(3, 300)
const HOLDINGS = holdingsOf('h.csv', 'symbol,quantity\nA,10\nB,-2\nCASH,500\n')

describe('holdings', () => {
  test('are read by quantity, value or weight; rows of one symbol add up', () => {
    assert.deepEqual(HOLDINGS, {
      unit: 'quantity',
      cash: 500,
      holdings: [
        { symbol: 'A', amount: 10 },
        { symbol: 'B', amount: -2 },
      ],
    })
    assert.deepEqual(holdingsOf('h.csv', 'Weight,Symbol\n0.5,A\n0.25,A\n').holdings, [{ symbol: 'A', amount: 0.75 }])
  })

  test('may be cut by other marks than commas, say cash in small letters and weights in percent', () => {
    assert.deepEqual(holdingsOf('h.csv', 'Symbol;Weight\nA;40%\nB;0\nCash;60 %\n'), {
      unit: 'weight',
      cash: 0.6,
      holdings: [{ symbol: 'A', amount: 0.4 }],
    })
  })

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['symbol,shares\nA,1\n', /h\.csv: want the columns symbol and quantity, value or weight; got symbol,shares\./],
    ['\n', /h\.csv: want the columns symbol and quantity, value or weight; got an empty file\./],
    ['symbol,quantity\nA,0\nB,0\n', /h\.csv: want rows like AAPL,10; got every quantity is 0\./],
    [
      'symbol,quantity\nA,"1,000"\n',
      /row 1: want a symbol and a quantity like 1234\.5, at most 1e100, without .*; got "A, 1,000"\./,
    ],
    ['symbol,quantity\nA,"10\n', /^UsageError: h\.csv: a quote is opened and never closed/],
    ['symbol,quantity\nA,40%\n', /row 1: want a symbol and a quantity/],
    ['symbol,quantity\nA,many\n', /h\.csv, row 1: want a symbol and a quantity like 1234\.5, .*; got "A, many"\./],
    ['symbol,quantity\n', /h\.csv: want rows like AAPL,10; got no symbol/],
    ['symbol,quantity\nCASH,5\n', /h\.csv: want rows like AAPL,10; got cash alone, which loses nothing\./],
    [
      'symbol,quantity\nA,1e300\n',
      /row 1: want a symbol and a quantity like 1234\.5, at most 1e100, .*; got "A, 1e300"\./,
    ],
  ]
  for (const [text, message] of wrong) {
    test(`that say ${JSON.stringify(text)} are refused`, () => {
      assert.throws(() => holdingsOf('h.csv', text), message)
    })
  }
})

describe('the risk of a portfolio', () => {
  test('has a line a horizon, one a holding, and a sentence', () => {
    const text = portfolioText(portfolioFromBars(columnsOf(WALKS), HOLDINGS, undefined), 'table')

    assert.match(text, new RegExp(`^2 holdings after the close of ${isoDay(weekday(299))}: .* and 500\\.00 in cash`))
    for (const horizon of [1, 5, 10, 20]) assert.match(text, new RegExp(`^ +${horizon}  +-`, 'm'))
    assert.match(text, /^A +\d+\.\d % +\d+\.\d %/m)
    assert.match(text, /^Meaning: over 10 bars one time in twenty it loses more than .* A brings \d+\.\d % of that\./m)
  })

  test('of coins that cost a millionth is told in digits that say something', () => {
    const holdings = holdingsOf('h.csv', 'symbol,quantity\nA,0.0000001\n')

    const text = portfolioText(portfolioFromBars(columnsOf(WALKS), holdings, undefined), 'table')

    assert.match(text, /it loses more than \d(\.\d+)?e-\d+ /)
    assert.match(text, /^ +1 +-\d\.\d+e-7 /m)
  })

  test('goes to programs with a row for the whole and one a holding', () => {
    const rows = JSON.parse(portfolioText(portfolioFromBars(columnsOf(WALKS), HOLDINGS, undefined), 'json'))

    assert.equal(rows.length, 4 * 3)
    assert.deepEqual(
      rows.slice(0, 3).map(({ holding }: { holding: string | null }) => holding),
      [null, 'A', 'B'],
    )
    assert.ok(rows[0].var_95 > 0 && rows[0].es_99 >= rows[0].var_99)
  })

  test('says what it leaves out, and which days it filled', () => {
    const bars = columnsOf([...WALKS, ...walk('YOUNG', 300, 9).slice(-100), ...walk('OLD', 100, 8)])
    const holdings = holdingsOf('h.csv', 'symbol,value\nA,100\nYOUNG,100\nOLD,100\nNONE,1\na,1\n')

    const text = portfolioText(portfolioFromBars(bars, holdings, undefined), 'table')

    assert.match(text, /^Left out of every number: OLD \(stale: the last bar is of 2015-05-22\)\.$/m)
    assert.match(text, /^Left out of every number: NONE \(there is no daily bar of it\)\.$/m)
    assert.match(text, /^Left out of every number: a \(there is no daily bar of it, but of A\)\.$/m)
    assert.match(text, /^YOUNG lacks \d+ of the \d+ days: in their place/m)
  })

  test('of a portfolio that is worth nothing is told of what is held and owed', () => {
    const holdings = holdingsOf('h.csv', 'symbol,value\nA,100\nB,-100\n')

    const text = portfolioText(portfolioFromBars(columnsOf(WALKS), holdings, undefined), 'table')

    assert.match(text, /^A +50\.0 % /m)
    assert.match(text, /^B +-50\.0 % /m)
    assert.match(text, /loses more than \d+\.\d+ \(\d+\.\d % of 200\.00 held and owed\)/)
  })

  test('of one holding does not say who brings it', () => {
    const text = portfolioText(
      portfolioFromBars(columnsOf(WALKS), holdingsOf('h.csv', 'symbol,value\nA,1e30\n'), undefined),
      'table',
    )

    assert.match(text, /^1 holding after the close of .*: 1\.000e\+30$/m)
    assert.match(text, /on average\. Gaps/)
  })

  test('as of an earlier day does not know the bars after it', () => {
    const day = weekday(200)
    const cut = columnsOf(WALKS.filter((bar) => bar.day <= day))

    assert.deepEqual(
      portfolioFromBars(columnsOf(WALKS), HOLDINGS, isoDay(day)),
      portfolioFromBars(cut, HOLDINGS, undefined),
    )
  })

  test('of the lake is that of its bars', async () => {
    const store = new MemoryObjectStore()
    const encoder = parquetEncoder()
    for (const [month, of] of Map.groupBy(WALKS, ({ day }) => isoDay(day).slice(0, 7))) {
      const rows = of.map(({ day, adjClose, ...bar }) =>
        landed({ ...bar, ts_event: day * DAY_MS, adj_close: adjClose }),
      )
      const cells = BARS.columns.map(({ name }) => rows.map((row) => (name === 'flags' ? '' : row[name])))
      await store.put(`bars/month=${month}/bars.parquet`, encoder.encode(BARS, cells))
    }
    const clock = { now: () => weekday(320) * DAY_MS }
    await forecast({ asOf: undefined, refit: false }, { store, parquet: parquetGroups, encoder, clock, log: silentLog })

    assert.deepEqual(
      await portfolioFromLake(store, HOLDINGS, undefined),
      portfolioFromBars(columnsOf(WALKS), HOLDINGS, undefined),
    )
  })

  test('that is all unknown is refused', () => {
    assert.throws(
      () => portfolioFromBars(columnsOf(WALKS), holdingsOf('h.csv', 'symbol,value\nX,1\n'), undefined),
      /No holding can be forecast \(X: there is no daily bar of it\)/,
    )
  })
})

test('scores of portfolios have a line a horizon and baseline, and one a test', () => {
  const panel = walkPanel(4, 420)
  const text = portfolioScoresText(
    backtestPortfolios(panel, { portfolios: randomPortfolios([0, 1, 2, 3], 4, 1), last: 60 }),
  )

  assert.equal(
    text.match(/^ +\d+ +\d+ {2}(historical simulation|RiskMetrics) +\d\.\d{3} +\d\.\d{3} +\d\.\d{3}$/gm)?.length,
    8,
  )
  assert.equal(text.match(/ % +\d+\.\d\d % +\d+ % +\d+ % +-?\d+\.\d\d$/gm)?.length, 24)
})
