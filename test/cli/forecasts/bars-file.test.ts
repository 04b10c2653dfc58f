import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { readBarsFiles } from '../../../cli/forecasts/bars-file.ts'
import { daysOf } from '../../../cli/forecasts/columns-file.ts'
import { readForecasts, writeForecasts } from '../../../cli/forecasts/forecasts-file.ts'
import { UsageError } from '../../../lake/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-bars-'))
after(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** 2013-03-01. */
const DAY = 15_765

describe('bars are read', () => {
  const csv = 'date,symbol,close,adj_close,volume\n2013-03-01,A,10.5,9.5,100\n2013-03-04,A,11,,\n'

  test('from CSV, columns in any order, gaps as NaN', async () => {
    const bars = await readBarsFiles([file('a.csv', csv)])

    assert.deepEqual(bars.symbol, ['A', 'A'])
    assert.deepEqual([...bars.day], [DAY, DAY + 3])
    assert.deepEqual([...bars.adjClose], [9.5, Number.NaN])
    assert.deepEqual([...bars.open], [Number.NaN, Number.NaN])
  })

  test('from gzipped CSV, and from several files one after the other', async () => {
    const bars = await readBarsFiles([file('b.csv.gz', gzipSync(csv)), file('c.csv', csv.replaceAll(',A,', ',B,'))])

    assert.deepEqual(bars.symbol, ['A', 'A', 'B', 'B'])
  })

  test('from Parquet, whose columns may be text, dates, timestamps and integers', async () => {
    for (const date of ['2013-03-01', new Date(DAY * 86_400_000 + 5 * 3_600_000)]) {
      const type = typeof date === 'string' ? 'STRING' : 'TIMESTAMP'
      const bytes = parquetWriteBuffer({
        columnData: [
          { name: 'Date', data: [date], type },
          { name: 'Adj Close', data: [9.5], type: 'DOUBLE' },
          { name: 'symbol', data: ['A'], type: 'STRING' },
          { name: 'volume', data: [100n], type: 'INT64' },
        ],
      })

      const bars = await readBarsFiles([file('d.parquet', new Uint8Array(bytes))])

      assert.deepEqual([bars.symbol[0], bars.day[0], bars.close[0], bars.volume[0]], ['A', DAY, 9.5, 100])
    }
  })

  test('of one symbol, named by the file', async () => {
    const bars = await readBarsFiles([file('IBM.csv', 'Date,Close\n2013-03-01,200\n')])

    assert.deepEqual(bars.symbol, ['IBM'])
  })
})

describe('what cannot be read is said in a sentence', () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      'e.csv',
      'symbol,open\nA,1\n',
      /Cannot read .*e\.csv: no column Date, Datetime or ts_event .*; its columns are symbol, open/,
    ],
    ['f.csv', 'symbol,date,close\nA,yesterday,1\n', /f\.csv, row 1: want a date like 2020-01-31.*got "yesterday"/],
    ['g.csv', '', /Cannot read .*g\.csv: the file is empty/],
    ['h.parquet', 'PAR1', /Cannot read .*h\.parquet: the file is too short to be Parquet/],
  ]
  for (const [name, content, message] of wrong) {
    test(`${name}: ${JSON.stringify(content)}`, async () => {
      const path = file(name, content)

      await assert.rejects(readBarsFiles([path]), (error) => error instanceof UsageError && message.test(error.message))
    })
  }

  test('a file that is not there', async () => {
    await assert.rejects(readBarsFiles([join(folder, 'none.csv')]), /Cannot read .*none\.csv/)
  })
})

test('a day is read from text, dates and numbers of any unit', () => {
  const texts = ['2013-03-01', '20130301', '2013-03-01 00:00:00-05:00', '2013-03-01T16:00:00Z']
  const ms = DAY * 86_400_000
  for (const cell of [...texts, 20_130_301, DAY, DAY * 86_400, ms, new Date(ms + 1), BigInt(ms) * 1_000n]) {
    assert.deepEqual(daysOf([cell]), [DAY], String(cell))
  }
  for (const cell of ['', 'today', null, true, Number.NaN, new Date('x'), '2013-02-30'])
    assert.deepEqual(daysOf([cell]), [undefined])
})

test('numbers of a column that begins before 1970 are days in one unit, however small some of them are', () => {
  const days = [-2_921, -1, 0, 1, 10, 1_000, 10_000]

  for (const perDay of [1, 86_400, 86_400_000, 86_400_000_000]) {
    assert.deepEqual(daysOf(days.map((day) => day * perDay)), days, String(perDay))
  }
})

describe('forecasts', () => {
  const quantiles = [-0.04, -0.03, -0.02, -0.01, 0.001, 0.01, 0.02, 0.03, 0.04]
  const forecast = { symbol: 'A', originDay: DAY, horizon: 5, quantiles, sigma: 0.02, point: 0.001 }

  for (const name of ['f.csv', 'f.parquet']) {
    test(`come back from ${name} as they were written`, async () => {
      const path = join(folder, name)

      writeForecasts(path, [forecast])

      assert.deepEqual(await readForecasts(path), [forecast])
    })
  }

  test('that lack a quantile are refused', async () => {
    const path = file('bad.csv', 'symbol,origin_date,h,q0.5\nA,2013-03-01,1,0\n')

    await assert.rejects(readForecasts(path), /needs the columns q0_025, /)
  })
})
