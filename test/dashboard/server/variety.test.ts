import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { VarietyAnswer } from '../../../dashboard/api.ts'
import { Reader } from '../../../dashboard/server/reader.ts'
import { varietyAnswer } from '../../../dashboard/server/variety.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { diskLake } from '../../support/disk-lake.ts'
import { land, landed, putLedger, rejected } from '../../support/lake-builder.ts'
import { SAMPLE_SENT } from '../../support/sample-lake.ts'

const DAY_MS = 86_400_000
const FIRST = Date.UTC(2013, 2, 1)
const CLOSES = [5, 5, 6.5, 8, 17, Number.NaN]

/** The answer, and how many statements it took. */
async function varietyOf(closes: readonly number[]) {
  const { lake, store, remove } = diskLake()
  try {
    const rows = closes.map((close, i) =>
      landed({ symbol: i < 2 ? 'IBM' : 'AAPL', close, volume: 7, ts_event: FIRST + i * DAY_MS, kafka_offset: i }),
    )
    const bad = rejected({ kafka_offset: closes.length })
    if (closes.length > 0) {
      await land(store, [...rows, bad], 'a')
      await putLedger(store, { next: closes.length + 1 })
      await runCompaction(compactionOn(store, SAMPLE_SENT))
    }
    const statements: string[] = []
    const ownEngine: typeof lake.ownEngine = (files, copies) => {
      const engine = lake.ownEngine(files, copies)
      const run: typeof engine.run = (sql, options) => {
        statements.push(sql)
        return engine.run(sql, options)
      }
      return { ...engine, run }
    }
    const { data } = (await varietyAnswer(new Reader({ ...lake, ownEngine }, Date.now))) as {
      readonly data: VarietyAnswer
    }
    return { data, statements }
  } finally {
    remove()
  }
}

function columnOf({ tables }: VarietyAnswer, table: string, column: string) {
  const found = tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)
  assert.ok(found)
  const { type, doc, ...profile } = found
  return profile
}

describe('the variety of a lake', () => {
  test('is counted by column: values, different ones, the least, the most, and twelve steps between them', async () => {
    const { data } = await varietyOf(CLOSES.slice(0, 5))

    assert.deepEqual(columnOf(data, 'bars_landing', 'close'), {
      name: 'close',
      nulls: 1,
      distinct: 4,
      least: '5.0',
      most: '17.0',
      steps: [2, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
    })
    assert.deepEqual(columnOf(data, 'bars', 'ts_event'), {
      name: 'ts_event',
      nulls: 0,
      distinct: 5,
      least: '2013-03-01T00:00:00.000Z',
      most: '2013-03-05T00:00:00.000Z',
      steps: [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1],
    })
    assert.deepEqual(columnOf(data, 'bars_landing', 'symbol'), {
      name: 'symbol',
      nulls: 1,
      distinct: 2,
      least: 'AAPL',
      most: 'IBM',
      steps: null,
    })
    assert.equal(columnOf(data, 'bars_landing', 'raw_value').distinct, null)
  })

  test('has no steps where all values are one, or no number can tell how far they are from each other', async () => {
    const { data } = await varietyOf(CLOSES)

    assert.deepEqual([columnOf(data, 'bars', 'volume').steps, columnOf(data, 'bars', 'close').steps], [null, null])
    assert.equal(columnOf(data, 'bars', 'volume').least, '7.0')
  })

  test('tells the shares of symbols, sources and intervals, the largest first', async () => {
    const { data } = await varietyOf(CLOSES.slice(0, 5))

    assert.deepEqual(data.shares, {
      symbol: [
        { name: 'AAPL', rows: 3 },
        { name: 'IBM', rows: 2 },
      ],
      source: [{ name: 'yahoo', rows: 5 }],
      interval: [{ name: '1d', rows: 5 }],
    })
    assert.deepEqual(data.rejected, [{ name: 'not_json', rows: 1 }])
  })

  test('of an empty lake is nothing, in the statements of any other, whose translations are kept', async () => {
    const [empty, full] = [await varietyOf([]), await varietyOf(CLOSES.slice(0, 5))]

    assert.deepEqual(empty.statements, full.statements)
    assert.deepEqual(columnOf(empty.data, 'bars', 'close'), {
      name: 'close',
      nulls: 0,
      distinct: 0,
      least: null,
      most: null,
      steps: null,
    })
    assert.deepEqual(empty.data.shares, { symbol: [], source: [], interval: [] })
  })
})
