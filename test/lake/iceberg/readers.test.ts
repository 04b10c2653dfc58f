import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { symbolSeries } from '../../../lake/parquet/symbol-series.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F']
const DAY = 86_400_000
const WHOLE = { symbols: SYMBOLS, interval: '1d', from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
const VERSIONS = 50

test('readers who go on while a month is replaced fifty times see each version whole, and no mixture', async () => {
  const store = new MemoryObjectStore()
  const slow = aroundObjectStore(store, async (_what, act) => {
    await setImmediate()
    return act()
  })
  let offset = 0
  /** Every bar of two months stated again, its close the number of the version. */
  const state = async (version: number): Promise<void> => {
    const rows = [0, 40].flatMap((day) =>
      SYMBOLS.map((symbol) =>
        landed({
          symbol,
          ts_event: Date.UTC(2020, 0, 1) + day * DAY,
          ts_sent: Date.UTC(2026, 10, 22) + version,
          ...{ open: version, high: version, low: version, close: version, kafka_offset: offset++ },
        }),
      ),
    )
    await land(store, rows, `v${version}`)
    await putLedger(store, { next: offset })
    await runCompaction({ ...compactionOn(slow), mostFileRows: 2 })
  }
  await state(1)

  let isDone = false
  const seen = new Set<number>()
  const reader = async (): Promise<number> => {
    let reads = 0
    for (; !isDone; reads++) {
      const bars = (await Array.fromAsync(symbolSeries(WHOLE, lakeOn(slow)))).flat()
      const versions = new Set(bars.map(({ close }) => close))
      assert.equal(bars.length, 2 * SYMBOLS.length)
      assert.equal(versions.size, 1, `one answer has versions ${[...versions].join(', ')}`)
      for (const version of versions) seen.add(version)
    }
    return reads
  }
  const readers = [reader(), reader()]
  for (let version = 2; version <= VERSIONS; version++) await state(version)
  isDone = true

  const reads = await Promise.all(readers)
  assert.ok(
    reads.every((count) => count > 5),
    `reads: ${reads.join(', ')}`,
  )
  assert.ok(seen.size > 5)
})
