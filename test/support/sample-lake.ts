/** The sample history as a lake: landed by the batch, compacted, in memory. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import { type RunDeps, runCompaction } from '../../lambdas/compactor/run.ts'
import { forecast } from '../../lambdas/forecaster/forecaster.ts'
import { compactionOn, lakeOn } from './compaction.ts'
import { land, landed, putLedger, rejected } from './lake-builder.ts'
import { readRows } from './parquet.ts'
import { silentLog } from './silent-log.ts'

const FOLDER = join(import.meta.dirname, '../../localstack/sample')
/** When the sample was sent, epoch milliseconds. */
export const SAMPLE_SENT = Date.UTC(2026, 10, 22, 10)

/** Every bar of the sample as it would land, in offset order. */
export async function sampleRows(): Promise<LandingRow[]> {
  const rows: LandingRow[] = []
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.parquet'))) {
    for (const row of await readRows(readFileSync(join(FOLDER, file)))) {
      const [date, open, high, low, close, adjClose, volume] = Object.values(row)
      const offset = rows.length
      rows.push(
        landed({
          symbol: file.replace('.parquet', ''),
          ts_event: Number(date),
          open: Number(open),
          high: Number(high),
          low: Number(low),
          close: Number(close),
          adj_close: Number(adjClose),
          volume: Number(volume),
          kafka_offset: offset,
          ts_sent: SAMPLE_SENT + offset,
          ts_recv: SAMPLE_SENT + offset + 40 + (offset % 97),
        }),
      )
    }
  }
  return rows
}

/** Lands rows in batches behind one another, with a record that is no bar and an end marker, and compacts them. */
export async function sampleLake<Store extends ObjectStore>(
  rows: readonly LandingRow[],
  store: Store,
  deps: RunDeps = compactionOn(store, SAMPLE_SENT),
): Promise<Store> {
  const last = rows.length
  const marker = new TextEncoder().encode(
    `{"schema_version":1,"kind":"end_of_replay","run_id":"run-1","sent":${last + 1}}`,
  )
  const noBar = new TextEncoder().encode('not json')
  const all = [
    ...rows,
    rejected({ kafka_offset: last, raw_value: noBar, ts_sent: SAMPLE_SENT, ts_recv: SAMPLE_SENT + 9 }),
    rejected({
      kafka_offset: last + 1,
      reject_reason: null,
      raw_value: marker,
      ts_sent: SAMPLE_SENT,
      ts_recv: SAMPLE_SENT + 9,
    }),
  ]
  for (let i = 0; i < all.length; i += 5_000) await land(store, all.slice(i, i + 5_000), `s${i}`)
  await putLedger(store, { next: all.length })
  await runCompaction(deps)
  return store
}

/** Two runs of the forecaster, seven sessions apart, so that some forecasts have come true. */
export async function sampleForecasts(store: ObjectStore, read: ObjectStore = lakeOn(store)): Promise<void> {
  const log = silentLog
  const deps = {
    store: read,
    parquet: parquetGroups,
    encoder: parquetEncoder(),
    clock: { now: () => SAMPLE_SENT },
    log,
  }
  for (const day of ['2013-02-20', '2013-03-01']) {
    await forecast({ asOf: Date.parse(day) / 86_400_000, refit: false }, deps)
  }
}
