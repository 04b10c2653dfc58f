import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { tableFromIPC } from 'apache-arrow'
import { seriesFile, seriesFormatOf } from '../../../cli/export/series-file.ts'
import { pinnedLake } from '../../../lake/iceberg/snapshot-store.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { symbolSeries } from '../../../lake/parquet/symbol-series.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { cellAt } from '../../../lake/tables/cells.ts'
import { BARS, type BarRow } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn, tableOn } from '../../support/compaction.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const [MARCH, APRIL] = [Date.UTC(2013, 2, 1), Date.UTC(2013, 3, 1)]
const WHOLE = {
  symbols: ['AAPL'] as readonly string[],
  interval: '1d',
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
}

async function lake(): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  const rows = [
    landed({ ts_event: APRIL, adj_close: null, kafka_offset: 0 }),
    landed({ ts_event: MARCH, kafka_offset: 1 }),
    landed({ ts_event: MARCH, interval: '1h', kafka_offset: 2 }),
    landed({ ts_event: MARCH, symbol: 'MSFT', kafka_offset: 3 }),
  ]
  await land(store, rows, 'a')
  await runCompaction(compactionOn(store, MARCH))
  return store
}

async function series(request: Partial<typeof WHOLE> = {}): Promise<BarRow[]> {
  return (await Array.fromAsync(symbolSeries({ ...WHOLE, ...request }, lakeOn(await lake())))).flat()
}

describe('a series', () => {
  test("is one symbol's bars of one interval, by time", async () => {
    const rows = await series()

    assert.deepEqual(
      rows.map(({ symbol, interval, ts_event }) => [symbol, interval, ts_event]),
      [
        ['AAPL', '1d', MARCH],
        ['AAPL', '1d', APRIL],
      ],
    )
  })

  test('of a month that is replaced while it is read is that of the snapshot it began with', async () => {
    const store = await lake()
    const pinned = await pinnedLake(store, tableOn(store))
    await land(store, [landed({ ts_event: MARCH, close: 11.5, ts_sent: Date.UTC(2026, 11, 1), kafka_offset: 9 })], 'b')
    await runCompaction(compactionOn(store, APRIL))
    const closeIn = async (lakeStore: ObjectStore) =>
      (await Array.fromAsync(symbolSeries(WHOLE, lakeStore))).flat().map(({ close }) => close)

    assert.deepEqual(await closeIn(pinned), [11, 11])
    assert.deepEqual(await closeIn(lakeOn(store)), [11.5, 11])
  })

  test('of several symbols has all of them', async () => {
    const symbols = (await series({ symbols: ['MSFT', 'AAPL'] })).map(({ symbol }) => symbol)

    assert.deepEqual(symbols.sort(), ['AAPL', 'AAPL', 'MSFT'])
  })

  test('ends at the days that are asked for', async () => {
    assert.equal((await series({ from: MARCH, to: MARCH + 1 })).length, 1)
    assert.equal((await series({ from: MARCH + 1, to: APRIL })).length, 0)
  })

  test('ends at the months that are asked for', async () => {
    assert.deepEqual(
      (await series({ from: APRIL })).map(({ ts_event }) => ts_event),
      [APRIL],
    )
    assert.deepEqual(
      (await series({ to: APRIL })).map(({ ts_event }) => ts_event),
      [MARCH],
    )
  })

  test('as CSV has ISO instants, and nothing where nothing is known', async () => {
    const [header, first, second] = new TextDecoder().decode(seriesFile(await series(), 'csv')).split('\n')

    assert.match(header ?? '', /^symbol,interval,ts_event,open,/)
    assert.match(first ?? '', /^AAPL,1d,2013-03-01T00:00:00\.000Z,10,12,9,11,10\.5,1000,/)
    assert.match(second ?? '', /^AAPL,1d,2013-04-01T00:00:00\.000Z,10,12,9,11,,1000,/)
  })

  test('as Arrow keeps its types', async () => {
    const table = tableFromIPC(seriesFile(await series(), 'arrow'))

    assert.equal(table.numRows, 2)
    assert.equal(
      String(table.schema.fields.find(({ name }) => name === 'ts_event')?.type),
      'Timestamp<MILLISECOND, UTC>',
    )
    assert.deepEqual([table.getChild('adj_close')?.get(0), table.getChild('adj_close')?.get(1)], [10.5, null])
    assert.equal(table.getChild('volume')?.get(0), 1000n)
  })

  test('as Parquet reads back as it was', async () => {
    const rows = await series()
    const groups = await Array.fromAsync(parquetGroups.read(seriesFile(rows, 'parquet'), BARS, ['symbol', 'close']))

    assert.deepEqual(
      [0, 1].map((row) => cellAt(groups[0]?.cells['symbol'], row)),
      ['AAPL', 'AAPL'],
    )
  })
})

describe('the format', () => {
  test('is what the file’s name says', () => {
    assert.equal(seriesFormatOf(undefined, 'y.parquet'), 'parquet')
    assert.equal(seriesFormatOf(undefined, 'y.Feather'), 'arrow')
    assert.equal(seriesFormatOf('csv', 'y.txt'), 'csv')
    assert.equal(seriesFormatOf(undefined, undefined), 'csv')
  })

  test('that is none, or that the name contradicts, is refused', () => {
    assert.throws(() => seriesFormatOf('xlsx', undefined), /takes csv, parquet or arrow; got "xlsx"/)
    assert.throws(() => seriesFormatOf(undefined, 'y.xlsx'), /ends in \.csv, .*; got "y\.xlsx"/)
    assert.throws(() => seriesFormatOf('csv', 'y.parquet'), /--format says csv and --out y\.parquet says parquet/)
  })
})
