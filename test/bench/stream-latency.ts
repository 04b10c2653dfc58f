/** From a record's sending until the file that holds it can be read, while a thousand come each second. */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { askDuckdb } from '../support/duckdb-lake.ts'
import { barMessages } from './bar-messages.ts'
import type { BenchBroker } from './bench-broker.ts'
import { lastLine } from './last-line.ts'

export interface Streaming {
  readonly name: string
  readonly start: (topic: string, place: string) => ChildProcess
  /** Parquet files in its place that a reader would read by now. */
  readonly filesIn: (place: string) => readonly string[]
  readonly end: (child: ChildProcess) => void
}

export interface Latency {
  readonly name: string
  /** Seconds, of half of the records and of 99 of 100. */
  readonly median: number
  readonly most: number
}

const A_SECOND = 1_000
const SECONDS = 20
const SENDS_A_SECOND = 10
/** What came last lands within this, or counts as never landed. */
const SETTLE_SECONDS = 5
export const STREAMING_SECONDS = SECONDS + SETTLE_SECONDS
const LOOK_MS = 10

export async function latencyOf({ name, start, filesIn, end }: Streaming, broker: BenchBroker): Promise<Latency> {
  const topic = `bench.even.${name.replaceAll(' ', '-')}`
  const place = join(broker.folder, topic)
  mkdirSync(place, { recursive: true })
  await broker.makeTopic(topic)
  const child = start(topic, place)
  const ended = lastLine(child)
  await isStreaming(child)
  const watching = new AbortController()
  const watched = watch(place, filesIn, watching.signal)
  await sendEvenly(broker, topic)
  await delay(SETTLE_SECONDS * 1_000)
  watching.abort()
  end(child)
  await ended
  return { name, ...(await spread(await watched)) }
}

/** Each says so in a line when it has begun to read. */
function isStreaming(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('streaming')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`${child.spawnargs[1]} ended with ${code} before it read.`)))
  })
}

async function sendEvenly(broker: BenchBroker, topic: string): Promise<void> {
  const sender = broker.sender(topic)
  const message = barMessages(Math.random, Date.now() - 86_400_000)
  const count = A_SECOND / SENDS_A_SECOND
  const began = Date.now()
  for (let i = 0; i < SECONDS * SENDS_A_SECOND; i++) {
    await delay(Math.max(0, began + (i * 1_000) / SENDS_A_SECOND - Date.now()))
    const now = Date.now()
    await sender.send(Array.from({ length: count }, (_, k) => message(i * count + k, now)))
  }
  await sender.close()
}

/** When each file could first be read. */
async function watch(
  place: string,
  filesIn: Streaming['filesIn'],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const seen = new Map<string, number>()
  while (!signal.aborted) {
    for (const file of filesIn(place)) if (!seen.has(file)) seen.set(file, Date.now())
    await delay(LOOK_MS)
  }
  return seen
}

/** A landing file is written in one go. */
export function landedFiles(place: string): readonly string[] {
  const landing = join(place, 'landing')
  if (!existsSync(landing)) return []
  const names = readdirSync(landing, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.parquet')).map((name) => join(landing, name))
}

/** Spark's sink writes files first, and then the batch that they are of into its log, by which Spark reads them. */
export function committedFiles(place: string): readonly string[] {
  const log = join(place, 'landing', '_spark_metadata')
  if (!existsSync(log)) return []
  const batches = readdirSync(log).filter((name) => /^\d+(?:[.]compact)?$/.test(name))
  const lines = batches.flatMap((name) => readFileSync(join(log, name), 'utf8').split('\n'))
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => fileURLToPath((JSON.parse(line) as { readonly path: string }).path))
}

async function spread(seen: ReadonlyMap<string, number>): Promise<Omit<Latency, 'name'>> {
  const files = [...seen.keys()]
  if (files.length === 0) throw new Error('No file came to be read.')
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  const rows = await askDuckdb(
    `SELECT filename, epoch_ms(ts_sent::TIMESTAMP) AS sent FROM read_parquet([${list}], filename = true, union_by_name = true)`,
  )
  const waits = rows.map(({ filename, sent }) => ((seen.get(String(filename)) ?? Number.NaN) - Number(sent)) / 1_000)
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return { median: at(0.5), most: at(0.99) }
}
