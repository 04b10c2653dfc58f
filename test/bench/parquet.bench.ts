/**
 * `npm run bench -- parquet`: the event of a batch of Kafka records to a landing file, judged, against parquetjs-lite, and
 * against the least that anybody has to do, who decodes and parses the values.
 */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import parquetjs from 'parquetjs-lite'
import { ROW_BYTES } from '../../lake/ledger/land.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { partitionBatches } from '../../lake/records/kafka-event.ts'
import { judgeRecords } from '../../lake/records/landing.ts'
import type { Column } from '../../lake/tables/table.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { Dice } from '../chaos/dice.ts'
import { NOW } from '../support/bars.ts'
import { barMessages } from './bar-messages.ts'
import { contest, medianOf, type Timing, timingTable } from './contest.ts'
import type { Measure } from './measures.ts'

const ROWS = 10_000
const TOPIC = 'market.bars'

interface EventRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: string
  readonly value: string
}

/** The records of an event as Lambda hands it over: minute bars of many symbols, prices on a random walk. */
function recordsOf(rows: number): EventRecord[] {
  const dice = new Dice(42)
  const message = barMessages(() => dice.next(), NOW - rows * 60)
  const records = Array.from({ length: rows }, (_, offset) => {
    const { key, value } = message(offset)
    return { topic: TOPIC, partition: 0, offset, timestamp: NOW - 1000, key: base64(key), value: base64(value) }
  })
  // The runtime hands over what `JSON.parse` made, whose texts are flat.
  return JSON.parse(JSON.stringify(records))
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

const encoder = parquetEncoder()

function ours(records: readonly EventRecord[]): Uint8Array {
  const [batch] = partitionBatches({ eventSource: 'aws:kafka', records: { [`${TOPIC}-0`]: records } })
  const file = encoder.open(BARS_LANDING, records.length * ROW_BYTES)
  judgeRecords(batch?.records ?? [], NOW, (columns) => file.group(columns))
  return file.finish({})
}

/** What every consumer in JavaScript has to do before it does anything. */
function parseAlone(records: readonly EventRecord[]): number {
  let bars = 0
  for (const record of records) if (parsed(record)['volume'] !== undefined) bars++
  return bars
}

function parsed({ value }: EventRecord) {
  return JSON.parse(Buffer.from(value, 'base64').toString())
}

const LITE_TYPES = {
  string: 'UTF8',
  binary: 'BYTE_ARRAY',
  double: 'DOUBLE',
  int: 'INT32',
  bigint: 'INT64',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP_MILLIS',
} as const

const liteSchema = new parquetjs.ParquetSchema(
  Object.fromEntries(
    BARS_LANDING.columns.map(({ name, type, nullable }: Column) => [
      name,
      { type: LITE_TYPES[type], optional: nullable, compression: 'SNAPPY' },
    ]),
  ),
)

/** As its README shows it: a row object at a time. It judges nothing, so it does less than ours. */
async function parquetjsLite(records: readonly EventRecord[]): Promise<Uint8Array> {
  const stream = new PassThrough()
  const file = buffer(stream)
  const writer = await parquetjs.ParquetWriter.openStream(liteSchema, stream)
  for (const record of records) await writer.appendRow(liteRow(record))
  await writer.close()
  return file
}

function liteRow(record: EventRecord): Record<string, unknown> {
  const message = parsed(record)
  const { topic, partition, offset } = record
  return {
    ...message,
    ts_event: new Date(message.ts_event),
    ts_sent: new Date(message.ts_sent),
    ts_recv: new Date(NOW),
    topic,
    kafka_partition: partition,
    kafka_offset: offset,
  }
}

/** Prints the CPU time of each and the size of its file. */
export async function benchParquet(): Promise<readonly Measure[]> {
  const records = recordsOf(ROWS)
  const perRow = (file: Uint8Array): string => `${(file.length / ROWS).toFixed(1)} bytes a row`
  const timings = await contest(
    [
      { name: 'parquetjs-lite', run: () => parquetjsLite(records) },
      { name: 'base64 and JSON.parse alone', run: () => parseAlone(records) },
      { name: 'tickerlake', run: () => ours(records) },
    ],
    { rounds: 15, warmup: 5 },
  )
  const files = { 'parquetjs-lite': await parquetjsLite(records), tickerlake: ours(records) }
  const sizes = { 'parquetjs-lite': perRow(files['parquetjs-lite']), tickerlake: perRow(files.tickerlake) }
  process.stdout.write(
    `${ROWS} Kafka records of an event → one landing file of ${BARS_LANDING.columns.length} columns\n\n`,
  )
  process.stdout.write(`${timingTable(timings, sizes)}\n\n`)
  return [...measuresOf(timings, files), await benchSizes()]
}

/** Records of an event; Lambda's 6 MB are some 15,000, a batch of `lake/` may be any. */
const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const
/** Small events are taken many at once: CPU time is counted in milliseconds. */
const LEAST_ROWS = 20_000

/** Through all sizes so often: a machine that slows down for a while must not make one of them dearer. */
const TURNS = 3

/** What a record costs in events of every size: no size is to be much dearer than another. */
async function benchSizes(): Promise<Measure> {
  const turns: (readonly number[])[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const costs: number[] = []
    for (const rows of SIZES) costs.push(await recordCost(rows))
    turns.push(costs)
  }
  const costs = SIZES.map((_, i) => medianOf(turns.map((turn) => turn[i] ?? Number.NaN)))
  const lines = SIZES.map((rows, i) => `| ${rows} | ${costs[i]?.toFixed(2)} |\n`)
  process.stdout.write(`| records | CPU µs each |\n|--:|--:|\n${lines.join('')}`)
  const work = 'landing: a record, in events of 1,000 to 1,000,000'
  return { work, unit: 'CPU µs', ours: Math.max(...costs), against: 'the cheapest size', theirs: Math.min(...costs) }
}

/** CPU microseconds of a record in an event of so many. */
async function recordCost(rows: number): Promise<number> {
  const records = recordsOf(rows)
  const times = Math.max(1, LEAST_ROWS / rows)
  const run = () => {
    for (let i = 0; i < times; i++) ours(records)
  }
  const [timing] = await contest([{ name: 'tickerlake', run }], { rounds: rows > LEAST_ROWS ? 1 : 9, warmup: 1 })
  return ((timing?.median ?? Number.NaN) * 1000) / (times * rows)
}

/** By the median of each; ratios of medians and medians of ratios hardly differ in an interleaved run. */
function measuresOf(timings: readonly Timing[], files: Readonly<Record<'parquetjs-lite' | 'tickerlake', Uint8Array>>) {
  const work = `landing: an event of ${ROWS} records to a file, judged`
  const own = timings.find(({ name }) => name === 'tickerlake')?.median ?? Number.NaN
  const others = timings.filter(({ name }) => name !== 'tickerlake')
  const times = others.map(({ name, median }): Measure => {
    return { work, unit: 'CPU ms', ours: own, against: name, theirs: median }
  })
  const [ours, theirs] = [files.tickerlake.length / ROWS, files['parquetjs-lite'].length / ROWS]
  return [...times, { work, unit: 'bytes a row', ours, against: 'parquetjs-lite', theirs }]
}
