import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { HistoryWindow } from '../../../lake/history/history-source.ts'
import { DAY_MS } from '../../../lake/instant.ts'
import { askDuckdb } from '../../support/duckdb-lake.ts'
import { ALL, GOLDEN, golden, historyOf, readAll } from '../../support/history-reads.ts'

const times = ({ rows }: HistoryWindow): readonly unknown[] =>
  rows.map(({ bar }) => (typeof bar.tsEvent === 'number' ? new Date(bar.tsEvent).toISOString() : bar.tsEvent))

for (const name of ['AAPL-pandas-zone.parquet', 'BHP.AX.parquet', 'pandas-no-name.parquet', 'int96.parquet']) {
  test(`the daily export ${name} gives its session dates and its cells`, async () => {
    const window = await golden(name)

    assert.deepEqual(times(window), [
      '2013-03-28T00:00:00.000Z',
      '2013-04-01T00:00:00.000Z',
      '2013-04-02T00:00:00.000Z',
    ])
    const { symbol: _symbol, tsEvent: _tsEvent, ...cells } = window.rows[0]?.bar ?? {}
    assert.deepEqual(cells, {
      interval: '1d',
      open: 10,
      high: 12,
      low: 9,
      close: 11,
      adjClose: 5.5,
      volume: 3_000_000_000,
    })
  })
}

test('columns for symbol and interval win over the name of the file; decimals and huge numbers are kept', async () => {
  const { rows } = await golden('duckdb.parquet')

  assert.deepEqual(rows[0]?.bar, {
    symbol: 'MSFT',
    interval: '1h',
    tsEvent: Date.UTC(2013, 3, 1, 14, 30),
    open: 12.25,
    high: 13,
    low: 2 ** 127,
    close: 12.5,
    adjClose: null,
    volume: '9223372036854775807',
  })
})

for (const [unit, perDay] of [
  ['s', 86_400n],
  ['ms', 86_400_000n],
  ['ns', 86_400_000_000_000n],
] as const) {
  test(`a column of epoch numbers (${unit}) that crosses 1970 is read in one unit, in every row group`, async () => {
    const days = Array.from({ length: 4_000 }, (_, i) => BigInt(i - 2_500))
    const file = parquetWriteBuffer({
      columnData: [{ name: 'Date', data: days.map((day) => day * perDay), type: 'INT64' }],
      rowGroupSize: 500,
    })
    const { history } = await historyOf({ 'IBM.parquet': new Uint8Array(file) })

    const rows = await readAll(history, { limit: 1_000 })

    assert.deepEqual(
      rows.map(({ bar }) => bar.tsEvent),
      days.map((day) => Number(day) * DAY_MS),
    )
    assert.equal(rows[0]?.bar.interval, '1d')
  })
}

test('a file newest first is replayed oldest first, its broken rows as they stand', async () => {
  const { rows } = await golden('unsorted.parquet')

  assert.deepEqual(
    rows.map(({ bar }) => [bar.symbol, bar.tsEvent, bar.open, bar.volume]),
    [
      ['AAPL', null, null, null],
      ['AAPL', Date.UTC(2013, 3, 1), 'n/a', 2],
      ['MSFT', Date.UTC(2013, 3, 2), 12, 1],
    ],
  )
})

test('a file that is none, has no dates or is damaged is left out with its reason; the others are read', async () => {
  const files = {
    'AAPL.parquet': await readFile(join(GOLDEN, 'pandas-no-name.parquet')),
    'a-text.parquet': new TextEncoder().encode('Date,Open\n'),
    'b-empty.parquet': new Uint8Array(),
    'c-no-dates.parquet': await readFile(join(GOLDEN, 'no-dates.parquet')),
    'd-torn.parquet': await readFile(join(GOLDEN, 'torn.parquet')),
    'e-leveled.parquet': new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: "('Close', 'AAPL')", data: [1], type: 'DOUBLE' }] }),
    ),
    'notes.txt': new TextEncoder().encode('not read at all'),
  }
  const { history } = await historyOf(files)

  const window = await history.read({ selection: ALL, after: null, limit: 100 })

  assert.equal(window.rows.length, 3)
  assert.deepEqual(
    window.skipped.map(({ file }) => file),
    ['a-text', 'b-empty', 'c-no-dates', 'd-torn', 'e-leveled'].map((name) => `history/${name}.parquet`),
  )
  assert.equal(window.skipped[1]?.reason, 'the file is empty')
  assert.match(window.skipped[2]?.reason ?? '', /no column Date, Datetime or ts_event; its columns are Name, Price/)
  assert.match(window.skipped[3]?.reason ?? '', /damaged/)
  assert.match(window.skipped[4]?.reason ?? '', /two names, such as \('Close', 'AAPL'\)/)
})

for (const type of ['INT32', 'INT64', 'BYTE_ARRAY'] as const) {
  test(`DECIMAL prices stored as ${type} are the numbers that they say`, async () => {
    const prices = [4.35, 1.1, 2.03, 8.7, 100.57, 0.07, 19.99, 57.29, -4.35]
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'Date', data: prices.map((_, day) => day) },
        { name: 'Close', data: prices },
      ],
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'Date', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
        { name: 'Close', type, converted_type: 'DECIMAL', scale: 2, precision: 9, repetition_type: 'REQUIRED' },
      ],
    })
    const { history } = await historyOf({ 'X.parquet': new Uint8Array(file) })

    const { rows } = await history.read({ selection: ALL, after: null, limit: 100 })

    assert.deepEqual(
      rows.map(({ bar }) => bar.close),
      prices,
    )
  })
}

test('words that DuckDB has packed in blocks of 256 are read, whatever their number', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tickerlake-'))
  try {
    const file = join(folder, 'many.parquet')
    await askDuckdb(`COPY (
      SELECT 'S' || (hash(i) % 7) AS symbol, DATE '2020-01-01' + i::int AS date, i + 0.5 AS close FROM range(1000) AS t (i)
    ) TO '${file}' (FORMAT parquet, CODEC zstd)`)
    const { history } = await historyOf({ 'many.parquet': await readFile(file) })

    const { rows } = await history.read({ selection: ALL, after: null, limit: 2000 })

    assert.equal(rows.length, 1000)
    assert.deepEqual(
      Object.keys(Object.groupBy(rows, ({ bar }) => bar.symbol)).sort(),
      [...'0123456'].map((i) => `S${i}`),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
