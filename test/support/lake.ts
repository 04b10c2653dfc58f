import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Clock } from '../../lake/clock.ts'
import type { LandDeps } from '../../lake/ledger/land.ts'
import type { Ledger, TopicPartition } from '../../lake/ledger/ledger.ts'
import { ledgerKey } from '../../lake/ledger/ledger-object.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { hyparquetEncoder } from '../../lake/parquet/encoder.ts'
import type { KafkaRecord, PartitionBatch } from '../../lake/records/kafka-record.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { aRecord, NOW } from './bars.ts'

export const CLUSTER = 'test'
/** The partition that the batches are of, and its ledger's key. */
export const AT: TopicPartition = { topic: 'market.bars', partition: 0 }
export const LEDGER = ledgerKey(CLUSTER, AT)
export const encoder = hyparquetEncoder()

/** A clock that stands still and never waits. */
export const stillClock: Clock = {
  now: () => NOW,
  sleep: async (_, signal) => (signal ? new Promise<void>(() => undefined) : undefined),
}

/** Texts never given before: `id1`, `id2`, … */
export function counter(prefix = 'id'): () => string {
  let count = 0
  return () => `${prefix}${++count}`
}

const freshIds = counter()
const freshNonces = counter('nonce')

export function ledgersOn(store: ObjectStore, nonce = freshNonces): ObjectLedgers {
  return new ObjectLedgers({ store, cluster: CLUSTER, table: BARS_LANDING, encoder, nonce })
}

export async function ledgerOf(store: ObjectStore): Promise<Ledger> {
  return (await ledgersOn(store).read(AT)).ledger
}

/** Whether a request writes a landing file. */
export function isDataPut(verb: string, key: string): boolean {
  return verb === 'put' && key.startsWith('landing/')
}

/** What a cold container lands with; with its own `warm` map it is warm from the second batch on. */
export function landDeps(store: ObjectStore, deps: Partial<LandDeps> = {}): LandDeps {
  return {
    ledgers: ledgersOn(store),
    warm: new Map(),
    encoder,
    clock: stillClock,
    freshId: freshIds,
    random: () => 0,
    ...deps,
  }
}

/** Records of partition 0 at these offsets, stamped in their order. */
export function recordsAt(offsets: Iterable<number>): KafkaRecord[] {
  return Array.from(offsets, (offset) => aRecord({ offset, timestamp: NOW + offset }))
}

export function batchOf(...offsets: readonly number[]): PartitionBatch {
  return { ...AT, records: recordsAt(offsets) }
}

/** The offsets from `first` up to and with `last`. */
export function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** The offsets in the landed files, in the order of the files' keys: each is to be there once. */
export async function landedOffsets(store: ObjectStore): Promise<number[]> {
  const offsets: number[] = []
  for await (const { key } of store.list('landing/')) {
    for (const row of await rowsAt(store, key)) offsets.push(Number(row['kafka_offset']))
  }
  return offsets.sort((a, b) => a - b)
}

export async function rowsAt(store: ObjectStore, key: string): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: await fileAt(store, key), compressors, utf8: false })
}

export async function fileMetadataAt(store: ObjectStore, key: string): Promise<Record<string, string | undefined>> {
  const { key_value_metadata } = parquetMetadata(await fileAt(store, key))
  return Object.fromEntries((key_value_metadata ?? []).map(({ key: name, value }) => [name, value]))
}

async function fileAt(store: ObjectStore, key: string): Promise<ArrayBuffer> {
  const found = await store.get(key)
  if (!found) throw new Error(`no object at ${key}`)
  return Uint8Array.from(found.body).buffer
}
