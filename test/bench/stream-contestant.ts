/**
 * Our way from Kafka to Parquet in a folder, as a process of its own:
 *
 *     node stream-contestant.ts whole BROKERS TOPIC FOLDER RECORDS       mapping and consumer in one, until all have landed
 *     node stream-contestant.ts events BROKERS TOPIC FOLDER RECORDS      keeps the events of the mapping as files
 *     node stream-contestant.ts consumer EVENTS TOPIC FOLDER             the consumer alone, given those events as Lambda gives them
 *
 * Prints JSON: seconds, CPU seconds, peak memory, records. A `whole` says when it reads, and ends at SIGTERM too.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Handler, type KafkaEvent, startMapping } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { partitionBatches } from '../../lake/records/kafka-event.ts'
import { consume } from '../../lambdas/consumer/consumer.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { silentLog } from '../support/silent-log.ts'

const [what = '', from = '', topic = '', folder = '', wanted = '0'] = process.argv.slice(2)
/** As the stage local is deployed. */
const MAPPING = { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 1, StartingPosition: 'TRIM_HORIZON' } as const

/** The consumer over a folder, as its handler makes it over a bucket. */
function consumerInto(place: string): (event: unknown) => Promise<unknown> {
  const encoder = parquetEncoder()
  const cluster = 'bench'
  const ledgers = new ObjectLedgers({ store: new FolderObjectStore(place), cluster, encoder, nonce: randomUUID })
  const effects = { warm: new Map(), encoder, clock: systemClock, random: Math.random, freshId: randomUUID }
  const deps = { ...effects, ledgers, log: silentLog, metrics: { record: () => undefined } }
  return (event) => consume(partitionBatches(event), deps)
}

async function mapped(handle: (event: KafkaEvent) => Promise<unknown>): Promise<number> {
  let taken = 0
  const handler: Handler = async (event) => {
    const answer = await handle(event)
    taken += Object.values(event.records).reduce((sum, records) => sum + records.length, 0)
    return answer
  }
  const mapping = { ...MAPPING, Topics: [topic] }
  const started = await startMapping({ mapping, brokers: [from], handler, timeoutMs: 600_000, memoryMb: 512 })
  process.stdout.write('streaming\n')
  const ending = new AbortController()
  process.once('SIGTERM', () => ending.abort())
  while (taken < Number(wanted) && !ending.signal.aborted) await delay(20)
  await started.stop()
  return taken
}

async function kept(event: KafkaEvent): Promise<void> {
  const [group = ''] = Object.keys(event.records)
  const first = event.records[group]?.[0]?.offset ?? 0
  writeFileSync(join(folder, `${group}@${String(first).padStart(12, '0')}.json`), JSON.stringify(event))
}

async function consumed(events: string): Promise<number> {
  const consumer = consumerInto(folder)
  let taken = 0
  for (const name of readdirSync(events).sort()) {
    const event: KafkaEvent = JSON.parse(readFileSync(join(events, name), 'utf8'))
    await consumer(event)
    taken += Object.values(event.records).reduce((sum, records) => sum + records.length, 0)
  }
  return taken
}

mkdirSync(folder, { recursive: true })
const began = performance.now()
const loaded = process.cpuUsage()
const rows = what === 'consumer' ? await consumed(from) : await mapped(what === 'events' ? kept : consumerInto(folder))
const { user, system } = process.cpuUsage()
const measured = {
  startCpuSeconds: (loaded.user + loaded.system) / 1e6,
  seconds: (performance.now() - began) / 1000,
  cpuSeconds: (user + system - loaded.user - loaded.system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
  rows,
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
