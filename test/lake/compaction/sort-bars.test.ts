import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BarBuffer, BarWords } from '../../../lake/compaction/bar-buffer.ts'
import { type BarColumns, compareBars, compareVersions } from '../../../lake/compaction/bar-columns.ts'
import { sortedBars } from '../../../lake/compaction/sort-bars.ts'
import { wordsOf } from '../../../lake/tables/cells.ts'

interface Key {
  readonly symbol: string
  readonly interval: string
  readonly ts_event: number
  readonly ts_sent: number
  readonly kafka_offset: number
}

const key: fc.Arbitrary<Key> = fc.record({
  symbol: fc.constantFrom('AAPL', 'BRK-B', '^GSPC', 'B'),
  interval: fc.constantFrom('1d', '1m'),
  ts_event: fc.nat(20),
  ts_sent: fc.nat(3),
  kafka_offset: fc.nat(1_000),
})

/** As they come from Kafka: mostly by time, with corrections behind. */
const keys = fc.oneof(
  fc.array(key, { maxLength: 300 }),
  fc.tuple(fc.array(key, { maxLength: 300 }), fc.array(key, { maxLength: 20 })).map(([sorted, corrections]) => {
    return [...sorted.sort((a, b) => a.ts_event - b.ts_event), ...corrections]
  }),
)

function columnsOf(rows: readonly Key[]): BarColumns {
  const { columns } = new BarBuffer(rows.length, new BarWords())
  for (const name of ['ts_event', 'ts_sent', 'kafka_offset'] as const) {
    columns[name].set(rows.map((row) => row[name]))
  }
  const texts = (text: (row: Key) => string) => wordsOf(rows.map(text))
  return {
    ...columns,
    symbol: texts(({ symbol }) => symbol),
    interval: texts(({ interval }) => interval),
    topic: texts(() => 'market.bars'),
  }
}

const ALWAYS = { from: 0, to: Number.POSITIVE_INFINITY }

test('rows are in the order that comparing each with each gives, equal ones as they came', () => {
  fc.assert(
    fc.property(keys, (rows) => {
      const columns = columnsOf(rows)
      const order = Uint32Array.from(rows, (_, row) => row)
      const wanted = [...order].sort(
        (a, b) => compareBars(columns, a, columns, b) || compareVersions(columns, a, columns, b),
      )
      assert.deepEqual([...sortedBars({ columns, rows: rows.length }, ALWAYS)], wanted)
    }),
    { numRuns: 500 },
  )
})

test('only rows of the span are sorted, and none behind those that there are', () => {
  const row = { interval: '1d', ts_sent: 0, kafka_offset: 0 }
  const columns = columnsOf([
    { ...row, symbol: 'MSFT', ts_event: 1 },
    { ...row, symbol: 'AAPL', ts_event: 2 },
    { ...row, symbol: 'AAPL', ts_event: 1 },
    { ...row, symbol: 'AAPL', ts_event: 3 },
    { ...row, symbol: 'AAPL', ts_event: Number.NaN },
    { ...row, symbol: 'AAPL', ts_event: 1 },
  ])

  assert.deepEqual([...sortedBars({ columns, rows: 5 }, { from: 1, to: 3 })], [2, 1, 0])
})
