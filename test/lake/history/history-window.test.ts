import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { TickerlakeError } from '../../../lake/errors.ts'
import {
  type HistoryRequest,
  type HistoryRow,
  type HistoryWindow,
  ParquetHistory,
} from '../../../lake/history/history-window.ts'
import { DAY_MS } from '../../../lake/instant.ts'
import { comparePositions, type ReplayPosition } from '../../../lake/replay/replay-order.ts'
import { askDuckdb } from '../../support/duckdb-lake.ts'
import { parquetOf, type TestRow } from '../../support/history-files.ts'
import { MemoryObjectStore, type StoreHooks } from '../../support/memory-object-store.ts'

const GOLDEN = join(import.meta.dirname, '../../golden/history')
const ALL = { symbols: null, from: null, to: null }

type Files = Readonly<Record<string, Uint8Array>>

async function historyOf(files: Files, hooks: StoreHooks = {}) {
  const store = new MemoryObjectStore(hooks)
  for (const [name, file] of Object.entries(files)) await store.put(`history/${name}`, file)
  return { store, history: new ParquetHistory(store, 'history/') }
}

async function golden(name: string, request: Partial<HistoryRequest> = {}): Promise<HistoryWindow> {
  const { history } = await historyOf({ [name]: await readFile(join(GOLDEN, name)) })
  return history.read({ selection: ALL, after: null, limit: 100, ...request })
}

/** Reads window by window to the end. */
async function readAll(
  history: ParquetHistory,
  request: Partial<HistoryRequest> & { readonly limit: number },
): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = []
  let after: ReplayPosition | null = null
  while (true) {
    const window: HistoryWindow = await history.read({ selection: ALL, ...request, after })
    const [first] = window.rows
    assert.ok(window.rows.length <= request.limit)
    assert.ok(!after || !first || comparePositions(first.position, after) > 0, 'each window begins behind the last')
    rows.push(...window.rows)
    if (window.last) return rows
    after = window.rows.at(-1)?.position ?? after
  }
}

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

test('an unreachable store is no fault of the files: the read fails and can be tried again', async () => {
  let isDown = true
  const { history } = await historyOf(
    { 'AAPL.parquet': await readFile(join(GOLDEN, 'int96.parquet')) },
    {
      before: (verb) => {
        if (isDown && verb === 'getRange') throw new TickerlakeError('test', 'slow down', { retryable: true })
      },
    },
  )

  await assert.rejects(history.read({ selection: ALL, after: null, limit: 100 }), /slow down/)
  isDown = false
  const { rows, skipped } = await history.read({ selection: ALL, after: null, limit: 100 })

  assert.deepEqual([rows.length, skipped.length], [3, 0])
})

test('a file that is replaced between two reads is opened again', async () => {
  const { history, store } = await historyOf({ 'X.parquet': parquetOf([{ day: 1, symbol: 'X', open: 1 }], 10, false) })
  await history.read({ selection: ALL, after: null, limit: 100 })

  await store.put('history/X.parquet', parquetOf([{ day: 1, symbol: 'X', open: 2 }], 10, false))
  const { rows } = await history.read({ selection: ALL, after: null, limit: 100 })

  assert.deepEqual(
    rows.map(({ bar }) => bar.open),
    [2],
  )
})

for (const when of ['list', 'getRange'] as const) {
  test(`a file that is replaced while its window is read (${when}) is read again, whole`, async () => {
    const rows = (count: number, open: number) =>
      Array.from({ length: count }, (_, day) => ({ day, symbol: 'X', open }))
    let isReplaced = false
    const hook: StoreHooks['before'] = async (verb, key) => {
      if (isReplaced || verb !== when || (verb === 'getRange' && !key.endsWith('X.parquet'))) return
      isReplaced = true
      await store.put('history/X.parquet', parquetOf(rows(320, 2), 100, false))
    }
    const hooks: StoreHooks = when === 'list' ? { after: hook } : { before: hook }
    const { history, store } = await historyOf({ 'X.parquet': parquetOf(rows(300, 1), 100, false) }, hooks)

    const read = await history.read({ selection: ALL, after: null, limit: 1_000 })

    assert.equal(isReplaced, true)
    assert.deepEqual([read.rows.length, read.skipped], [320, []])
    assert.ok(read.rows.every(({ bar }) => bar.open === 2))
  })
}

test('a file that is replaced again and again ends the read, to be tried again', async () => {
  let count = 0
  const { history, store } = await historyOf(
    { 'X.parquet': parquetOf([{ day: 1, symbol: 'X', open: 0 }], 10, false) },
    {
      after: async (verb) => {
        if (verb === 'list')
          await store.put('history/X.parquet', parquetOf([{ day: 1, symbol: 'X', open: ++count }], 1, false))
      },
    },
  )

  const isRetryable = (error: unknown) => error instanceof TickerlakeError && error.retryable
  await assert.rejects(history.read({ selection: ALL, after: null, limit: 10 }), isRetryable)
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

test('files of symbols that nobody asked for are opened and not read', async () => {
  const days = Array.from({ length: 100_000 }, (_, day) => ({ day, symbol: 'X', open: Math.sin(day) }))
  let fetched = 0
  const { history } = await historyOf(
    { 'A.parquet': parquetOf(days, 100_000, false), 'B.parquet': parquetOf(days, 100_000, false) },
    {
      before: (verb, key) => {
        if (verb === 'getRange' && key.endsWith('B.parquet')) fetched += 1
      },
    },
  )

  const { rows } = await history.read({ selection: { ...ALL, symbols: ['A'] }, after: null, limit: 10 })

  assert.equal(rows.length, 10)
  assert.equal(fetched, 1, 'the footer')
})

test('a row group is not left out for statistics of the evening before its session', async () => {
  const eveningBefore = 100 + 23 / 24
  const { history } = await historyOf({
    'X.parquet': parquetOf([{ day: eveningBefore, symbol: 'X', open: 1 }], 1, false),
  })

  const { rows } = await history.read({ selection: { ...ALL, from: 101 * DAY_MS }, after: null, limit: 10 })

  assert.deepEqual(
    rows.map(({ bar }) => bar.tsEvent),
    [101 * DAY_MS],
  )
})

const row: fc.Arbitrary<TestRow> = fc.record({
  day: fc.option(fc.integer({ min: -5_000, max: 20_000 }), { freq: 10 }),
  symbol: fc.constantFrom('AAPL', 'MSFT', 'GOOG'),
  open: fc.double({ noNaN: true, noDefaultInfinity: true }),
})
const file = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 40 }),
  groupRows: fc.integer({ min: 1, max: 40 }),
  isSorted: fc.boolean(),
})

test('windows of any size give every row of every file exactly once, in the order of event time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), async (files, limit) => {
      const contents = files.map(({ rows, groupRows, isSorted }) => {
        const inOrder = isSorted ? rows.toSorted((a, b) => (a.day ?? 0) - (b.day ?? 0)) : rows
        return { rows: inOrder, bytes: parquetOf(inOrder, groupRows) }
      })
      const { history } = await historyOf(Object.fromEntries(contents.map(({ bytes }, i) => [`${i}.parquet`, bytes])))

      const read = await readAll(history, { limit })

      const positions = read.map(({ position }) => position)
      assert.deepEqual(positions, positions.toSorted(comparePositions))
      const expected = contents.flatMap(({ rows }, i) =>
        rows.map((cells, at) => ({ ...cells, at: `history/${i}.parquet ${at}` })),
      )
      const found = read.map(({ position, bar }) => ({
        day: typeof bar.tsEvent === 'number' ? bar.tsEvent / 86_400_000 : bar.tsEvent,
        symbol: bar.symbol,
        open: bar.open,
        at: `${position.file} ${position.row}`,
      }))
      const byPlace = (a: { at: string }, b: { at: string }): number => (a.at < b.at ? -1 : 1)
      assert.deepEqual(found.sort(byPlace), expected.sort(byPlace))
    }),
    { numRuns: 60 },
  )
})

test('a selection gives what a filter over everything would', async () => {
  const selection = fc.record({
    symbols: fc.option(fc.subarray(['AAPL', 'MSFT', 'GOOG'], { minLength: 1 })),
    from: fc.option(fc.integer({ min: -5_000, max: 20_000 }).map((day) => day * 86_400_000)),
    to: fc.option(fc.integer({ min: -5_000, max: 20_000 }).map((day) => day * 86_400_000)),
  })
  await fc.assert(
    fc.asyncProperty(file, selection, async ({ rows, groupRows }, { symbols, from, to }) => {
      const { history } = await historyOf({ 'x.parquet': parquetOf(rows, groupRows) })

      const read = await readAll(history, { selection: { symbols, from, to }, limit: 7 })

      const isDated = from !== null || to !== null
      const isWanted = ({ day, symbol }: TestRow): boolean =>
        (symbols?.includes(symbol) ?? true) &&
        (day === null ? !isDated : day * DAY_MS >= (from ?? -Infinity) && day * DAY_MS <= (to ?? Infinity))
      assert.equal(read.length, rows.filter(isWanted).length)
    }),
    { numRuns: 60 },
  )
})

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
