import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { memorySource } from '../../../lake/parquet/file-source.ts'
import { KeptLayouts, openLayout } from '../../../lake/parquet/open-layout.ts'
import { EVER, symbolSeries } from '../../../lake/parquet/symbol-series.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F']
const MARCH = Date.UTC(2013, 2, 1)
const WHOLE = { interval: '1d', ...EVER }

/** A month of six symbols in files of two bars, and the keys that were read of it since. */
async function monthInFiles() {
  const reads: string[] = []
  const store = new MemoryObjectStore({
    before: async (verb, key) => {
      if (verb === 'getRange') reads.push(key)
    },
  })
  const rows = SYMBOLS.map((symbol, i) => landed({ symbol, ts_event: MARCH, close: 10 + i / 10, kafka_offset: i }))
  await land(store, rows, 'a')
  await putLedger(store, { next: rows.length })
  await runCompaction({ ...compactionOn(store, MARCH), mostFileRows: 2 })
  reads.length = 0
  return { lake: lakeOn(store), reads }
}

test('of a month in several files those alone are opened that may have the symbol', async () => {
  const { lake, reads } = await monthInFiles()
  const files = (await Array.fromAsync(lake.list(`${BARS.prefix}/`))).length

  const bars = (await Array.fromAsync(symbolSeries({ symbols: ['C'], ...WHOLE }, lake))).flat()

  assert.deepEqual(
    bars.map(({ symbol, close }) => [symbol, close]),
    [['C', 10.2]],
  )
  assert.ok(files > 1, `${files} files`)
  assert.equal(new Set(reads).size, 1)
})

test('bars have the columns that are wanted, and no others', async () => {
  const { lake } = await monthInFiles()

  const bars = (await Array.fromAsync(symbolSeries({ symbols: ['A'], ...WHOLE }, lake, { columns: ['close'] }))).flat()

  assert.deepEqual(bars, [{ close: 10 }])
})

test('footers are kept by version, up to a number of bytes; the one used longest ago goes first', async () => {
  const empty = parquetEncoder().encode(
    BARS,
    BARS.columns.map(() => []),
  )
  const layout = await openLayout(memorySource(empty), empty.length)
  const opened: string[] = []
  const kept = new KeptLayouts(2.5 * ('size' in layout ? layout.size : 0))
  const open = (version: string) =>
    kept.of(version, async () => {
      opened.push(version)
      return layout
    })

  for (const version of ['a', 'b', 'a', 'c', 'a', 'b']) await open(version)

  assert.deepEqual(opened, ['a', 'b', 'c', 'b'])
})
