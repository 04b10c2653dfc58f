/**
 * Our way from Kafka to Parquet in a folder, as a process of its own:
 *
 *     node stream-contestant.ts whole BROKERS TOPIC FOLDER RECORDS       mapping and consumer in one, until all have landed
 *     node stream-contestant.ts events BROKERS TOPIC FOLDER RECORDS      keeps the events of the mapping as files
 *     node stream-contestant.ts consumer EVENTS TOPIC FOLDER             the consumer alone, given those events as Lambda gives them
 *
 * Prints JSON: seconds, CPU seconds, peak memory, records. With a mapping it says first that it is streaming, and ends at
 * SIGTERM too; each line on stdin is answered by what stands by then.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { type FunctionInvoker, type RunningMappings, startMappings } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { partitionBatches } from '../../lake/records/kafka-event.ts'
import { consume } from '../../lambdas/consumer/consumer.ts'
import { FolderObjectStore } from '../support/folder-object-store.ts'
import { silentLog } from '../support/silent-log.ts'
import { CountingStore } from './counting-store.ts'

/** What has come of the stream since the last line was asked for. */
export interface Standing {
  readonly rows: number
  readonly lag: number | null
  readonly rssMb: number
  readonly heapMb: number
  readonly puts: number
  readonly gets: number
  readonly bytesWritten: number
}

const [what = '', from = '', topic = '', folder = '', wanted = '0'] = process.argv.slice(2)
/** As the stage local is deployed. */
const MAPPING = { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 1, StartingPosition: 'TRIM_HORIZON' } as const
const store = new CountingStore(new FolderObjectStore(folder))
const starter = process.ppid
let taken = 0

/** The consumer over a folder, as its handler makes it over a bucket. */
function consumer(): (event: unknown) => Promise<unknown> {
  const encoder = parquetEncoder()
  const ledgers = new ObjectLedgers({ store, cluster: 'bench', encoder, nonce: randomUUID })
  const effects = { warm: new Map(), encoder, clock: systemClock, random: Math.random, freshId: randomUUID }
  const deps = { ...effects, ledgers, log: silentLog, metrics: { record: () => undefined } }
  return (event) => consume(partitionBatches(event), deps)
}

interface Event {
  readonly records: Readonly<Record<string, readonly { readonly offset: number }[]>>
}

function count({ records }: Event): void {
  for (const batch of Object.values(records)) taken += batch.length
}

function invokerOf(handle: (event: Event) => Promise<unknown>): FunctionInvoker {
  return {
    async invoke(_name, payload) {
      const event: Event = JSON.parse(payload)
      const answer = await handle(event)
      count(event)
      const response = { statusCode: 200, executedVersion: '$LATEST' }
      return { kind: 'returned', payload: JSON.stringify(answer ?? {}), response }
    },
  }
}

async function stream(handle: (event: Event) => Promise<unknown>): Promise<void> {
  const ending = new AbortController()
  const running = startMappings({
    mappings: [{ ...MAPPING, FunctionName: 'consumer', Topics: [topic] }],
    brokers: [from],
    invoker: invokerOf(handle),
    signal: ending.signal,
    clock: systemClock,
    log: silentLog,
  })
  process.once('SIGTERM', () => ending.abort())
  while (running.status()[0]?.partitions.length === 0) await delay(20)
  process.stdout.write('streaming\n')
  const asked = createInterface({ input: process.stdin }).on('line', () => tell(running))
  // It ends with whoever has started it.
  while (taken < Number(wanted) && !ending.signal.aborted && process.ppid === starter) await delay(20)
  ending.abort()
  asked.close()
  await running.done
}

function tell(running: RunningMappings): void {
  const { rss, heapUsed } = process.memoryUsage()
  const { put, get, bytesWritten } = store.take()
  const lag = running.status()[0]?.lag ?? null
  const requests = { puts: put, gets: get, bytesWritten }
  const standing: Standing = { rows: taken, lag, rssMb: rss / 1e6, heapMb: heapUsed / 1e6, ...requests }
  process.stdout.write(`${JSON.stringify(standing)}\n`)
}

async function kept(event: Event): Promise<void> {
  const [group = ''] = Object.keys(event.records)
  const first = event.records[group]?.[0]?.offset ?? 0
  writeFileSync(join(folder, `${group}@${String(first).padStart(12, '0')}.json`), JSON.stringify(event))
}

async function consumeKept(events: string): Promise<void> {
  const consumed = consumer()
  for (const name of readdirSync(events).sort()) {
    const event: Event = JSON.parse(readFileSync(join(events, name), 'utf8'))
    await consumed(event)
    count(event)
  }
}

mkdirSync(folder, { recursive: true })
const began = performance.now()
const loaded = process.cpuUsage()
if (what === 'consumer') await consumeKept(from)
else await stream(what === 'events' ? kept : consumer())
const { user, system } = process.cpuUsage()
const measured = {
  startCpuSeconds: (loaded.user + loaded.system) / 1e6,
  seconds: (performance.now() - began) / 1000,
  cpuSeconds: (user + system - loaded.user - loaded.system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
  rows: taken,
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
