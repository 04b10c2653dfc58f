import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ParquetHistoryFile } from '../../../lake/history/history-file.ts'
import { barsOf } from '../../../lake/history/history-rows.ts'
import { columnsOfCsv, fileOfColumns, historyFile } from '../../../lake/history/history-writer.ts'
import { memorySource } from '../../../lake/parquet/file-source.ts'
import { readRows } from '../../support/parquet.ts'

const historyFileFromCsv = (text: string, name?: string) => fileOfColumns(columnsOfCsv(text), name)

const HEADER = 'Date,Open,High,Low,Close,Adj Close,Volume'

test('a CSV export becomes the columns of a Yahoo export, dates as dates and volumes as whole numbers', async () => {
  const file = historyFileFromCsv(
    `date,open,high,low,close,adj_close,volume\n2013-03-01,10.5,11,9.75,10,9.5,3000000000\n`,
  )

  assert.deepEqual(await readRows(file), [
    {
      Date: new Date('2013-03-01T00:00:00Z'),
      Open: 10.5,
      High: 11,
      Low: 9.75,
      Close: 10,
      'Adj Close': 9.5,
      Volume: 3_000_000_000n,
    },
  ])
})

test('one cell that is no number makes its column text, and nothing is lost', async () => {
  const file = historyFileFromCsv(`${HEADER}\n2013-03-01,10.5,n/a,9.75,10,9.5,100\n2013-03-04,10.25,11,9,10,9.5,1e2\n`)

  const rows = await readRows(file)

  assert.deepEqual(
    rows.map(({ Open, High, Volume }) => ({ Open, High, Volume })),
    [
      { Open: 10.5, High: 'n/a', Volume: 100n },
      { Open: 10.25, High: '11', Volume: 100n },
    ],
  )
})

test('one date that is none keeps all dates as they are written', async () => {
  const file = historyFileFromCsv(`${HEADER}\n2013-02-30,1,1,1,1,1,1\n2013-03-01,1,1,1,1,1,1\n`)

  assert.deepEqual(
    (await readRows(file)).map((row) => row['Date']),
    ['2013-02-30', '2013-03-01'],
  )
})

test('dates that are numbers stay numbers, exactly', async () => {
  for (const date of ['20130301', '1362096000', '-252460800000', '1362096000000000001']) {
    const file = historyFileFromCsv(`${HEADER}\n${date},1,1,1,1,1,1\n,1,1,1,1,1,1\n`)

    assert.deepEqual(
      (await readRows(file)).map((row) => row['Date']),
      [BigInt(date), null],
    )
  }
})

test('a whole number that a double cannot hold stays as it is written', async () => {
  const file = historyFileFromCsv(`${HEADER}\n2013-03-01,1,1,1,1,1,9007199254740993\n`)

  assert.equal((await readRows(file))[0]?.['Volume'], '9007199254740993')
})

test('empty cells, short lines and the word null are missing values', async () => {
  const file = historyFileFromCsv(`${HEADER}\n2013-03-01,,null,1,1\n`)

  const [row] = await readRows(file)

  assert.deepEqual([row?.['Open'], row?.['High'], row?.['Low'], row?.['Volume']], [null, null, 1, null])
})

test('a symbol stays text, also where it looks like a number', async () => {
  const file = historyFileFromCsv(`Symbol,${HEADER}\n0700,2013-03-01,1,1,1,1,1,1\n`)

  assert.equal((await readRows(file))[0]?.['Symbol'], '0700')
})

test('instants become timestamps in UTC', async () => {
  const at = new Date('2013-03-01T14:30:00Z')

  const file = historyFile({ columns: ['Datetime', 'Close'], rows: [[at, 10]] })

  assert.deepEqual(await readRows(file), [{ Date: at, Close: 10 }])
})

test('a table that yfinance wrote has a row for each symbol and date', async () => {
  const file = historyFileFromCsv(
    'Price,Close,Close,Volume,Volume\nTicker,AAPL,0700.HK,AAPL,0700.HK\nDate,,,,\n' +
      '2013-03-01,10.5,300,100,7\n2013-03-04,11,,200,\n',
  )

  assert.deepEqual(
    (await readRows(file)).map(({ Date: date, Symbol: symbol, Close, Volume }) => [date, symbol, Close, Volume]),
    [
      [new Date('2013-03-01T00:00:00Z'), 'AAPL', 10.5, 100n],
      [new Date('2013-03-01T00:00:00Z'), '0700.HK', 300, 7n],
      [new Date('2013-03-04T00:00:00Z'), 'AAPL', 11, 200n],
    ],
  )
})

test('a table without dates is refused, saying what it has', () => {
  assert.throws(
    () => historyFileFromCsv('Open,Close\n1,2\n'),
    /no column Date, Datetime or ts_event .*; its columns are Open, Close/,
  )
  assert.throws(() => historyFileFromCsv(''), /it is empty; a file of bars has a header line/)
})

test('columns that are held read as the file that is made of them', async () => {
  const rows = Array.from({ length: 100_002 }, (_, i) => `A${i % 7},2013-03-01,${i / 8},,${i},x`).join('\n')
  const texts = [
    `Symbol,Date,Open,High,Volume,Note\n${rows}\n`,
    'Symbol,Date,Close,Volume\n0700,20130301,1,9007199254740993\nB,20130302,null,-0\n',
    'Symbol,Datetime,Close\nA,1362096000,1e400\nA,,n/a\n',
    'Symbol,Datetime,Close,Interval\nA,2013-03-01 09:30:00-05:00,1,1h\nA,yesterday,"1,234.5",\n',
  ]

  for (const text of texts) {
    const columns = columnsOfCsv(text)
    const held = await Array.fromAsync(barsOf(ParquetHistoryFile.ofColumns('history/A.parquet', columns)))
    const written = await ParquetHistoryFile.open('history/A.parquet', memorySource(fileOfColumns(columns)))

    assert.deepEqual(held, await Array.fromAsync(barsOf(written)))
  }
})
