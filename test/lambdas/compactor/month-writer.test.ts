import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BarWords } from '../../../lake/compaction/bar-buffer.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { cellAt } from '../../../lake/tables/cells.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'
import { BAR_COLUMNS, barsOf } from '../../../lambdas/compactor/bar-cells.ts'
import { MonthWriter } from '../../../lambdas/compactor/month-writer.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

async function barsLanded(rows: number) {
  const store = new MemoryObjectStore()
  const symbol = (i: number) => `S${String(i).padStart(3, '0')}`
  const key = await land(
    store,
    Array.from({ length: rows }, (_, i) => landed({ symbol: symbol(i), kafka_offset: i })),
    'all',
  )
  const body = (await store.get(key))?.body ?? new Uint8Array()
  const [group] = await Array.fromAsync(parquetGroups.read(body, BARS_LANDING, BAR_COLUMNS))
  assert.ok(group)
  return barsOf(group)
}

async function symbolsIn(body: Uint8Array): Promise<unknown[]> {
  const groups = await Array.fromAsync(parquetGroups.read(body, BARS, ['symbol']))
  return groups.flatMap(({ rows, cells }) => Array.from({ length: rows }, (_, row) => cellAt(cells['symbol'], row)))
}

test('a month of several files hands each of them on with the rows that follow it', async () => {
  const { columns } = await barsLanded(90)
  const words = new BarWords()
  const fresh = words.adopt(columns)
  const props = { parquet: parquetGroups, table: BARS, month: '2013-03', words, rows: 90, mostFileRows: 30 }
  const writer = new MonthWriter(props)

  const given = [0, 20, 40, 60, 80].map((from) => {
    const picks = Int32Array.from({ length: Math.min(20, 90 - from) }, (_, i) => from + i)
    return writer.add({ picks, fresh, standing: fresh })
  })
  const last = writer.finish()

  assert.deepEqual(
    [...given, last].map(({ length }) => length),
    [0, 1, 0, 1, 0, 1],
  )
  const symbols = await Promise.all([...given, last].flat().map(symbolsIn))
  assert.deepEqual(
    symbols.map((each) => [each.length, each[0], each.at(-1)]),
    [
      [30, 'S000', 'S029'],
      [30, 'S030', 'S059'],
      [30, 'S060', 'S089'],
    ],
  )
})
