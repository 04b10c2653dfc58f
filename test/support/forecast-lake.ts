/** A lake of daily bars in memory for the forecaster, and what it leaves there. */
import assert from 'node:assert/strict'
import { DAY_MS } from '../../lake/instant.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import { cellAt } from '../../lake/tables/cells.ts'
import { type Table, tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { type ForecastReport, forecast } from '../../lambdas/forecaster/forecaster.ts'
import type { MemoryObjectStore } from './memory-object-store.ts'
import { silentLog } from './silent-log.ts'
import { type WalkBar, walks, weekday } from './walk.ts'

export const encoder = parquetEncoder()

/** When the lake was filled; long after every bar. */
export const LOADED = Date.UTC(2026, 0, 5)

/** The bars of three symbols on 300 weekdays. */
export const THREE_SYMBOLS: readonly WalkBar[] = walks(3, 300)

/** Those of them up to one of the days. */
export function upTo(n: number): readonly WalkBar[] {
  return THREE_SYMBOLS.filter(({ day }) => day <= weekday(n))
}

type Cell = string | number | null
interface LakeBar extends WalkBar {
  readonly tsSent?: number
  readonly kafkaOffset?: number
}

export function rowOf(bar: LakeBar): Readonly<Record<string, Cell>> {
  const { symbol, day, adjClose, tsSent = LOADED, kafkaOffset = 0, ...prices } = bar
  const fixed = {
    interval: '1d',
    source: 'test',
    run_id: null,
    topic: 't',
    kafka_partition: 0,
    kafka_offset: kafkaOffset,
    flags: '',
  }
  return { ...prices, ...fixed, symbol, ts_event: day * DAY_MS, adj_close: adjClose, ts_sent: tsSent, ts_recv: tsSent }
}

export function encode(table: Table, bars: readonly LakeBar[]): Uint8Array {
  const rows = bars.map(rowOf)
  return encoder.encode(
    table,
    table.columns.map(({ name }) => rows.map((row) => row[name] ?? null)),
  )
}

export async function putBars(store: MemoryObjectStore, bars: readonly LakeBar[]): Promise<void> {
  for (const [month, ofMonth] of Map.groupBy(bars, ({ day }) => tablePartitionOf(BARS, day * DAY_MS))) {
    await store.put(`${tablePartitionPrefix(BARS, month)}bars.parquet`, encode(BARS, ofMonth))
  }
}

export async function readTable(store: MemoryObjectStore, table: Table): Promise<Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = []
  const names = table.columns.map(({ name }) => name).filter((name) => !name.startsWith('inside_'))
  for await (const { key } of store.list(`${table.prefix}/`)) {
    const found = await store.get(key)
    assert.ok(found)
    for await (const group of parquetGroups.read(found.body, table, names)) {
      for (let row = 0; row < group.rows; row++) {
        rows.push({ key, ...Object.fromEntries(names.map((name) => [name, cellAt(group.cells[name], row)])) })
      }
    }
  }
  return rows
}

export async function keysBelow(store: MemoryObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

/** Runs the forecaster over a store. */
export function forecastOn(store: MemoryObjectStore, asOf?: number, refit = false): Promise<ForecastReport> {
  const clock = { now: () => LOADED }
  return forecast({ asOf, refit }, { store, parquet: parquetGroups, encoder, clock, log: silentLog })
}
