/** A lake as the release before Iceberg kept it: a file a month, replaced in place, and one mark. */
import { LAYOUT } from '../../lake/layout.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS, type BarRow } from '../../lake/tables/tables.ts'
import { CLUSTER, land, landed, putLedger, TOPIC } from './lake-builder.ts'

export const MARCH = Date.UTC(2013, 2, 1)
export const APRIL = Date.UTC(2013, 3, 1)

/** A month as the version before Iceberg kept it: one file in its folder. */
async function olderMonth(store: ObjectStore, month: string, rows: readonly Partial<BarRow>[]): Promise<void> {
  const whole = rows.map((row) => ({ ...landed({}), flags: '', ...row }))
  const body = parquetEncoder().encode(
    BARS,
    BARS.columns.map(({ name }) => whole.map((row) => row[name])),
  )
  await store.put(`bars/month=${month}/bars.parquet`, body, { metadata: { rows: String(rows.length) } })
}

/** Two months whose landing files have expired, their mark, and a correction that landed since. */
export async function olderLake<S extends ObjectStore>(store: S): Promise<S> {
  await olderMonth(store, '2013-03', [{ ts_event: MARCH, kafka_offset: 0 }])
  await olderMonth(store, '2013-04', [{ ts_event: APRIL, kafka_offset: 1 }])
  const covers = { [`${CLUSTER}/${TOPIC}/0`]: { epoch: 0, next: 2, gaps: [] } }
  const mark = JSON.stringify({ version: 1, covers, listFrom: '', nonce: 'n' })
  await store.put(LAYOUT.oldCompactionMark, new TextEncoder().encode(mark))
  await land(store, [landed({ ts_event: MARCH, close: 11.9, ts_sent: Date.UTC(2026, 11, 1), kafka_offset: 2 })], 'new')
  await putLedger(store, { next: 3 })
  return store
}
