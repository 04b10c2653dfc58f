import { randomUUID } from 'node:crypto'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Clock } from '../../lake/clock.ts'
import type { LandDeps } from '../../lake/ledger/land.ts'
import { landingFileOf } from '../../lake/ledger/landing-key.ts'
import type { Ledger, TopicPartition } from '../../lake/ledger/ledger.ts'
import { ledgerKey } from '../../lake/ledger/ledger-object.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { KafkaRecord, PartitionBatch } from '../../lake/records/kafka-record.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { aRecord, NOW } from './bars.ts'
import type { MemoryObjectStore } from './memory-object-store.ts'

export const CLUSTER = 'test'
/** The partition that the batches are of, and its ledger's key. */
export const AT: TopicPartition = { topic: 'market.bars', partition: 0 }
export const LEDGER = ledgerKey(CLUSTER, AT)
export const encoder = parquetEncoder()

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

export function ledgersOn(store: ObjectStore, nonce = freshNonces, cluster = CLUSTER): ObjectLedgers {
  return new ObjectLedgers({ store, cluster, encoder, nonce })
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

/** What another cluster's consumer lands with, into the same lake. */
export function landDepsOf(cluster: string, store: ObjectStore): LandDeps {
  return landDeps(store, { ledgers: ledgersOn(store, freshNonces, cluster) })
}

/** Makes the files of a lake such as releases left that did not say whose they are: in key and metadata. */
export async function forgetOwners(store: MemoryObjectStore, isOld: (key: string) => boolean): Promise<void> {
  for (const cluster of ['old', 'new']) await ledgersOn(store, freshNonces, cluster).settle(AT)
  for (const [key, { body, metadata }] of [...store.objects]) {
    const file = landingFileOf(key)
    if (!file || !isOld(key)) continue
    const folder = key.slice(0, key.lastIndexOf('/') + 1)
    const oldKey = `${folder}${file.topic}-${file.partition}-${file.first}-${file.last}-${randomUUID()}.parquet`
    const unsaid = Buffer.from(
      Buffer.from(body).toString('latin1').replaceAll('tickerlake.cluster', 'tickerlake.unknown'),
      'latin1',
    )
    await store.put(oldKey, unsaid, { metadata })
    await store.delete(key)
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
