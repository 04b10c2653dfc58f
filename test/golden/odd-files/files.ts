/** Files of bars as people have them: what is read of each, or the sentence that says why not. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'

export interface OddFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** A symbol, interval, time and close a bar; or the reason. */
  readonly read: readonly string[] | RegExp
}

const HEADER = 'Date,Open,High,Low,Close,Adj Close,Volume'
const PLAIN = `${HEADER}\n2013-03-01,10,11,9,10.5,9.5,100\n2013-03-04,10,12,9,11,10,200\n`
const bars = (symbol: string, closes: readonly number[] = [10.5, 11], days = ['2013-03-01', '2013-03-04']) =>
  days.map((day, i) => `${symbol} 1d ${day}T00:00:00.000Z ${closes[i]}`)
const parquet = (columns: Parameters<typeof parquetWriteBuffer>[0]['columnData']) =>
  new Uint8Array(parquetWriteBuffer({ columnData: columns }))

const LEVELED = [
  ...bars('AAPL', [10.1], ['2013-03-01']),
  ...bars('MSFT', [20.3], ['2013-03-01']),
  ...bars('AAPL', [11], ['2013-03-04']),
]

export const ODD_FILES: readonly OddFile[] = [
  { name: 'AAPL.csv', content: PLAIN, read: bars('AAPL') },
  { name: 'brk-b.CSV', content: PLAIN.replaceAll('\n', '\r\n'), read: bars('BRK-B') },
  { name: 'PACKED.csv.gz', content: gzipSync(PLAIN), read: bars('PACKED') },
  { name: 'TABS.tsv', content: PLAIN.replaceAll(',', '\t'), read: bars('TABS') },
  { name: 'TABS.txt.gz', content: gzipSync(PLAIN.replaceAll(',', '\t')), read: bars('TABS') },
  { name: 'SEMI.csv', content: PLAIN.replaceAll(',', ';'), read: bars('SEMI') },
  {
    name: 'EXCEL.csv',
    content:
      'sep=;\nDate;Open;High;Low;Close;Volume\n01.03.2013;10,0;11,0;9,0;10,5;1.234\n04.03.2013;10,0;12,0;9,0;11,0;200\n',
    read: bars('EXCEL'),
  },
  { name: 'PIPES.txt', content: PLAIN.replaceAll(',', '|'), read: bars('PIPES') },
  {
    name: 'UNICODE.csv',
    content: new Uint8Array(Buffer.from(`\uFEFF${PLAIN.replaceAll(',', '\t')}`, 'utf16le')),
    read: bars('UNICODE'),
  },
  {
    name: 'US.csv',
    content:
      'Date,Close/Last,Volume,Open,High,Low\n03/13/2013,$10.50,"1,234,567",$10,$11,$9\n03/12/2013,$11,200,$10,$12,$9\n',
    read: bars('US', [10.5, 11], ['2013-03-13', '2013-03-12']),
  },
  {
    name: 'UK.csv',
    content: 'Date,Open,High,Low,Close,Volume\n13/03/2013,10,11,9,10.5,1\n12/03/2013,10,12,9,11,2\n',
    read: bars('UK', [10.5, 11], ['2013-03-13', '2013-03-12']),
  },
  {
    name: 'TWO-WAYS.csv',
    content: 'Date,Open,High,Low,Close,Volume\n03/04/2013,10,11,9,10.5,1\n',
    read: /its dates can be read two ways, such as 03\/04\/2013; write them as 2013-03-04/,
  },
  {
    name: 'WORDS.csv',
    content: `${HEADER}\n"Mar 01, 2013",10,11,9,10.5,9.5,100\n"Mar 04, 2013","1,010","1,012.5",9,11,10,"1,234"\n`,
    read: bars('WORDS'),
  },
  {
    name: 'NUMBERS.csv',
    content: 'Date,Close\n2013-03-01,"1,234"\n2013-03-04,"1,235"\n',
    read: /its numbers can be read two ways, such as 1,234; write them without thousands separators/,
  },
  {
    name: 'INVESTING.csv',
    content:
      '"Date","Price","Open","High","Low","Vol.","Change %"\n"03/13/2013","10.50","10","11","9","52.39M","0.1%"\n',
    read: bars('INVESTING', [10.5], ['2013-03-13']),
  },
  {
    name: 'stooq.us.txt',
    content:
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nIBM,D,20130301,000000,10,11,9,10.5,100,0\nIBM,D,20130304,000000,10,12,9,11,100,0\n',
    read: bars('IBM'),
  },
  {
    name: 'MIN.csv',
    content: 'Date,Time,Open,High,Low,Close,Volume\n20130301,930,10,11,9,10.5,1\n20130301,931,10,12,9,11,2\n',
    read: ['MIN 1m 2013-03-01T09:30:00.000Z 10.5', 'MIN 1m 2013-03-01T09:31:00.000Z 11'],
  },
  {
    name: 'STAMPS.csv',
    content: 'Datetime,Close\n201303010930,10.5\n201303011030,11\n',
    read: ['STAMPS 1h 2013-03-01T09:30:00.000Z 10.5', 'STAMPS 1h 2013-03-01T10:30:00.000Z 11'],
  },
  {
    name: 'vantage.csv',
    content: 'date,1. open,2. high,3. low,4. close,5. adjusted close,6. volume\n2013-03-01,10,11,9,10.5,9,1\n',
    read: bars('VANTAGE', [10.5]).slice(0, 1),
  },
  {
    name: 'all_stocks_5yr.csv',
    content: 'date,open,high,low,close,volume,Name\n2013-03-01,10,11,9,10.5,1,AAL\n2013-03-04,10,12,9,11,2,AAPL\n',
    read: ['AAL 1d 2013-03-01T00:00:00.000Z 10.5', 'AAPL 1d 2013-03-04T00:00:00.000Z 11'],
  },
  {
    name: 'preamble.csv',
    content: `Historical prices\nDownloaded,2024-01-01\n\n${PLAIN}`,
    read: bars('PREAMBLE'),
  },
  {
    name: 'pandas.csv',
    content: ',Open,Close\n2013-03-01 00:00:00-05:00,10,10.5\n2013-03-04 00:00:00-05:00,10,11\n',
    read: bars('PANDAS'),
  },
  {
    name: 'UTC.csv',
    content: 'Date,Close\n2013-02-28 15:00:00+00:00,10.5\n2013-03-03 15:00:00+00:00,11\n',
    read: bars('UTC'),
  },
  {
    name: 'ROWS.csv',
    content: ',Open,Close\n0,10,10.5\n1,10,11\n',
    read: /its first column, which has no name, holds no dates/,
  },
  {
    name: 'by-column.csv',
    content: 'Price,Close,Close\nTicker,AAPL,MSFT\nDate,,\n2013-03-01,10.5,20\n2013-03-04,11,\n',
    read: ['AAPL 1d 2013-03-01T00:00:00.000Z 10.5', 'MSFT 1d 2013-03-01T00:00:00.000Z 20', ...bars('AAPL').slice(1)],
  },
  {
    name: 'by-ticker.csv',
    content: 'Ticker,AAPL,AAPL,MSFT,MSFT\nPrice,Open,Close,Open,Close\nDate,,,,\n2013-03-01,10,10.5,19,20\n',
    read: ['AAPL 1d 2013-03-01T00:00:00.000Z 10.5', 'MSFT 1d 2013-03-01T00:00:00.000Z 20'],
  },
  {
    name: 'old-yfinance.csv',
    content: ',Adj Close,Adj Close,Close,Close\n,AAPL,MSFT,AAPL,MSFT\nDate,,,,\n2013-03-01,9,19,10.5,20\n',
    read: ['AAPL 1d 2013-03-01T00:00:00.000Z 10.5', 'MSFT 1d 2013-03-01T00:00:00.000Z 20'],
  },
  { name: 'COPY (1).csv', content: PLAIN, read: bars('COPY') },
  { name: 'symbol=TSLA/part-0.parquet', content: export1(), read: bars('TSLA') },
  { name: 'NVDA/1d.csv', content: PLAIN, read: bars('NVDA') },
  {
    name: 'own-export.csv',
    content:
      'symbol,interval,ts_event,open,high,low,close,adj_close,volume\nAAPL,1h,2013-03-01T14:30:00.000Z,10,11,9,10.5,9,1\n',
    read: ['AAPL 1h 2013-03-01T14:30:00.000Z 10.5'],
  },
  { name: 'HEADER.csv', content: `${HEADER}\n`, read: /it has a header line and no rows/ },
  { name: 'EMPTY.csv', content: '', read: /the file is empty/ },
  {
    name: 'NOHEADER.csv',
    content: '2013-03-01,10,11,9,10.5,9.5,100\n',
    read: /it has no header line; put one such as Date,Open/,
  },
  {
    name: 'notes.txt',
    content: 'buy low, sell high\n',
    read: /no column Date, Datetime or ts_event .*; its columns are buy low, {2}sell high/,
  },
  { name: 'page.csv', content: '<!DOCTYPE html>\n<html>', read: /it is a web page \(HTML\)/ },
  { name: 'data.csv', content: '{"chart":{}}', read: /it is JSON/ },
  { name: 'book.csv', content: Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), read: /an archive or a spreadsheet/ },
  {
    name: 'Apple Inc.csv',
    content: PLAIN,
    read: /no column Symbol and its name is no symbol; name it as AAPL\.csv is named/,
  },
  { name: 'TORN.csv.gz', content: gzipSync(PLAIN).subarray(0, 40), read: /its gzip is damaged/ },
  {
    name: 'WIDE-ROW.csv',
    content: 'Date,Open,High,Low,Close,Volume\n2013-03-01,10,11,9,10.5,1,000\n2013-03-04,10,12,9,11,200,\n',
    read: [
      'WIDE-ROW 1d 2013-03-01T00:00:00.000Z 7 cells, the header has 6: 2013-03-01 | 10 | 11 | 9 | 10.5 | 1 | 000',
      'WIDE-ROW 1d 2013-03-04T00:00:00.000Z 11',
    ],
  },
  {
    name: 'SWALLOWED.csv',
    content: 'Date,Company,Close\n2013-03-01,"Apple,10\n2013-03-02,Apple,10.5\n2013-03-04,"Apple",11\n',
    read: /a quote is not closed where its cell ends, and takes in the row 2013-03-02,Apple,10\.5/,
  },
  {
    name: 'REMARK.csv',
    content: 'Date,Close,Remark\n2013-03-01,10.5,"split,\r\nof 2013"\n2013-03-04,11,\n',
    read: bars('REMARK'),
  },
  {
    name: 'TWINS.csv',
    content: 'Date,Close,close\n2013-03-01,10.5,210.5\n',
    read: /it has 2 columns that may be Close: Close, close; keep one of them/,
  },
  { name: 'LAGGED.csv', content: 'Date,Close_1,Close\n2013-03-01,9,10.5\n2013-03-04,10.5,11\n', read: bars('LAGGED') },
  {
    name: 'THREE-DECIMALS.csv',
    content: 'Date;Close;Volume\n2013-03-01;1.234;85.123\n',
    read: /its numbers can be read two ways, such as 85\.123/,
  },
  {
    name: 'blanks.csv',
    content: 'Date, Symbol, Interval, Close\n2013-03-01, AAPL  , 1d, 10.5\n2013-03-04, AAPL  ,, 11\n',
    read: bars('AAPL'),
  },
  { name: 'QUOTE.csv', content: `${HEADER}\n2013-03-01,"10,11\n`, read: /a quote is opened and never closed/ },
  {
    name: 'SWALLOWED-BEHIND-SYMBOLS.csv',
    content:
      'Symbol,Date,Company,Close\nAAPL,2013-03-01,"Apple,10\nAAPL,2013-03-02,Apple,10.5\nAAPL,2013-03-04,"Apple",11\n',
    read: /a quote is not closed where its cell ends, and takes in the row AAPL,2013-03-02,Apple,10\.5/,
  },
  {
    name: 'SWALLOWED-EPOCHS.csv',
    content: 'timestamp,Company,Close\r1362096000,"Apple,10\r1362182400,Apple,10.5\r1362355200,"Apple",11\r',
    read: /a quote is not closed where its cell ends, and takes in the row 1362182400,Apple,10\.5/,
  },
  {
    name: 'cat-of-two.csv',
    content:
      'Price,Close,Open\nTicker,AAPL,AAPL\nDate,,\n2013-03-01,10.5,10\nPrice,Close,Open\nTicker,MSFT,MSFT\nDate,,\n2013-03-01,20,19\n',
    read: /a second table begins in it, with the line Ticker,MSFT,MSFT; put each in a file of its own/,
  },
  {
    name: 'CAT-OF-OTHER-ORDER.csv',
    content: 'Date,Open,Close\n2013-03-01,10,10.5\nDate,Close,Open\n2013-03-04,11,10\n',
    read: /a second table begins in it, with the line Date,Close,Open; put each in a file of its own/,
  },
  {
    name: 'concat.csv',
    content: ',Date,Close\nAAPL,2013-03-01,10.5\nMSFT,2013-03-01,20\n',
    read: ['AAPL 1d 2013-03-01T00:00:00.000Z 10.5', 'MSFT 1d 2013-03-01T00:00:00.000Z 20'],
  },
  {
    name: 'concat-reset.csv',
    content: ',level_0,Date,Close\n0,AAPL,2013-03-01,10.5\n1,MSFT,2013-03-01,20\n',
    read: ['AAPL 1d 2013-03-01T00:00:00.000Z 10.5', 'MSFT 1d 2013-03-01T00:00:00.000Z 20'],
  },
  {
    name: 'NUMBERED.csv',
    content: ',Date,Close\n0,2013-03-01,10.5\n0,2013-03-04,11\n',
    read: bars('NUMBERED'),
  },
  {
    name: 'indexes.csv',
    content: 'Index,Date,Close\nNYA,2013-03-01,10.5\nNYA,2013-03-04,11\nN225,2013-03-01,20\nN225,2013-03-04,21\n',
    read: /no column Symbol, but several bars of one time, which Index tells apart, such as NYA and N225; name the column that says whose they are Symbol/,
  },
  {
    name: 'codes.csv',
    content: 'Date,Code,Close\n2013-03-01,1301,10.5\n2013-03-01,1332,20\n2013-03-04,1301,11\n2013-03-04,1332,21\n',
    read: /which Code tells apart, such as 1301 and 1332/,
  },
  {
    name: 'concat.parquet',
    content: parquet([
      { name: '__index_level_0__', data: ['AAPL', 'MSFT'], type: 'STRING' },
      { name: 'Date', data: ['2013-03-01', '2013-03-01'], type: 'STRING' },
      { name: 'Close', data: [10.5, 20], type: 'DOUBLE' },
    ]),
    read: /which __index_level_0__ tells apart, such as AAPL and MSFT/,
  },
  {
    name: 'TWICE.csv',
    content: 'Date,Close,Remark,Trades\n2013-03-01,10.5,,1\n2013-03-01,11,corrected,2\n',
    read: bars('TWICE', [10.5, 11], ['2013-03-01', '2013-03-01']),
  },
  {
    name: 'SERIALS.csv',
    content: 'Date,Close\n19725,10.5\n41334,10.5\n41337,11\n41338,11\n',
    read: ['1954-01-01', '2013-03-01', '2013-03-04', '2013-03-05'].map(
      (day, i) => `SERIALS 1d ${day}T00:00:00.000Z ${i < 2 ? 10.5 : 11}`,
    ),
  },
  {
    name: 'polygon.csv',
    content:
      'ticker,volume,open,close,high,low,window_start,transactions\nAAPL,1,10,10.5,11,9,1362148200000000000,5\nAAPL,1,10,11,11,9,1362148260000000000,5\n',
    read: ['AAPL 1m 2013-03-01T14:30:00.000Z 10.5', 'AAPL 1m 2013-03-01T14:31:00.000Z 11'],
  },
  {
    name: 'SECRET-COLUMN.parquet',
    content: readFileSync(join(import.meta.dirname, '../history/encrypted-column.parquet')),
    read: /its column Close is encrypted; write it without encryption/,
  },
  {
    name: 'SECRET.parquet',
    content: new Uint8Array(Buffer.from('PARE....PARE')),
    read: /it is encrypted; write it without encryption/,
  },
  {
    name: 'SPLIT.parquet',
    content: parquet([
      { name: 'Date', data: ['2013-03-01'], type: 'STRING' },
      { name: 'Time', data: ['09:30'], type: 'STRING' },
      { name: 'Close', data: [1], type: 'DOUBLE' },
    ]),
    read: /its time stands in two columns, Date and Time; write it as one, Datetime/,
  },
  {
    name: 'TWINS.parquet',
    content: parquet([
      { name: 'Date', data: ['2013-03-01'], type: 'STRING' },
      { name: 'Close', data: [10.5], type: 'DOUBLE' },
      { name: 'CLOSE', data: [210.5], type: 'DOUBLE' },
    ]),
    read: /it has 2 columns that may be Close: Close, CLOSE; keep one of them/,
  },
  {
    name: 'US.parquet',
    content: parquet([
      { name: 'date', data: ['03/13/2013', '03/12/2013'], type: 'STRING' },
      { name: 'close', data: [10.5, 11], type: 'DOUBLE' },
    ]),
    read: bars('US', [10.5, 11], ['2013-03-13', '2013-03-12']),
  },
  {
    name: 'by-ticker.parquet',
    content: leveled((symbol, field) => `('${symbol}', '${field}')`),
    read: LEVELED,
  },
  {
    name: 'by-price.parquet',
    content: leveled((symbol, field) => `('${field}', '${symbol}')`),
    read: LEVELED,
  },
  {
    name: 'after-reset-index.parquet',
    content: leveled((symbol, field) => `('${field}', '${symbol}')`, "('Date', '')"),
    read: LEVELED,
  },
]

/** As pandas writes `yf.download(['AAPL', 'MSFT'])`: MSFT has no bar on the second day. */
function leveled(nameOf: (symbol: string, field: string) => string, date = 'Date'): Uint8Array {
  return parquet([
    ...['AAPL', 'MSFT'].flatMap((symbol) =>
      ['Open', 'Close', 'Volume'].map((field) => ({
        name: nameOf(symbol, field),
        data: symbol === 'AAPL' ? [10.1, 11] : [20.3, null],
        type: 'DOUBLE' as const,
        nullable: true,
      })),
    ),
    { name: date, data: ['2013-03-01', '2013-03-04'].map((day) => new Date(day)), type: 'TIMESTAMP' as const },
  ])
}

function export1(): Uint8Array {
  return parquet([
    { name: 'date', data: ['2013-03-01', '2013-03-04'].map((day) => new Date(day)), type: 'TIMESTAMP' },
    { name: 'close', data: [10.5, 11], type: 'DOUBLE' },
  ])
}
