/** Builds what a consumer leaves in a store: landing files and ledgers. */

import type { LiveFile } from '../../lake/iceberg/iceberg-table.ts'
import { claimKey } from '../../lake/ledger/landing-key.ts'
import { emptyLedger, type Ledger } from '../../lake/ledger/ledger.ts'
import { encodeLedger, ledgerKey } from '../../lake/ledger/ledger-object.ts'
import { rangesOf } from '../../lake/ledger/offset-ranges.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { cellAt } from '../../lake/tables/cells.ts'
import { BARS, BARS_LANDING, type BarRow, type LandingRow } from '../../lake/tables/tables.ts'
import { liveFilesOn } from './compaction.ts'

export const TOPIC = 'market.bars'
export const CLUSTER = 'test-cluster'

/** A valid bar as it stands in landing; whatever is given takes the place of a plain AAPL day. */
export function landed(row: Partial<LandingRow>): LandingRow {
  return {
    symbol: 'AAPL',
    interval: '1d',
    ts_event: Date.UTC(2013, 2, 1),
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    adj_close: 10.5,
    volume: 1000,
    source: 'yahoo',
    run_id: 'run-1',
    ts_sent: Date.UTC(2026, 10, 22),
    ts_recv: Date.UTC(2026, 10, 22) + 100,
    topic: TOPIC,
    kafka_partition: 0,
    kafka_offset: 0,
    schema_version: 1,
    reject_reason: null,
    raw_key: null,
    raw_value: null,
    ...row,
  }
}

/** A record that is not a bar: its cells are empty, its bytes are kept. */
export function rejected(row: Partial<LandingRow>): LandingRow {
  const none = { symbol: null, interval: null, ts_event: null, open: null, high: null, low: null, close: null }
  return landed({ ...none, adj_close: null, volume: null, reject_reason: 'not_json: nothing', ...row })
}

const encoder = parquetEncoder()

function encodeRows(rows: readonly LandingRow[]): Uint8Array {
  return encoder.encode(
    BARS_LANDING,
    BARS_LANDING.columns.map(({ name }) => rows.map((row) => row[name])),
  )
}

/** Whose offsets landed rows have, and in which epoch of its ledger. */
interface Landing {
  readonly cluster?: string
  readonly epoch?: number
}

/** Puts a landing file with these rows, and says its key. */
export async function land(
  store: ObjectStore,
  rows: readonly LandingRow[],
  id: string,
  { cluster = CLUSTER, epoch = 0 }: Landing = {},
): Promise<string> {
  const offsets = rangesOf(rows.map(({ kafka_offset }) => kafka_offset).sort((a, b) => a - b))
  const partition = rows[0]?.kafka_partition ?? 0
  const tsRecv = rows[0]?.ts_recv ?? 0
  const key = claimKey({ at: { topic: TOPIC, partition }, cluster, epoch, offsets, id, tsRecv })
  await store.put(key, encodeRows(rows), { metadata: { kind: 'data', claim: id } })
  return key
}

/** Puts a void: the empty file of a claim that was fenced. */
export async function landVoid(store: ObjectStore, key: string, id: string): Promise<void> {
  await store.put(key, encodeRows([]), { metadata: { kind: 'void', claim: id } })
}

/** Puts the ledger of a partition. */
export async function putLedger(store: ObjectStore, ledger: Partial<Ledger>, cluster = CLUSTER): Promise<void> {
  const whole: Ledger = { ...emptyLedger({ topic: TOPIC, partition: ledger.partition ?? 0 }), ...ledger }
  await store.put(ledgerKey(cluster, whole), new TextEncoder().encode(encodeLedger(whole)))
}

/** All rows of `bars`, month by month in the order of the files. */
export async function readBars(store: ObjectStore): Promise<BarRow[]> {
  const rows: BarRow[] = []
  const names = BARS.columns.map(({ name }) => name)
  // The files of a month are of different symbols.
  const files = await liveFilesOn(store)
  const first = ({ dataFile }: LiveFile) => Buffer.from(dataFile.lower_bounds?.[0]?.value ?? []).toString()
  const inOrder = (a: LiveFile, b: LiveFile) => (`${a.month} ${first(a)}` < `${b.month} ${first(b)}` ? -1 : 1)
  for (const { key } of files.toSorted(inOrder)) {
    const body = (await store.get(key))?.body ?? new Uint8Array()
    for await (const { rows: count, cells } of parquetGroups.read(body, BARS, names)) {
      for (let i = 0; i < count; i++) {
        const row = Object.fromEntries(names.map((name) => [name, cellAt(cells[name], i)]))
        rows.push(row as unknown as BarRow)
      }
    }
  }
  return rows
}
