import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LAYOUT } from '../../../lake/layout.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { BARS, type BarRow } from '../../../lake/tables/tables.ts'
import { plan } from '../../../lambdas/compactor/plan.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn, liveFilesOn } from '../../support/compaction.ts'
import { CLUSTER, land, landed, putLedger, readBars, TOPIC } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const MARCH = Date.UTC(2013, 2, 1)
const APRIL = Date.UTC(2013, 3, 1)

/** A month as the version before Iceberg kept it: one file in its folder. */
async function oldMonth(store: ObjectStore, month: string, rows: readonly Partial<BarRow>[]): Promise<void> {
  const whole = rows.map((row) => ({ ...landed({}), flags: '', ...row }))
  const body = parquetEncoder().encode(
    BARS,
    BARS.columns.map(({ name }) => whole.map((row) => row[name])),
  )
  await store.put(`bars/month=${month}/bars.parquet`, body, { metadata: { rows: String(rows.length) } })
}

/** Two months whose landing files have expired, their mark, and a correction that landed since. */
async function oldLake(): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  await oldMonth(store, '2013-03', [{ ts_event: MARCH, kafka_offset: 0 }])
  await oldMonth(store, '2013-04', [{ ts_event: APRIL, kafka_offset: 1 }])
  const covers = { [`${CLUSTER}/${TOPIC}/0`]: { epoch: 0, next: 2, gaps: [] } }
  const mark = JSON.stringify({ version: 1, covers, listFrom: '', nonce: 'n' })
  await store.put(LAYOUT.oldCompactionMark, new TextEncoder().encode(mark))
  await land(store, [landed({ ts_event: MARCH, close: 11.9, ts_sent: Date.UTC(2026, 11, 1), kafka_offset: 2 })], 'new')
  await putLedger(store, { next: 3 })
  return store
}

test('a lake of the version before Iceberg becomes the table in one snapshot, with its mark and what has landed since', async () => {
  const store = await oldLake()

  const before = await Array.fromAsync(lakeOn(store).list('bars/'))
  await runCompaction(compactionOn(store))

  assert.deepEqual(
    before.map(({ key }) => key),
    ['bars/month=2013-03/bars.parquet', 'bars/month=2013-04/bars.parquet'],
  )
  const bars = await readBars(store)
  assert.deepEqual(
    bars.map(({ ts_event, close }) => [ts_event, close]),
    [
      [MARCH, 11.9],
      [APRIL, 11],
    ],
  )
  assert.deepEqual(
    (await liveFilesOn(store)).map(({ month }) => month),
    ['2013-03', '2013-04'],
  )
  assert.equal((await plan(compactionOn(store))).files, 0)
})

test('a lake that was taken over is not taken over again', async () => {
  const store = await oldLake()
  await runCompaction(compactionOn(store))
  const once = (await liveFilesOn(store)).map(({ key }) => key)

  await runCompaction(compactionOn(store))

  assert.deepEqual(
    (await liveFilesOn(store)).map(({ key }) => key),
    once,
  )
})
