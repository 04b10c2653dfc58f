import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { historyFile } from '../../../lake/history/history-writer.ts'
import { type ChartQuery, yahooCharts } from '../../../lake/history/yahoo-chart.ts'
import { fetchHistory } from '../../../lake/history/yahoo-history.ts'
import { readRows } from '../../support/parquet.ts'

const ANSWERS = join(import.meta.dirname, '../../golden/yahoo')
const MARCH: Pick<ChartQuery, 'from' | 'to'> = { from: Date.UTC(2013, 2, 7), to: Date.UTC(2013, 2, 12) }

/** The library, answered by a file in the web's place; it notes what was asked. */
function recorded(answer: string, status = 200) {
  const asked: URL[] = []
  const answered: typeof fetch = async (input) => {
    asked.push(new URL(String(input)))
    return new Response(await readFile(join(ANSWERS, answer)), { status })
  }
  const yahoo = yahooCharts({ fetch: answered })
  return { yahoo, asked }
}

test('daily bars carry their session dates, before and after the change to summer time', async () => {
  const { yahoo } = recorded('AAPL-1d.json')

  const { columns, rows } = await fetchHistory({ symbol: 'AAPL', interval: '1d', ...MARCH }, yahoo)

  assert.deepEqual(columns, ['Date', 'Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'])
  assert.deepEqual(rows, [
    ['2013-03-08', 429.8, 435.43, 428.61, 431.72, 57.1, 97_870_500],
    ['2013-03-11', null, null, null, null, null, null],
    ['2013-03-12', 435.6, 438.88, 427.57, 428.43, 56.67, 116_477_900],
  ])
})

test("a session that opens on the evening before in UTC is of the exchange's date", async () => {
  const { yahoo } = recorded('BHP.AX-1d.json')

  const { rows } = await fetchHistory({ symbol: 'BHP.AX', interval: '1d', ...MARCH }, yahoo)

  assert.deepEqual(
    rows.map(([date]) => date),
    ['2013-03-07', '2013-03-08'],
  )
})

test('hourly bars carry their instants, and have no adjusted close', async () => {
  const { yahoo } = recorded('AAPL-1h.json')

  const history = await fetchHistory({ symbol: 'AAPL', interval: '1h', ...MARCH }, yahoo)

  const [first] = await readRows(historyFile(history))
  assert.deepEqual(
    { date: first?.['Date'], close: first?.['Close'], adjusted: first?.['Adj Close'] },
    { date: new Date('2013-03-08T14:30:00Z'), close: 430.1, adjusted: null },
  )
})

test('both days of the period are asked for', async () => {
  const { yahoo, asked } = recorded('AAPL-1d.json')

  await fetchHistory({ symbol: 'AAPL', interval: '1d', ...MARCH }, yahoo)

  const query = asked[0]?.searchParams
  assert.equal(asked[0]?.pathname, '/v8/finance/chart/AAPL')
  assert.equal(Number(query?.get('period1')), MARCH.from / 1_000)
  assert.equal(Number(query?.get('period2')), MARCH.to / 1_000 + 86_400)
  assert.equal(query?.get('interval'), '1d')
})

test("a symbol that Yahoo does not know is told in Yahoo's words", async () => {
  const { yahoo } = recorded('unknown.json', 404)

  await assert.rejects(
    fetchHistory({ symbol: 'NOSUCH', interval: '1d', ...MARCH }, yahoo),
    /Yahoo Finance gave no bars of NOSUCH: No data found, symbol may be delisted/,
  )
})

test('no way to Yahoo is told with its reason', async () => {
  const away: typeof fetch = async () => {
    throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND query2.finance.yahoo.com') })
  }
  const yahoo = yahooCharts({ fetch: away })

  await assert.rejects(
    fetchHistory({ symbol: 'AAPL', interval: '1d', ...MARCH }, yahoo),
    /gave no bars of AAPL: fetch failed \(getaddrinfo ENOTFOUND/,
  )
})
