import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY_MS } from '../../../lake/instant.ts'
import { comparePositions } from '../../../lake/replay/replay-order.ts'
import { parquetOf, type TestRow } from '../../support/history-files.ts'
import { ALL, historyOf, readAll } from '../../support/history-reads.ts'

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
